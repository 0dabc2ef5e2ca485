import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { workingFolder, zoo } from '../../support/cli';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const compare = (...options: string[]) => zoo(['compare', ...options], { workingFolder: folder.path });

beforeEach(async () => {
  const write = (name: string, far: number) =>
    writeResults(
      join(folder.path, 'runs', name),
      { architectures: ['gru', 'lstm'], baselines: ['uniform'], tasks: [['parity', 'regular']] },
      [
        { architecture: 'gru', inRange: 1, near: 0.5, far: 0.5 },
        { architecture: 'lstm', inRange: 1, near: 1, far },
        { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
      ],
    );
  await write('before', 0.5);
  await write('after', 1);
});

it('compares the cells of two folders', async () => {
  const { stdout, exitCode } = await compare('before', 'after');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^lstm +parity .* B is better$/m);
  expect(stdout).toMatch(/^gru +parity .* cannot be told apart$/m);
});

it('compares two rows of one', async () => {
  const { json } = await compare('after', '--rows', 'lstm,gru', '--json');
  expect(json()).toMatchObject({ a: 'lstm', b: 'gru', groups: [{ group: 'overall', cells: 1, answer: 'A' }] });
});

it.each([
  ['markdown', /\| \*\*B is better\*\* \|/],
  ['latex', /\\textbf\{B is better\}/],
])('writes %s', async (format, pattern) => {
  expect((await compare('before', 'after', '--format', format)).stdout).toMatch(pattern);
});

it('writes csv', async () => {
  const lines: Record<string, string>[] = parse((await compare('before', 'after', '--format', 'csv')).stdout, {
    columns: true,
  });
  expect(lines.map(({ of, architecture, answer }) => [of, architecture, answer])).toEqual([
    ['cell', 'gru', 'cannot be told apart'],
    ['cell', 'lstm', 'B'],
    ['overall', '', expect.any(String)],
  ]);
});

it('says what it cannot compare', async () => {
  expect(await compare('before', '--rows', 'lstm')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('needs two rows') as string,
  });
  expect((await compare('before', 'after', '--only', 'uniform x parity')).stderr).toContain('in common');
});
