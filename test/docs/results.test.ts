import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { zoo } from '../support/cli';

const inPackage = { workingFolder: packageRoot };

it.each([
  ['quick', { cells: 45, trained: 25, finished: 45 }],
  ['control', { cells: 13, trained: 9, finished: 13 }],
  ['claims', { cells: 79, trained: 63, finished: 79 }],
  ['tape', { cells: 19, trained: 15, finished: 19 }],
])('the shipped records of %s are those of its experiment as it stands', async (name, counts) => {
  const plan = (await zoo(['plan', name, '--out', `results/${name}`, '--json'], inPackage)).json<{ counts: object }>();
  expect(plan.counts).toMatchObject(counts);
});

it('the picture in the README is drawn from them', async () => {
  const { stdout } = await zoo(['matrix', 'results/quick', '--format', 'svg'], inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/quick.svg'), 'utf8')).toBe(stdout);
});
