import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeLeftovers, temporaryBeside, writeAtomically } from '../../src/core/atomic-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'atomic-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes and replaces, and leaves nothing beside', () => {
  const file = join(folder, 'a', 'b.json');
  writeAtomically(file, 'one');
  writeAtomically(file, Buffer.from('two'));
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(dirname(file))).toEqual(['b.json']);
});

it('leaves nothing where it cannot write', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => writeAtomically(join(file, 'below'), '')).toThrow(/EEXIST|ENOTDIR/);
  expect(() => writeAtomically(folder, 'a folder is there')).toThrow();
  expect(readdirSync(folder)).toEqual(['file']);
});

it('removes what killed processes of this host left, and nothing else', () => {
  const file = join(folder, 'below', 'x.json');
  writeAtomically(file, '');
  const own = temporaryBeside(file);
  const killed = own.replace(`.${process.pid}.`, `.${spawnSync('true').pid}.`);
  const foreign = killed.replace(/\.[^.]+(\.\d+\.\d+\.tmp)$/, '.elsewhere$1');
  for (const each of [own, killed, foreign]) writeFileSync(each, '');
  const killedFolder = killed.replace('.tmp', '0.tmp');
  mkdirSync(killedFolder);
  writeFileSync(join(killedFolder, 'y'), '');
  removeLeftovers(folder);
  expect(readdirSync(dirname(file))).toHaveLength(5);
  removeLeftovers(folder, { recursive: true });
  expect(
    readdirSync(dirname(file))
      .map((name) => join(dirname(file), name))
      .sort(),
  ).toEqual([own, foreign, file].sort());
});
