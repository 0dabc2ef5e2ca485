import { join } from 'node:path';
import { workingFolder, zoo } from '../../support/cli';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const plot = (...options: string[]) => zoo(['plot', 'test', ...options], { workingFolder: folder.path });

beforeEach(async () => {
  await writeResults(
    join(folder.path, 'runs', 'test'),
    { architectures: ['lstm', 'gru'], baselines: ['uniform'], tasks: [['parity', 'regular']], seeds: [1, 2] },
    [
      { seed: 1, inRange: 1, near: 1, far: 0.4 },
      { seed: 2, inRange: 1, near: 0.9, far: 0.6 },
      { architecture: 'gru', seed: 1, inRange: 1, near: 1, far: 1 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
});

interface Drawn {
  readonly figures: readonly {
    readonly id: string;
    readonly panels: readonly { readonly series: readonly { readonly name: string }[] }[];
  }[];
}

it('draws accuracy by length of the rows that are asked for, as text on 80 columns', async () => {
  const { exitCode, stdout } = await plot('--only', 'lstm x parity');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Accuracy by length: lstm x parity\n/);
  expect(stdout).toContain('trained: length of the input 1 to 40');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

it('has every plot, and data of what it draws', async () => {
  const { json } = await plot('--json');
  expect(json<Drawn>().figures[0]!.panels[0]!.series.map(({ name }) => name)).toEqual(['lstm', 'gru', 'guessing']);
  const { stdout } = await plot('--what', 'cost', '--by', 'sequences', '--format', 'csv');
  expect(stdout).toMatch(/^figure,panel,series,x,seed,y,low,high,note\r?\ncost,Capability,lstm,64000,/);
  const svg = await plot('--what', 'length', '--format', 'svg', '--title', 'Figure 1', '--theme', 'dark');
  expect(svg.stdout).toContain('>Figure 1</text>');
  expect(svg.stdout).not.toContain('@media');
});

it('says what there is instead of what there is not', async () => {
  const unknown = await plot('--what', 'lengths');
  expect([unknown.exitCode, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('there are cost, length, scaling, training'),
  ]);
  expect(unknown.stderr).toContain('length');
  expect((await plot('--what', 'cost', '--by', 'weight')).stderr).toContain('--by may be parameters, state,');
  expect((await plot('--what', 'scaling')).stderr).toContain('nothing to plot as scaling');
});
