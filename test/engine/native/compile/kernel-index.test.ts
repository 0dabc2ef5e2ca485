import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KernelIndex } from '../../../../src/engine/native/compile/kernel-index';

const key = (number: number) => number.toString(16).padStart(32, '0');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  for (const library of ['one.so', 'two.so']) writeFileSync(join(folder, library), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('knows what was added, also by others and earlier', () => {
  const [mine, theirs] = [new KernelIndex(folder), new KernelIndex(folder)];
  expect(mine.find(key(1))).toBeUndefined();
  theirs.add('one.so', [key(1), key(2)]);
  mine.add('two.so', [key(3)]);
  for (const index of [mine, theirs, new KernelIndex(folder)]) {
    expect([1, 2, 3, 4].map((number) => index.find(key(number)))).toEqual(['one.so', 'one.so', 'two.so', undefined]);
  }
});

it('forgets kernels whose library was removed', () => {
  const index = new KernelIndex(folder);
  index.add('one.so', [key(1)]);
  rmSync(join(folder, 'one.so'));
  expect(index.find(key(1))).toBeUndefined();
  index.add('two.so', [key(1)]); // compiled anew
  expect(new KernelIndex(folder).find(key(1))).toBe('two.so');
});

it('passes over lines that are broken', () => {
  new KernelIndex(folder).add('one.so', [key(1)]);
  appendFileSync(join(folder, 'kernels.txt'), `${key(2)} ../elsewhere.so\n${key(3).slice(1)} one.so\n${key(4)} one`);
  new KernelIndex(folder).add('two.so', [key(5)]); // behind a line that was never finished
  const index = new KernelIndex(folder);
  expect([1, 2, 3, 4, 5].map((number) => index.find(key(number)))).toEqual([
    'one.so',
    undefined,
    undefined,
    undefined,
    'two.so',
  ]);
});

it('a long file keeps only what exists', () => {
  const lines = Array.from({ length: 40_001 }, (_, i) => `${key(i)} ${i % 1000 === 0 ? 'one' : 'gone'}.so\n`);
  writeFileSync(join(folder, 'kernels.txt'), lines.join(''));
  expect(new KernelIndex(folder).find(key(3000))).toBe('one.so');
  expect(readFileSync(join(folder, 'kernels.txt'), 'utf8').trim().split('\n')).toHaveLength(41);
});
