import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/contracts/manifest';
import type { CellRecord } from '../../src/core/contracts/record';
import { tinyExperiment, workingFolder, zoo } from '../support/cli';

const folder = workingFolder();
const at = (words: string[]) => zoo(words, { workingFolder: folder.path });
function recordsOf(runs: string): CellRecord[] {
  const records = join(folder.path, runs, 'records');
  const files = readdirSync(records, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.map((file) => JSON.parse(readFileSync(join(records, file), 'utf8')) as CellRecord);
}
const manifestOf = () => JSON.parse(readFileSync(join(folder.path, 'runs/tiny/manifest.json'), 'utf8')) as Manifest;

/** Lengths 1 to 8 have inputs, trained are 1 to 6. */
const experiment = {
  ...tinyExperiment,
  tasks: ['dataset:parity.jsonl'],
  protocol: { ...tinyExperiment.protocol, trainingLengths: { maximum: 6 } },
};
beforeEach(async () => {
  await at(['sample', 'parity', '--lengths', '1-8', '--count', '400', '--out', 'parity.jsonl']);
  folder.write('tiny.json', experiment);
});

it.each([0, 1])('trains on a file and tests with what it kept apart, with %d worker processes', async (workers) => {
  const { exitCode, stdout } = await at(['run', 'tiny.json', '--workers', String(workers)]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('far not evaluated, the task has no inputs of 16 to 38 symbols to test');
  const records = recordsOf('runs/tiny');
  expect(records.map(({ specification }) => specification.architecture.id).sort()).toEqual([
    'lstm',
    'oracle',
    'uniform',
  ]);
  for (const { specification, lengths, ranges } of records) {
    expect(specification.task).toEqual({
      id: 'dataset',
      version: 1,
      hyperparameters: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string, input: '', output: '' },
    });
    expect(JSON.stringify(specification)).not.toContain(folder.path);
    expect(lengths.every(({ length, sequences }) => length <= 8 && sequences > 0)).toBe(true);
    expect(ranges.near.score).not.toBeNull();
    expect(ranges.far.score).toBeNull();
  }
  const oracle = records.find(({ specification }) => specification.architecture.id === 'oracle')!;
  expect(oracle.ranges.inRange.score!.exact).toBe(1);
});

it('says before what is in the files, and what cannot be tested', async () => {
  const { exitCode, stderr } = await at(['plan', 'tiny.json']);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(
    /^dataset:parity\.jsonl: \d+ examples to train on, \d+ for validation, \d+ to test; validation and/m,
  );
  expect(stderr).toMatch(/^dataset:parity\.jsonl: \d+ examples repeat an earlier one/m);
  expect(stderr).toMatch(/^dataset:parity\.jsonl has no inputs far \(16 to 38 symbols\): not evaluated\.$/m);
});

it('is not applicable where there is nothing to train on or to validate with', async () => {
  folder.write('tiny.json', {
    ...experiment,
    protocol: { ...experiment.protocol, trainingLengths: { minimum: 20, maximum: 30 } },
  });
  const { stdout, exitCode, stderr } = await at(['plan', 'tiny.json']);
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toContain('the task has no inputs of 20 to 30 symbols for training');
});

it('keeps its cells where the file is moved, and makes others where it is changed', async () => {
  await at(['run', 'tiny.json', '--workers', '0']);
  const keys = () =>
    manifestOf()
      .cells.map(({ key }) => key)
      .sort();
  const before = keys();
  mkdirSync(join(folder.path, 'data'));
  renameSync(join(folder.path, 'parity.jsonl'), join(folder.path, 'data', 'moved.jsonl'));
  folder.write('tiny.json', { ...experiment, tasks: ['dataset:data/moved.jsonl'] });
  const moved = await at(['plan', 'tiny.json']);
  expect(moved.stdout).toContain('Everything is there');
  await at(['sample', 'parity', '--lengths', '1-8', '--count', '400', '--seed', '2', '--out', 'data/moved.jsonl']);
  const changed = await at(['plan', 'tiny.json']);
  expect(changed.stdout).toContain('0 finished, 3 to run');
  expect(keys()).toEqual(before);
});

it('measures one cell of a folder by its key', async () => {
  await at(['run', 'tiny.json', '--workers', '0', '--only', 'uniform']);
  const { cells } = manifestOf();
  const oracle = cells.find(({ specification }) => specification.architecture.id === 'oracle')!;
  expect(Object.values(oracle.data!)).toEqual([join(folder.path, 'parity.jsonl')]);
  const { exitCode, json } = await at(['cell', oracle.key.slice(0, 12), '--out', 'runs/tiny', '--json']);
  expect(exitCode).toBe(0);
  expect(json<CellRecord>().ranges.inRange.score!.exact).toBe(1);
  // Of other data: nothing says where they are, or what is there is something else.
  const { task } = oracle.specification;
  const digest = '0'.repeat(64);
  const specification = {
    ...oracle.specification,
    task: { ...task, hyperparameters: { ...task.hyperparameters, digest } },
  };
  folder.write('own.json', specification);
  const unknown = await at(['cell', 'own.json', '--out', 'runs/own']);
  expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('error unknown-data')]);
  folder.write('own.json', { specification, data: { [digest]: join(folder.path, 'parity.jsonl') } });
  const changed = await at(['cell', 'own.json', '--out', 'runs/own']);
  expect([changed.exitCode, changed.stderr]).toEqual([2, expect.stringContaining('error data-changed')]);
});

it('is shown, drawn from and selected by its name', async () => {
  const shown = await at(['show', 'dataset:parity.jsonl']);
  expect(shown.stdout).toMatch(/^Inputs\n {2}\d+ examples to train on/m);
  expect(shown.stdout).toMatch(/^ {2}input {3}0 0, 1 1\n {2}output {2}0 even, 1 odd$/m);
  const drawn = await at(['sample', 'dataset:parity.jsonl', '--length', '4', '--count', '2', '--json']);
  const { samples } = drawn.json<{ samples: { input: number[]; output: number[] }[] }>();
  for (const { input, output } of samples) expect(output).toEqual([input.reduce((sum, bit) => sum + bit, 0) % 2]);
  const planned = await at(['plan', 'tiny.json', '--only', 'lstm x dataset:parity.jsonl', '--json']);
  const { cells } = planned.json<{ cells: { task: string; architecture: string }[] }>();
  expect(cells.map(({ task }) => task)).toEqual(cells.map(() => 'dataset:parity.jsonl'));
  expect(cells.map(({ architecture }) => architecture)).toContain('lstm');
});

it('is a column that is asked for on the command line, of an experiment elsewhere', async () => {
  const words = ['plan', '--rows', 'lstm', '--columns', 'dataset:parity.jsonl', '--json'];
  const { cells } = (await at(words)).json<{ cells: { task: string; architecture: string }[] }>();
  expect(cells.some(({ architecture, task }) => architecture === 'lstm' && task === 'dataset:parity.jsonl')).toBe(true);
});

it('says which line of a file is wrong', async () => {
  folder.write('parity.jsonl', '{"input":"0 1","output":"odd"}\n{"input":"0 1"\n');
  for (const words of [
    ['plan', 'tiny.json'],
    ['show', 'dataset:parity.jsonl'],
    ['solve', 'dataset:parity.jsonl', '0 1'],
  ]) {
    const { exitCode, stderr } = await at(words);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('parity.jsonl, line 2: this is not JSON')]);
  }
});
