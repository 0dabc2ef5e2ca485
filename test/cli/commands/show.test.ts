import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../registry/package';
import { zoo } from '../../support/cli';

it('shows the page of a task, its symbols, and no markup', async () => {
  const { stdout, exitCode } = await zoo(['show', 'parity']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('whether the number of ones is even or odd');
  expect(stdout).toContain('output  0 even, 1 odd');
  expect(stdout).not.toMatch(/^#|\*\*|^```/m);
});

it('shows an architecture with its hyperparameters', async () => {
  const { stdout } = await zoo(['show', 'lstm']);
  expect(stdout).toMatch(/Hyperparameters\n[^]*hiddenSize +\d+ \(integer, at least 1/);
});

it('gives scripts meta, alphabets, hyperparameters and the page as it is written', async () => {
  const task = (await zoo(['show', 'parity', '--json'])).json();
  expect(task).toMatchObject({
    id: 'parity',
    kind: 'task',
    level: 'regular',
    alphabets: { output: ['even', 'odd'] },
    hyperparameters: [],
  });
  expect(task.page).toBe(readFileSync(join(packageRoot, 'tasks', 'parity.md'), 'utf8'));
  const architecture = (await zoo(['show', 'lstm', '--json'])).json();
  expect(architecture).toMatchObject({ id: 'lstm', kind: 'architecture', capabilities: { causal: true } });
  expect(architecture.hyperparameters).toContainEqual({
    name: 'layers',
    default: 1,
    constraints: expect.arrayContaining(['integer']) as string[],
  });
});

it.each(['oracle', 'cot-lstm'])('shows %s', async (name) => {
  expect((await zoo(['show', name])).exitCode).toBe(0);
});

it('answers an unknown name with the nearest of any kind', async () => {
  const { exitCode, stderr } = await zoo(['show', 'transfromer']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    'There is no architecture or task called "transfromer".\n  Did you mean transformer',
  );
});
