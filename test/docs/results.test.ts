import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../registry/package';
import { zoo } from '../support/cli';

const inPackage = { workingFolder: packageRoot };

it('the shipped records are those of experiments/quick.json as it stands', async () => {
  const plan = (await zoo(['plan', 'quick', '--out', 'results/quick', '--json'], inPackage)).json<{
    counts: { cells: number; trained: number; finished: number };
  }>();
  expect(plan.counts).toMatchObject({ cells: 45, trained: 25, finished: 45 });
});

it('the picture in the README is drawn from them', async () => {
  const { stdout } = await zoo(['matrix', 'results/quick', '--format', 'svg'], inPackage);
  expect(readFileSync(join(packageRoot, 'docs/images/quick.svg'), 'utf8')).toBe(stdout);
});
