import fc from 'fast-check';
import { searchJobOf } from '../../src/core/search';
import { Estimator, makespan } from '../../src/run/estimate';
import { makeCell, makeRecord } from '../support/records';

const took = (architecture: string, task: string, trainingSeconds: number, evaluationSeconds = 0) =>
  makeRecord({ architecture, task, inRange: 1, trainingSeconds, evaluationSeconds });

test('the most alike finished cells decide', () => {
  const estimator = new Estimator([
    took('lstm', 'parity', 10),
    took('lstm', 'reversal', 30),
    took('rwkv', 'parity', 100),
  ]);
  const seconds = (architecture: string, task: string) => estimator.cell(makeCell({ architecture, task })).seconds;
  expect(seconds('lstm', 'parity')).toBe(10);
  expect(seconds('lstm', 'brackets')).toBe(20);
  expect(seconds('gru', 'parity')).toBe(55);
  expect(seconds('gru', 'brackets')).toBe(30);
  expect(estimator.cell(makeCell()).measured).toBe(true);
});

test('training time grows with the work, evaluation does not', () => {
  const cell = makeCell();
  const { protocol } = cell.specification;
  const twice = {
    ...cell,
    specification: { ...cell.specification, protocol: { ...protocol, steps: protocol.steps * 2 } },
  };
  expect(new Estimator([took('lstm', 'parity', 10, 3)]).cell(twice).seconds).toBe(23);
});

test('without any measurement it guesses and says so', () => {
  const estimator = new Estimator();
  const trained = estimator.cell(makeCell());
  const baseline = estimator.cell(makeCell({ architecture: 'uniform', baseline: true }));
  expect([trained.measured, baseline.measured]).toEqual([false, false]);
  expect(baseline.seconds).toBeLessThan(trained.seconds);
  estimator.learn(took('lstm', 'parity', 10));
  expect(estimator.cell(makeCell())).toEqual({ seconds: 10, measured: true });
  expect(estimator.cell(makeCell({ architecture: 'uniform', baseline: true })).measured).toBe(false);
});

test('without any measurement rows that write a chain of thought are expected to take longer', () => {
  const cell = makeCell();
  const thinking = { ...cell, specification: { ...cell.specification, mode: 'chain-of-thought' as const } };
  expect(new Estimator().cell(thinking).seconds).toBeGreaterThan(2 * new Estimator().cell(cell).seconds);
});

test('a running cell is judged by its own pace since its first report', () => {
  const estimator = new Estimator([took('lstm', 'parity', 10, 2)]);
  const running = (step: number, elapsedSeconds: number, pace?: { steps: number; seconds: number }) =>
    estimator.remaining(
      [],
      [{ cell: makeCell(), elapsedSeconds, pace, progress: { phase: 'training', step, steps: 1000 } }],
      1,
    ).seconds;
  expect(running(250, 11, { steps: 250, seconds: 10 })).toBe(32);
  expect(running(750, 11, { steps: 250, seconds: 10 })).toBe(12);
  expect(running(500, 4, { steps: 0, seconds: 0 })).toBe(8);
  expect(running(0, 4)).toBe(8);
});

test('an evaluating cell that takes longer than expected needs no negative time', () => {
  const estimator = new Estimator([took('lstm', 'parity', 10, 2)]);
  const { seconds } = estimator.remaining(
    [],
    [{ cell: makeCell(), elapsedSeconds: 99, progress: { phase: 'evaluating', step: 1000, steps: 1000 } }],
    2,
  );
  expect(seconds).toBe(0);
});

test('waiting cells are shared among workers, after what runs', () => {
  const estimator = new Estimator([took('lstm', 'parity', 10)]);
  const waiting = [makeCell({ seed: 2 }), makeCell({ seed: 3 }), makeCell({ seed: 4 })];
  expect(estimator.remaining(waiting, [], 2).seconds).toBe(20);
  expect(estimator.remaining(waiting, [{ cell: makeCell(), elapsedSeconds: 4 }], 2).seconds).toBe(20);
  expect(estimator.remaining(waiting, [], 3).seconds).toBe(10);
});

test('the makespan is at least the longest job and a fair share, and at most their sum', () => {
  const jobs = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(jobs, fc.integer({ min: 1, max: 8 }), (seconds, workers) => {
      const total = seconds.reduce((a, b) => a + b, 0);
      const span = makespan(seconds, workers);
      expect(span).toBeGreaterThanOrEqual(Math.max(...seconds));
      expect(span).toBeGreaterThanOrEqual(total / workers);
      expect(span).toBeLessThanOrEqual(total);
      // Graham 1966: no worker idles while jobs wait, so the last job starts by the fair share.
      expect(span).toBeLessThanOrEqual(total / workers + Math.max(...seconds));
    }),
    { seed: 10 },
  );
});

test('nothing to do takes no time', () => {
  expect(makespan([], 4)).toBe(0);
});

test('a search is counted once for all seeds of a cell, and no longer when it is made', () => {
  const { specification, ...rest } = makeCell();
  const trials = [0.01, 0.003, 0.001, 0.0003].map((rate) => ({
    settings: { 'optimiser.learningRate': rate },
    seed: 1,
  }));
  const search = { version: 1, rule: 'all' as const, seed: 1, trials };
  const cells = [1, 2].map((seed) => ({ ...rest, specification: { ...specification, search, seed } }));
  const estimator = new Estimator([took('lstm', 'parity', 10)]);
  expect(estimator.search(cells[0]!)).toMatchObject({ seconds: 40, measured: true });
  expect(estimator.remaining(cells, [], 1).seconds).toBe(40 + 2 * 10);
  const halving = { ...search, rule: 'successive-halving' as const };
  expect(estimator.search({ ...cells[0]!, specification: { ...specification, search: halving } }).seconds).toBe(16); // rungs at looks: 300 and 500 steps
  estimator.learn({ ...took('lstm', 'parity', 40), key: searchJobOf(cells[0]!)!.key });
  expect(estimator.search(cells[1]!)).toEqual({ seconds: 0, measured: true });
});
