import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtRuntime, keepBuiltRuntime } from '../../../../src/engine/native/compile/built-runtime';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'built-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A compiler that writes a text, and keeps count. */
function compiler(text: string, key: string) {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return jest.fn(async (into: string) => {
    const file = join(into, `${key}.${digest}.runtime.node`);
    writeFileSync(file, text);
    return file;
  });
}

it('finds what a build kept under its key, and nothing where there was no build', async () => {
  const file = await keepBuiltRuntime('one', compiler('runtime', 'one'), folder);
  expect(builtRuntime('one', folder)).toBe(file);
  expect(builtRuntime('two', folder)).toBeUndefined();
  expect(builtRuntime('one', join(folder, 'missing'))).toBeUndefined();
});

it('does not take one that was changed or cut short', async () => {
  const file = await keepBuiltRuntime('one', compiler('runtime', 'one'), folder);
  writeFileSync(file, 'run');
  expect(builtRuntime('one', folder)).toBeUndefined();
  expect(existsSync(file)).toBe(true); // it is not ours to remove
});

it('a build compiles only what is not there, and removes what it no longer needs', async () => {
  await keepBuiltRuntime('one', compiler('runtime', 'one'), folder);
  const again = compiler('runtime', 'one');
  const kept = await keepBuiltRuntime('one', again, folder);
  expect(again).not.toHaveBeenCalled();
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([kept]);
  const other = await keepBuiltRuntime('two', compiler('another', 'two'), folder);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([other]);
});
