import { RunState } from '../../../src/run/progress/run-state';
import { makeRecord } from '../../support/records';
import { play, runCells } from '../../support/run';
import { ManualClock } from '../../support/screen';

function started() {
  const clock = new ManualClock();
  const state = new RunState(clock, 2, [makeRecord({ trainingSeconds: 38, evaluationSeconds: 2 })]);
  state.begin(runCells, 2);
  return { clock, state, playTo: (until: number, from = 0) => play((event) => state.apply(event), clock, from, until) };
}

test('it counts what is finished, failed and at work', () => {
  const { state, playTo } = started();
  expect([state.finished, state.total, state.running.length]).toEqual([2, 5, 0]);
  playTo(6);
  expect(state.running.map(({ cell, worker }) => [worker, cell.specification.task!.id])).toEqual([
    [0, 'parity'],
    [1, 'reversal'],
  ]);
  expect(state.share).toBeCloseTo((2 + 0.5 + 0.25) / 5);
  playTo(14, 6);
  expect([state.finished, state.failed, state.running, state.share]).toEqual([4, 1, [], 1]);
  expect(state.elapsedSeconds).toBe(55);
});

test('the time left comes from finished cells, then from the pace of running ones', () => {
  const { state, playTo } = started();
  expect(state.timeLeft()).toEqual({ seconds: 80, measured: true }); // three cells of 40 s on two workers
  playTo(6);
  // parity: 50 steps at 40 in 10 s, and 2 s of evaluation; reversal: 75 steps at 20 in 16 s, likewise; brackets (40 s) follows parity
  expect(state.timeLeft().seconds).toBeCloseTo(Math.max(12.5 + 2 + 40, 60 + 2));
});

test('a cell whose worker was lost waits again and is not counted as ended', () => {
  const { state, playTo } = started();
  playTo(8);
  expect([state.finished, state.failed, state.running]).toEqual([3, 0, []]);
  expect(state.timeLeft().seconds).toBeGreaterThan(30);
  playTo(10, 8);
  expect(state.running).toMatchObject([{ worker: 1, first: { step: 20 }, pace: { steps: 0 } }]); // continued from its checkpoint
});

test('nothing to run is everything done', () => {
  const state = new RunState(new ManualClock(), 2);
  state.begin([], 7);
  expect([state.finished, state.total, state.share, state.timeLeft().seconds]).toEqual([7, 7, 1, 0]);
});
