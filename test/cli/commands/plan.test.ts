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

it('says what a part of the jobs would take, and each job is in one part', async () => {
  const whole = (await plan('--seeds', '2', '--json')).json<Plan>();
  const parts = await Promise.all(
    ['1/3', '2/3', '3/3'].map(async (part) => plan('--seeds', '2', '--shard', part, '--json')),
  );
  const keys = (some: readonly Plan[]) => some.flatMap(({ cells }) => cells.map(({ key }) => key)).sort();
  expect(keys(parts.map((part) => part.json<Plan>()))).toEqual(keys([whole]));
  expect(parts[2]!.json()).toMatchObject({ shard: { index: 3, of: 3 } });
  const { cells } = parts[0]!.json<Plan>();
  expect(parts[0]!.stderr).toContain(`Part 1 of 3: ${cells.length} of ${whole.cells.length} jobs.`);
  expect((await plan('--shard', '4/3')).stderr).toMatch(/--shard[^]*from 1\/3 to 3\/3/);
});
