import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellRecord } from '../../../src/core/contracts/record';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const at = (...command: string[]) => zoo(command, { workingFolder: folder.path });
/** Texts of the records of a folder by their names. */
const records = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder.path, name, 'records'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name: file, parentPath }) => [file, readFileSync(join(parentPath, file), 'utf8')]),
  );
/** The same without when and where they were made. */
const results = (name: string) =>
  Object.fromEntries(
    Object.entries(records(name)).map(([file, text]) => {
      const { provenance: _, ...rest } = JSON.parse(text) as CellRecord;
      return [file, rest];
    }),
  );
const manifest = (name: string) => readFileSync(join(folder.path, name, 'manifest.json'), 'utf8');

it('puts the parts of an experiment together as if it had run in one folder', async () => {
  folder.write('tiny.json', tinyExperiment);
  const run = (out: string, ...more: string[]) => at('run', 'tiny.json', '--workers', '0', '--out', out, ...more);
  await run('whole', '--seeds', '2');
  const parts = ['1/2', '2/2'];
  for (const part of parts) {
    const { stderr, exitCode } = await run(`part-${part[0]}`, '--seeds', '2', '--shard', part);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining(`Part ${part[0]} of 2`)]);
  }
  const { stdout, exitCode } = await at('merge', 'merged', 'part-1', 'part-2');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('merged: 4 of 4 cells finished\n');
  expect(records('merged')).toEqual({ ...records('part-1'), ...records('part-2') });
  expect(results('merged')).toEqual(results('whole'));
  expect(manifest('merged')).toBe(manifest('part-1'));
  const view = async (...names: string[]) => (await at('matrix', ...names, '--title', 'Either')).stdout;
  expect(await view('merged')).toBe(await view('whole'));
  for (const several of [['part-1', 'part-2'], ['part-2,part-1']])
    expect(await view(...several)).toBe(await view('whole'));

  // Again, and into one of them.
  expect((await at('merge', 'merged', 'part-1', 'part-2', '--json')).json()).toMatchObject({
    ...{ cells: 4, finished: 4, others: 0, copied: {}, equal: 4 },
  });
  await at('merge', 'part-1', 'part-2');
  expect(records('part-1')).toEqual(records('merged'));
});

describe('of folders that do not go together', () => {
  const write = (name: string, far: number, architecture = 'lstm') =>
    writeResults(join(folder.path, name), { architectures: [architecture], tasks: [['parity', 'regular']] }, [
      { architecture, inRange: 1, near: 1, far },
    ]);

  it('refuses different results of a cell unless it is told which to take', async () => {
    await write('a', 1);
    await write('b', 0.5);
    const refused = await at('merge', 'all', 'a', 'b');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/error different-records[^]*lstm x parity, seed 1: a \(test\); b \(test\)/);
    expect(readdirSync(folder.path).sort()).toEqual(['a', 'b']);
    const { stdout } = await at('merge', 'all', 'b', 'a', '--take-first');
    expect(stdout).toContain('1 cell with different results, those of the first folder taken: lstm x parity, seed 1');
    expect(records('all')).toEqual(records('b'));
  });

  it('copies no damaged record, and fails in the end', async () => {
    await write('a', 1);
    await write('b', 1, 'gru');
    const [file] = readdirSync(join(folder.path, 'b', 'records', 'gru', 'parity'));
    writeFileSync(join(folder.path, 'b', 'records', 'gru', 'parity', file!), '{');
    const { stdout, stderr, exitCode } = await at('merge', 'all', 'a', 'b');
    expect(stdout).toContain('all: 1 of 4 cells finished');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('error corrupt-records')]);
    expect(records('all')).toEqual(records('a'));
  });

  it('leaves a folder alone that is none of results, and asks for results', async () => {
    await write('a', 1);
    mkdirSync(join(folder.path, 'home'));
    folder.write('home/letter.txt', 'Dear');
    expect((await at('merge', 'home', 'a')).stderr).toContain('error folder-not-empty');
    expect((await at('merge', 'all', 'a', 'home')).stderr).toContain('error no-results');
    expect(readdirSync(join(folder.path, 'home'))).toEqual(['letter.txt']);
  });
});

describe('views of several folders', () => {
  const seeds = (name: string, seed: number, far: number, task = 'parity') =>
    writeResults(
      join(folder.path, name),
      { architectures: ['lstm', 'gru'], baselines: ['uniform'], tasks: [[task, 'regular']], seeds: [seed] },
      [
        { architecture: 'lstm', task, seed, inRange: 1, near: 1, far },
        { architecture: 'gru', task, seed, inRange: 1, near: 1, far: 0.5 },
        { architecture: 'uniform', task, baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
      ],
    );

  it('show all seeds and columns, also beside another set of results', async () => {
    await seeds('a', 1, 1);
    await seeds('b', 2, 0.9);
    await seeds('c', 1, 1, 'reversal');
    const { cells } = (await at('matrix', 'a', 'b', 'c', '--json')).json<{
      cells: { architecture: string; task: string; seeds: number; kind: string }[];
    }>();
    const trained = cells.filter(({ kind }) => kind === 'architecture');
    expect(trained.map(({ architecture, task, seeds: count }) => [architecture, task, count])).toEqual([
      ['lstm', 'parity', 2],
      ['lstm', 'reversal', 1],
      ['gru', 'parity', 2],
      ['gru', 'reversal', 1],
    ]);
    for (const command of ['leaderboard', 'plot', 'view'])
      expect((await at(command, 'a', 'b', '--json')).stdout).toBe((await at(command, 'a,b', '--json')).stdout);
    const compared = await at('compare', 'a,b', 'c', '--only', 'lstm');
    expect([compared.exitCode, compared.stderr]).toEqual([2, expect.stringContaining('no cell with scores in common')]);
    expect((await at('compare', 'a,b', 'b')).exitCode).toBe(0);
    const report = await at('report', 'a,b', 'c');
    expect([report.exitCode, report.stdout]).toEqual([0, expect.stringContaining('<html')]);
    expect((await at('matrix', 'a', 'nowhere')).stderr).toContain('error no-results');
  });

  it('say which cells have different results', async () => {
    await seeds('a', 1, 1);
    await seeds('b', 1, 0.9);
    const { stderr, stdout } = await at('matrix', 'a', 'b', '--json');
    expect(stderr).toBe(
      'Different results of one cell, of which those of the folder named first are shown: ' +
        'lstm x parity, seed 1: a (test); b (test).\n',
    );
    expect(stdout).toBe((await at('matrix', 'a', '--json')).stdout);
  });
});
