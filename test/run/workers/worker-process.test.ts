import { WorkerProcess } from '../../../src/run/workers/worker-process';
import { countingCell, countingFolder, countingRunner, isAlive, until } from '../../support/execution/counting';

jest.setTimeout(30_000);

let folder: ReturnType<typeof countingFolder>;
beforeEach(() => {
  folder = countingFolder();
});
afterEach(() => folder.remove());

test('one process runs one cell after another and is gone when told to end', async () => {
  const worker = new WorkerProcess(countingRunner, folder.options);
  const cells = [countingCell('a', { steps: 2 }), countingCell('b', { steps: 2 })];
  for (const cell of cells)
    expect(await worker.run(cell, () => {})).toMatchObject({ type: 'finished', record: { key: cell.key } });
  expect(cells.map(({ key }) => folder.processOf(key))).toEqual([worker.processId, worker.processId]);
  await worker.end();
  expect(isAlive(worker.processId!)).toBe(false);
});

test('a loss that is not a number arrives as such', async () => {
  const worker = new WorkerProcess(countingRunner, folder.options);
  const losses: unknown[] = [];
  await worker.run(countingCell('a', { steps: 1 }, NaN), ({ loss }) => losses.push(loss));
  await worker.end();
  expect(losses).toEqual([NaN]);
});

test('a process that is already gone is reported lost at once', async () => {
  const worker = new WorkerProcess(countingRunner, folder.options);
  process.kill(worker.processId!, 'SIGKILL');
  await until(() => !isAlive(worker.processId!), 'the process should be gone');
  expect(await worker.run(countingCell('a', { steps: 1 }), () => {})).toEqual({
    type: 'lost',
    reason: 'ended by SIGKILL',
  });
  await worker.end();
});

test('a stopping worker answers before the grace period ends it', async () => {
  const worker = new WorkerProcess(countingRunner, folder.options);
  const cell = countingCell('a', { steps: 1000, pause: 2 });
  const ending = worker.run(cell, ({ step }) => {
    if (step === 3) worker.stop(20_000);
  });
  expect(await ending).toEqual({ type: 'stopped' });
  expect(folder.checkpointOf(cell.key)).toBeGreaterThanOrEqual(3);
  await worker.end();
});
