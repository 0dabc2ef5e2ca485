import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { likeHere, requireLike } from '../../../src/run/code/worker-like';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();

it('a worker of the same versions is like this one, whatever else is written', () => {
  expect(likeHere()).toMatchObject({ node: process.versions.node });
  const { node: _, ...others } = likeHere();
  for (const like of [likeHere(), others, {}, undefined]) expect(() => requireLike(like)).not.toThrow();
});

it.each([
  [{ node: '1.0.0' }, /node is \S+ instead of 1\.0\.0/],
  [{ ...likeHere(), 'chomsky-zoo': '99.0.0' }, /chomsky-zoo is \S+ instead of 99\.0\.0/],
  [{ nothing: '2.0.0' }, /nothing is not here instead of 2\.0\.0/],
])('others are refused: %j', (like, message) => expect(() => requireLike(like)).toThrow(message));

it('zoo work notes its refusal as the failure of the cells that it was given, and claims none', async () => {
  const inFolder = { workingFolder: folder.path };
  folder.write('tiny.json', tinyExperiment);
  const detached = await zoo(['run', 'tiny.json', '--executor', 'shared-folder', '--detach'], inFolder);
  expect(detached.stdout).toContain('3 cells wait');
  const results = join(folder.path, 'runs', 'tiny');
  const { cells } = JSON.parse(readFileSync(join(results, 'manifest.json'), 'utf8')) as { cells: { key: string }[] };
  const [first, second] = cells.map(({ key }) => key).sort();
  folder.write('cells.txt', `${first}\n${second}\n`);
  folder.write('like.json', { like: { ...likeHere(), node: '1.0.0' } });
  const work = ['work', 'tiny', '--cells', 'cells.txt', '--workers', '0'];

  const refused = await zoo([...work, '--like', join(folder.path, 'like.json')], inFolder);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('other-worker') });
  expect(readdirSync(join(results, 'failures')).sort()).toEqual([`${first}.json`, `${second}.json`]);
  expect(existsSync(join(results, 'claims'))).toBe(false);
  expect(existsSync(join(results, 'records'))).toBe(false);
  // Whoever runs the experiment again tries them again.
  expect(await zoo(['run', 'tiny.json', '--workers', '0'], inFolder)).toMatchObject({ exitCode: 0 });
  expect(await zoo([...work, '--like', join(folder.path, 'like.json')], inFolder)).toMatchObject({ exitCode: 1 });
  expect(existsSync(join(results, 'failures'))).toBe(false);
});
