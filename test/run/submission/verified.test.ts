import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteVerified, readVerified, verifiedCells, verifiedFolder } from '../../../src/run/submission/verified';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-verified-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('adds what comes of cells to what is noted, and keeps what a cell that cannot be measured had', () => {
  noteVerified(folder, 'd', { a: 'identical', b: 'other bytes' });
  noteVerified(folder, 'd', { a: 'failed', b: 'same outcome', c: 'other outcome' });
  expect(readVerified(folder, 'd')).toEqual({ a: 'identical', b: 'same outcome', c: 'other outcome' });
  expect(verifiedCells(readVerified(folder, 'd'), new Set(['a', 'c', 'x']))).toEqual({ agreed: 1, disagreed: 1 });
  expect(readVerified(folder, 'e')).toEqual({});
});

it('believes no note of another submission, nor one that says something else', () => {
  writeFileSync(join(folder, 'd.json'), JSON.stringify({ submission: 'e', cells: { a: 'identical' } }));
  expect(readVerified(folder, 'd')).toEqual({});
  writeFileSync(join(folder, 'd.json'), JSON.stringify({ submission: 'd', cells: { a: 'wonderful', b: 'toString' } }));
  expect(readVerified(folder, 'd')).toEqual({});
  writeFileSync(join(folder, 'd.json'), 'no JSON');
  expect(readVerified(folder, 'd')).toEqual({});
});

it('is a folder of the user', () => {
  expect(verifiedFolder({ XDG_STATE_HOME: '/state', HOME: '/home/a' })).toBe('/state/chomsky-zoo/verified');
  expect(verifiedFolder({ XDG_STATE_HOME: 'state', HOME: '/home/a' })).toBe(
    '/home/a/.local/state/chomsky-zoo/verified',
  );
});
