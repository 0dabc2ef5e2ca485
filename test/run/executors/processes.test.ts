import { join } from 'node:path';
import type { Cell } from '../../../src/core/contracts/record';
import type { RunEvent } from '../../../src/core/contracts/execution';
import { ProcessPool, retriesOfLostCells, type ProcessPoolOptions } from '../../../src/run/executors/processes';
import { countingCell, countingFolder, countingRunner, isAlive, until } from '../../support/execution/counting';

// Processes take their time to start on a busy machine.
jest.setTimeout(30_000);

let folder: ReturnType<typeof countingFolder>;
beforeEach(() => {
  folder = countingFolder();
});
afterEach(() => folder.remove());

const newPool = (options: Partial<ProcessPoolOptions> = {}) =>
  new ProcessPool({ runner: countingRunner, runnerOptions: folder.options, workers: 2, ...options });

/** Runs the cells and returns what happened; `onEvent` may interfere. */
async function run(
  cells: Cell[],
  options: Partial<ProcessPoolOptions> = {},
  onEvent: (event: RunEvent) => void = () => {},
  signal = new AbortController().signal,
) {
  const events: RunEvent[] = [];
  await newPool(options).run(
    cells,
    (event) => {
      events.push(event);
      onEvent(event);
    },
    signal,
  );
  const of = <T extends RunEvent['type']>(type: T) =>
    events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
  return { events, of, started: of('cell-started').map(({ cell }) => cell.specification.task.id) };
}

test('every cell finishes, at most one at a time in each worker, and processes are reused', async () => {
  const cells = ['a', 'b', 'c', 'd', 'e'].map((task, seed) => countingCell(task, { steps: 3 }, seed));
  const { of, events } = await run(cells);
  expect(
    of('cell-finished')
      .map(({ cell }) => cell.key)
      .sort(),
  ).toEqual(cells.map(({ key }) => key));
  const busy = new Set<number>();
  for (const { type, worker } of events) {
    if (type === 'cell-started') {
      expect(busy.has(worker)).toBe(false);
      busy.add(worker);
    }
    if (type === 'cell-finished') busy.delete(worker);
  }
  expect(new Set(cells.map(({ key }) => folder.processOf(key))).size).toBeLessThanOrEqual(2);
  expect(cells.map(({ key }) => isAlive(folder.processOf(key)))).toEqual(cells.map(() => false));
});

test('progress arrives in order, with the losses as they are', async () => {
  const { of } = await run([countingCell('a', { steps: 3 }, 7)]);
  expect(of('cell-progress').map(({ progress }) => [progress.step, progress.loss])).toEqual([
    [1, 20066],
    [2, 59511],
    [3, 51442],
  ]);
});

test('longest cells are started first', async () => {
  const cells = ['short', 'long', 'middle'].map((task) => countingCell(task, { steps: 1 }));
  const seconds: Record<string, number> = { short: 1, long: 9, middle: 5 };
  const { started } = await run(cells, { workers: 1, expectedSeconds: (cell) => seconds[cell.specification.task.id]! });
  expect(started).toEqual(['long', 'middle', 'short']);
});

test('a cell that fails says why and does not stop the others', async () => {
  const { of } = await run(
    [countingCell('bad', { steps: 1, behaviour: 'throw' }), countingCell('good', { steps: 2 })],
    { workers: 1 },
  );
  expect(of('cell-failed')[0]).toMatchObject({
    cell: { key: 'lstm-bad-1' },
    error: { code: 'test-failure', message: 'this cell cannot be run' },
  });
  expect(of('cell-finished').map(({ cell }) => cell.key)).toEqual(['lstm-good-1']);
});

