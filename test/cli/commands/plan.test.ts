import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const plan = (...options: string[]) => zoo(['plan', 'tiny.json', ...options], { workingFolder: folder.path });
interface Plan {
  readonly counts: {
    readonly cells: number;
    readonly trained: number;
    readonly finished: number;
    readonly toRun: number;
  };
  readonly expectedSeconds: number;
  readonly measured: boolean;
  readonly cells: readonly { readonly key: string; readonly status: string }[];
}

beforeEach(() =>
  folder.write('tiny.json', {
    ...tinyExperiment,
    architectures: [...tinyExperiment.architectures, 'cot-lstm'],
  }),
);

it('says what a run would do, and writes nothing', async () => {
  const { counts, expectedSeconds, measured } = (await plan('--json')).json<Plan>();
  expect(counts).toMatchObject({ cells: 4, trained: 2, finished: 0, toRun: 4 });
  expect(expectedSeconds).toBeGreaterThan(0);
  expect(measured).toBe(false);
  expect(existsSync(join(folder.path, 'runs'))).toBe(false);
});

it('counts seeds and selections', async () => {
  expect((await plan('--seeds', '3', '--json')).json<Plan>().counts).toMatchObject({ trained: 6 });
  expect((await plan('--only', 'cot-lstm', '--json')).json<Plan>().counts).toMatchObject({
    cells: 3,
    trained: 1,
  });
});

it('knows what is there, and how long it took', async () => {
  await zoo(['run', 'tiny.json', '--workers', '0', '--only', 'lstm'], { workingFolder: folder.path });
  const { counts, measured, cells } = (await plan('--json')).json<Plan>();
  expect(counts).toMatchObject({ finished: 3, toRun: 1 });
  expect(cells.map(({ status }) => status).sort()).toEqual(['finished', 'finished', 'finished', 'missing']);
  expect(measured).toBe(true);
  expect((await plan()).stdout).toMatch(/cot-lstm +0 of 1 finished, the rest about \d+ s/);
});

it('says so when there is nothing left', async () => {
  await zoo(['run', 'tiny.json', '--workers', '0', '--only', 'lstm'], { workingFolder: folder.path });
  expect((await plan('--only', 'lstm')).stdout).toContain('Everything is there');
});

it('runs baselines once for columns that differ in training alone', async () => {
  folder.write('tiny.json', { ...tinyExperiment, sweep: { 'protocol.trainingSequences': [5] } });
  const { stderr, ...planned } = await plan('--json');
  const { counts, cells } = planned.json<Plan>();
  expect(counts).toMatchObject({ trained: 2, toRun: new Set(cells.map(({ key }) => key)).size });
  expect(counts.toRun).toBeLessThan(cells.length);
  expect(stderr).toMatch(/^Training on \S+\{trainingSequences=5\} draws from 5 sequences, /m);
});
