import { baselinesOver, bestBaseline } from '../../../../src/studies/capability/summarise/baselines';
import { lengthsOf, makeRecord } from '../../../support/records';

const all = { inRange: new Set(lengthsOf.inRange), near: new Set(lengthsOf.near), far: new Set(lengthsOf.far) };
const guess = (architecture: string, exact: number, token: number, seed = 1) =>
  makeRecord({ architecture, baseline: true, seed, inRange: { exact, token }, near: { exact, token }, far: null });

test('the best baseline is chosen for exact and token separately', () => {
  const baselines = baselinesOver([guess('uniform', 0.3, 0.4), guess('majority', 0.2, 0.6)])(all);
  expect(baselines.map(({ id }) => id)).toEqual(['uniform', 'majority']);
  expect(bestBaseline(baselines)).toEqual({
    inRange: { exact: 0.3, token: 0.6 },
    near: { exact: 0.3, token: 0.6 },
    far: null,
  });
});

test('several seeds of one baseline count as their median', () => {
  const [only] = baselinesOver([
    guess('uniform', 0.1, 0.1, 1),
    guess('uniform', 0.2, 0.2, 2),
    guess('uniform', 0.9, 0.9, 3),
  ])(all);
  expect(only!.ranges.inRange).toEqual({ exact: 0.2, token: 0.2 });
});

test('only the lengths of the compared cell count', () => {
  const record = makeRecord({ architecture: 'uniform', baseline: true, inRange: 0, near: 0, far: 0 });
  const easyWhenShort = {
    ...record,
    lengths: record.lengths.map((result) => ({
      ...result,
      score: { exact: 1 / result.length, token: 1 / result.length },
    })),
  };
  const scores = baselinesOver([easyWhenShort]);
  const [over] = scores({ ...all, inRange: new Set([1]) });
  expect(over!.ranges.inRange!.exact).toBe(1);
  const [overAll] = scores(all);
  expect(overAll!.ranges.inRange!.exact).toBeCloseTo((1 + 1 / 40) / 2);
});

test('no baselines, no chance level', () => {
  expect(bestBaseline([])).toEqual({ inRange: null, near: null, far: null });
});