test('a runner that cannot be loaded fails every cell with the reason', async () => {
  const missing = await run([countingCell('a', { steps: 1 }), countingCell('b', { steps: 1 })], {
    runner: '/nowhere/runner.js',
    workers: 1,
  });
  expect(missing.of('cell-failed')).toHaveLength(2);
  expect(missing.of('cell-failed')[0]!.error.message).toMatch(/nowhere/);
  const wrong = await run([countingCell('a', { steps: 1 })], {
    runner: join(__dirname, '../../support/shared-realm-environment.js'),
  });
  expect(wrong.of('cell-failed')[0]!.error.code).toBe('runner-invalid');
});

test('a worker killed with -9 loses only the steps since its checkpoint; a fresh one finishes the cell', async () => {
  const cells = [countingCell('a', { steps: 23, pause: 5 }, 3), countingCell('b', { steps: 3 }, 4)];
  let killed = false;
  const { of } = await run(cells, {}, (event) => {
    if (event.type === 'cell-progress' && event.cell === cells[0] && event.progress.step === 13 && !killed) {
      killed = true;
      process.kill(folder.processOf(cells[0]!.key), 'SIGKILL');
    }
  });
  expect(of('worker-lost')).toMatchObject([{ cell: { key: cells[0]!.key }, reason: 'ended by SIGKILL', retry: true }]);
  const disturbed = folder.values();
  const steps = folder.stepsOf(cells[0]!.key);
  const repeated = steps.filter((step, index) => steps.indexOf(step) !== index);
  expect(repeated.length).toBeGreaterThan(0);
  expect(repeated.every((step) => step > 10)).toBe(true); // the checkpoint of step 10 was there
  folder.remove();
  await run(cells);
  expect(disturbed).toEqual(folder.values());
});

test('a cell that loses every worker is tried again twice, then failed with the last words of the process', async () => {
  const { of } = await run(
    [countingCell('bad', { steps: 1, behaviour: 'crash' }), countingCell('good', { steps: 2 })],
    { workers: 1 },
  );
  expect(of('worker-lost').map(({ retry }) => retry)).toEqual([...Array(retriesOfLostCells).fill(true), false]);
  expect(of('worker-lost')[0]!.reason).toBe('ended with exit code 70: out of luck');
  expect(of('cell-failed')).toMatchObject([
    { error: { code: 'worker-lost', message: expect.stringContaining('lost 3 times') } },
  ]);
  expect(of('cell-finished').map(({ cell }) => cell.key)).toEqual(['lstm-good-1']);
});

test('the signal makes workers save a checkpoint and stop; the next run continues there', async () => {
  const cells = ['a', 'b', 'c'].map((task, seed) => countingCell(task, { steps: 40, pause: 2 }, seed));
  const controller = new AbortController();
  const stopped = await run(
    cells,
    {},
    (event) => {
      if (event.type === 'cell-progress' && event.progress.step === 8) controller.abort();
    },
    controller.signal,
  );
  expect(stopped.of('cell-finished')).toEqual([]);
  expect(stopped.of('cell-failed')).toEqual([]);
  expect(stopped.started).toEqual(['a', 'b']);
  expect(folder.checkpointOf(cells[0]!.key)).toBe(folder.stepsOf(cells[0]!.key).at(-1));
  const { of } = await run(cells);
  expect(of('cell-finished')).toHaveLength(3);
  for (const { key } of cells) expect(folder.stepsOf(key)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('a worker deaf to the signal is killed after the grace period', async () => {
  const controller = new AbortController();
  const cell = countingCell('a', { steps: 100_000, pause: 2, behaviour: 'deaf' });
  const { events } = await run(
    [cell],
    { graceMilliseconds: 100 },
    (event) => {
      if (event.type === 'cell-progress') controller.abort();
    },
    controller.signal,
  );
  expect(events.filter(({ type }) => type !== 'cell-progress').map(({ type }) => type)).toEqual(['cell-started']);
  await until(() => !isAlive(folder.processOf(cell.key)), 'the deaf worker should be gone');
});

test('a signal given before the start runs nothing', async () => {
  expect((await run([countingCell('a', { steps: 1 })], {}, () => {}, AbortSignal.abort())).events).toEqual([]);
});
