import type { CellRecord } from '../../../src/core/contracts/record';
import type { RunEvent, RunJob } from '../../../src/core/contracts/execution';
import { runInTurn } from '../../../src/run/workers/in-turn';
import { makeCell, makeRecord } from '../../support/records';

const cells = ['parity', 'reversal', 'brackets'].map((task) => makeCell({ task }));
const recordOf = (task: string): CellRecord => makeRecord({ task, inRange: 1 });

async function run(runJob: RunJob, signal = new AbortController().signal) {
  const events: RunEvent[] = [];
  await runInTurn(runJob, { jobs: cells }, (event) => events.push(event), signal);
  return events.map(({ type, cell }) => `${type} ${cell.specification.task!.id}`);
}

test('cells run one after another; a failing one does not stop the rest', async () => {
  const events = await run(async ({ specification }, onProgress) => {
    onProgress({ phase: 'training', step: 1, steps: 1 });
    if (specification.task!.id === 'reversal') throw new Error('no luck');
    return recordOf(specification.task!.id);
  });
  expect(events).toEqual([
    'cell-started parity',
    'cell-progress parity',
    'cell-finished parity',
    'cell-started reversal',
    'cell-progress reversal',
    'cell-failed reversal',
    'cell-started brackets',
    'cell-progress brackets',
    'cell-finished brackets',
  ]);
});

test('the signal ends the run without calling the stopped cell a failure', async () => {
  const controller = new AbortController();
  const events = await run(async (_cell, _onProgress, signal) => {
    controller.abort();
    throw signal.reason;
  }, controller.signal);
  expect(events).toEqual(['cell-started parity']);
});
