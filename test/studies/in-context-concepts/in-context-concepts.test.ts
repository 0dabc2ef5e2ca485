import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConceptsRecord } from '../../../src/studies/in-context-concepts/in-context-concepts';
import { declineOf } from '../../../src/studies/in-context-concepts/decline';
import type { Findings } from '../../../src/studies/findings/findings';
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

function recordsOf(name: string): ConceptsRecord[] {
  const records = join(folder.path, 'runs', name, 'records');
  return readdirSync(records, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(records, file), 'utf8')) as ConceptsRecord);
}

const epochsOf = (name: string) => recordsOf(name).map(({ epochs }) => epochs);

it('learns prompts whose error falls while cross-entropy is high, and finds the same again', async () => {
  folder.write('small.json', small);
  const { exitCode, stdout } = await run('--json');
  expect(exitCode).toBe(0);
  const runs = recordsOf('small');
  expect(runs.map(({ specification }) => specification.seed).sort()).toEqual([1, 2]);
  for (const { epochs } of runs) {
    const [first, last] = [epochs[0]!, epochs.at(-1)!];
    expect(first.testLoss).toBeCloseTo(Math.LN2, 2);
    expect(first.errors.none).toBeGreaterThan(0.3);
    expect(last.errors.none).toBeLessThan(0.05);
    expect(last.testLoss).toBeGreaterThan(0.1);
    expect(last.correctAttention).toBeGreaterThan(0.9);
    // What tells signs apart is learnt; what they share, and what carries nothing, is not.
    expect(last.attention.telling).toBeGreaterThan(3 * last.attention.shared);
    expect(last.readOut.noise).toBeLessThan(0.1 * last.readOut.telling);
    expect(declineOf(epochs)).toBeGreaterThan(1.1);
  }
  const findings = JSON.parse(stdout) as Findings;
  expect(findings.figures.map(({ id }) => id)).toEqual(['learning', 'projections', 'shifts']);
  const again = await run('--out', 'runs/again');
  expect(again.exitCode).toBe(0);
  expect(epochsOf('again')).toEqual(epochsOf('small'));
  expect(again.stdout).toContain('learning, medians over seeds');
  expect(again.stdout).toContain('(2 of 2 seeds): geometrically, as the paper proves.');
  const csv = await zoo(['view', 'runs/small', '--format', 'csv'], { workingFolder: folder.path });
  const one = runs.find(({ specification }) => specification.seed === 1)!;
  expect(csv.stdout).toContain(`\r\nshifts,,as trained,20,1,${one.epochs.at(-1)!.errors.none},,,\r\n`);
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
