import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '../../src/core/random';
import { ensureBuilt } from '../support/built';
import { fuzz } from './support/fuzz';
import { Kills, noKills } from './support/kills';

// A short round of `npm run attack`, the same every time.
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-attack-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('broken input of every kind is refused in words', async () => {
  for (let at = 0; at < 90; at++) expect(await fuzz(join(folder, 'input'), 1, at)).toBeUndefined();
});

(process.platform === 'linux' ? it : it.skip)('killed runs lose, change and leave behind nothing', async () => {
  await ensureBuilt();
  const counts = noKills();
  const problems: string[] = [];
  const kills = new Kills(folder, createRng(1), counts, (problem) => problems.push(problem));
  await kills.prepare();
  await kills.round(3, () => false);
  const { kills: _, runs, ...harm } = counts;
  expect(problems).toEqual([]);
  expect(Object.values(harm).every((count) => count === 0)).toBe(true);
  expect(runs).toBe(5);
});
