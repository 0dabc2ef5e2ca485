import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const at = (...command: string[]) => zoo(command, { workingFolder: folder.path });
const place = (...names: string[]) => join(folder.path, 'runs', ...names);
const filesIn = (...names: string[]): string[] =>
  existsSync(place(...names))
    ? readdirSync(place(...names), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    : [];
const run = async (...more: string[]) => {
  folder.write('tiny.json', tinyExperiment);
  const outcome = await at('run', 'tiny.json', '--workers', '0', ...more);
  expect([outcome.exitCode, outcome.stderr]).toEqual([0, expect.anything()]);
  return outcome;
};
const view = async (...names: string[]) => (await at('matrix', ...names, '--title', 'One', '--json')).stdout;
const finished = async (name: string) => (await at('watch', name, '--json')).json<{ finished: number }>().finished;

it('packs what was run; every command shows it as before, and a run trains only what is missing', async () => {
  await run();
  const before = await view('tiny');
  const { stdout, exitCode } = await at('pack', 'tiny');
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringMatching(/^runs\/tiny: 3 records in 3 packs, \d+\.\d kB before, \d\.\d kB now; 3 moved\n$/),
  ]);
  expect([filesIn('tiny', 'records'), filesIn('tiny', 'packs')]).toEqual([
    [],
    ['lstm.jsonl.gz', 'oracle.jsonl.gz', 'uniform.jsonl.gz'],
  ]);
  expect(await view('tiny')).toBe(before);
  expect(await finished('tiny')).toBe(3);
  expect((await at('pack', 'tiny')).stdout).toMatch(/3 records in 3 packs, \d\.\d kB; nothing to move\n$/);

  const text = gunzipSync(readFileSync(place('tiny', 'packs', 'lstm.jsonl.gz'))).toString();
  const { key } = JSON.parse(text) as { key: string };
  const cell = await at('cell', key.slice(0, 12), '--out', 'runs/tiny', '--json');
  expect({ ...cell.json(), digest: expect.anything() }).toEqual({ ...JSON.parse(text), digest: expect.anything() });
  expect((await at('verify', 'tiny', '--workers', '0', '--json')).json()).toMatchObject({ counts: { identical: 1 } });

  // Another seed is a file of its own beside them, until it is packed.
  await run('--seeds', '2');
  expect([filesIn('tiny', 'records').length, filesIn('tiny', 'packs').length]).toEqual([1, 3]);
  const both = await view('tiny');
  expect((await at('pack', 'tiny', '--json')).json()).toMatchObject([{ moved: 1, packed: 4, packs: 3, files: 0 }]);
  expect(await view('tiny')).toBe(both);
  expect(await finished('tiny')).toBe(4);
  const work = await at('work', 'runs/tiny', '--workers', '0', '--json');
  expect(work.json()).toMatchObject({ cells: 4, finished: 4, failed: 0 });
  expect(filesIn('tiny', 'records')).toEqual([]);
  const undone = await at('pack', 'tiny', '--unpack');
  expect(undone.stdout).toMatch(/^runs\/tiny: 4 records in files, \d\.\d kB before, \d+\.\d kB now; 4 moved\n$/);
  expect([filesIn('tiny', 'records').length, filesIn('tiny', 'packs')]).toEqual([4, []]);
  expect(await view('tiny')).toBe(both);
});

it('merges packed folders with others as if none were packed', async () => {
  for (const part of ['1/2', '2/2']) await run('--seeds', '2', '--shard', part, '--out', `runs/part-${part[0]}`);
  await at('merge', 'runs/plain', 'runs/part-1', 'runs/part-2');
  await at('pack', 'part-1');
  expect((await at('merge', 'runs/merged', 'runs/part-1', 'runs/part-2')).stdout).toContain('4 of 4 cells finished');
  const texts = (name: string) =>
    Object.fromEntries(
      readdirSync(place(name, 'records'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
    );
  expect(texts('merged')).toEqual(texts('plain'));
  await at('pack', 'merged');
  expect((await at('merge', 'runs/merged', 'runs/part-1', 'runs/plain', '--json')).json()).toMatchObject({
    ...{ finished: 4, copied: {}, equal: 4 },
  });
  expect(await view('runs/part-1', 'runs/part-2')).toBe(await view('merged'));
});

it('tells of a damaged pack in every view, does not run on it, and gives what can be read', async () => {
  await run('--seeds', '2');
  await at('pack', 'tiny');
  const file = place('tiny', 'packs', 'lstm.jsonl.gz');
  writeFileSync(file, readFileSync(file).subarray(0, -20));
  const shown = await at('matrix', 'tiny');
  expect([shown.exitCode, shown.stderr]).toEqual([1, expect.stringContaining('error corrupt-records')]);
  expect(shown.stderr).toMatch(/lstm\.jsonl\.gz\/parity\/[0-9a-f]{64}\.json: bytes 0 to \d+ of the pack are damaged/);
  const again = await at('run', 'tiny.json', '--workers', '0');
  expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('zoo pack --unpack')]);
  const undone = await at('pack', 'tiny', '--unpack');
  expect([undone.exitCode, undone.stdout]).toEqual([1, expect.stringContaining('2 records in 1 pack and 2 records')]);
});

it('asks for a folder of results', async () => {
  mkdirSync(join(folder.path, 'home'));
  expect((await at('pack', 'home')).stderr).toContain('error no-results');
});
