import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConceptsRecord } from '../../../src/studies/in-context-concepts/in-context-concepts';
import type { ConceptsSummary } from '../../../src/studies/in-context-concepts/summary';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const small = {
  name: 'small',
  study: 'in-context-concepts',
  seeds: 2,
  settings: { dimension: 32, concepts: 3, prompts: 320, testPrompts: 500, epochs: 20 },
};
const run = (...options: string[]) =>
  zoo(['run', 'small.json', '--workers', '0', ...options], { workingFolder: folder.path });

function bodies(name: string): string[] {
  const records = join(folder.path, 'runs', name, 'records');
  return readdirSync(records, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.stringify((JSON.parse(readFileSync(join(records, file), 'utf8')) as ConceptsRecord).epochs));
}

it('learns prompts whose error falls while cross-entropy is high, and finds the same again', async () => {
  folder.write('small.json', small);
  const { exitCode, stdout } = await run('--json');
  expect(exitCode).toBe(0);
  const summary = JSON.parse(stdout) as ConceptsSummary;
  expect(summary.seeds).toEqual({ measured: [1, 2], asked: 2 });
  const [first, last] = [summary.epochs[0]!, summary.epochs.at(-1)!];
  expect(first.testLoss.median).toBeCloseTo(Math.LN2, 2);
  expect(first.errors.none.median).toBeGreaterThan(0.3);
  expect(last.errors.none.median).toBeLessThan(0.05);
  expect(last.testLoss.median).toBeGreaterThan(0.1);
  expect(last.correctAttention.median).toBeGreaterThan(0.9);
  // What tells signs apart is learnt; what they share, and what carries nothing, is not.
  expect(last.attention.telling.median).toBeGreaterThan(3 * last.attention.shared.median);
  expect(last.readOut.noise.median).toBeLessThan(0.1 * last.readOut.telling.median);
  for (const factor of summary.decline.factors) expect(factor).toBeGreaterThan(1.1);
  const again = await run('--out', 'runs/again');
  expect(again.exitCode).toBe(0);
  expect(bodies('again')).toEqual(bodies('small'));
  expect(again.stdout).toContain('learning, medians over seeds');
  const csv = await zoo(['view', 'runs/small', '--format', 'csv'], { workingFolder: folder.path });
  expect(csv.stdout).toMatch(/^epoch,measure,median,least,most\r\n[^]*\r\n$/);
  expect(csv.stdout).toContain(`20,"error, none",${last.errors.none.median}`);
});

it.each([
  ['settings.concepts=40', 'they need 80 orthogonal directions, and settings.dimension is 64'],
  ['settings.batchSize=500', 'must be at most settings.prompts, which is 400'],
])('%s is told before anything is trained', async (setting, problem) => {
  const { exitCode, stderr } = await zoo(['run', 'in-context-concepts', '--set', setting], {
    workingFolder: folder.path,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(problem);
});
