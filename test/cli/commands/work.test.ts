import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Cell } from '../../../src/core/contracts/record';
import { Claims } from '../../../src/run/shared/claims';
import { FileStore } from '../../../src/run/store/file-store';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const at = (...names: string[]) => join(folder.path, 'runs', 'tiny', ...names);
const manifest = () => JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as Manifest<Cell>;

/** Writes the manifest of an experiment of which nothing is measured. */
async function begin(experiment: object = tinyExperiment): Promise<void> {
  folder.write('tiny.json', experiment);
  const stopped = await zoo(['run', 'tiny.json', '--executor', 'shared-folder'], {
    workingFolder: folder.path,
    interrupt: (press) => setTimeout(press, 1),
  });
  expect(stopped.exitCode).toBe(130);
}
const work = (...words: string[]) =>
  zoo(['work', 'runs/tiny', '--workers', '0', ...words], { workingFolder: folder.path });

it('measures what another command began, and then has nothing to do', async () => {
  await begin();
  const done = await work('--json');
  const count = new Set(manifest().cells.map(({ key }) => key)).size;
  expect(done.json()).toMatchObject({ cells: count, finished: count, failed: 0 });
  const matrix = await zoo(['matrix', 'runs/tiny', '--json'], { workingFolder: folder.path });
  expect(matrix.exitCode).toBe(0);
  expect((await work()).stderr).toContain('nothing to run');
  expect(readdirSync(at('claims'))).toEqual([]);
});

it('measures the jobs of a list alone', async () => {
  await begin();
  const [first] = manifest().cells;
  folder.write('mine.txt', `${first!.key}\n`);
  expect((await work('--cells', 'mine.txt', '--json')).json()).toMatchObject({ cells: 1, finished: 1 });
  expect(new FileStore(at()).recordKeys()).toEqual([first!.key]);
  folder.write('mine.txt', 'abcdef0123\n');
  const wrong = await work('--cells', 'mine.txt');
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('unknown-job')]);
});

it('leaves to others what they have, and ends when it is idle', async () => {
  await begin();
  const [first] = manifest().cells;
  const claim = new Claims(at()).take(first!.key);
  const done = await work('--until-idle', '--json');
  const { cells, finished } = done.json<{ cells: number; finished: number }>();
  claim.release();
  expect([done.exitCode, finished]).toEqual([0, cells - 1]);
  expect(new FileStore(at()).recordKeys()).not.toContain(first!.key);
});

it('refuses cells of other code before it claims any', async () => {
  await begin();
  const { cells, ...rest } = manifest();
  const other = cells.map((cell) => ({
    ...cell,
    specification: { ...cell.specification, studyVersion: 999 },
  }));
  writeFileSync(at('manifest.json'), JSON.stringify({ ...rest, cells: other }));
  const refused = await work();
  expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('other-code')]);
  expect(existsSync(at('claims'))).toBe(false);
});

it('does not try again what has failed for another, until a run asks for it anew', async () => {
  await begin();
  const lstm = manifest().cells.find(({ specification }) => specification.architecture.id === 'lstm')!;
  new FileStore(at()).noteFailure(lstm, { code: 'unexpected', message: 'it failed elsewhere' });
  const failed = await work('--json');
  expect([failed.exitCode, failed.stderr]).toEqual([1, expect.stringContaining('it failed elsewhere')]);
  const again = await zoo(['run', 'tiny.json', '--workers', '0'], { workingFolder: folder.path });
  expect(again.exitCode).toBe(0);
  expect(existsSync(at('failures'))).toBe(false);
});

it('measures again what was finished without the weights that a run keeps', async () => {
  await begin();
  await work();
  const asked = await zoo(['run', 'tiny.json', '--executor', 'shared-folder', '--detach', '--keep', 'weights'], {
    workingFolder: folder.path,
  });
  expect(asked.exitCode).toBe(0);
  expect(existsSync(at('weights'))).toBe(false);
  expect((await work()).exitCode).toBe(0);
  expect(readdirSync(at('weights'))).toHaveLength(1);
});
