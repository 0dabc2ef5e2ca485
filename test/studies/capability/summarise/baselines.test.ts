import {
  averagedLengths,
  baselinesOver,
  bestBaseline,
  ceilingOf,
} from '../../../../src/studies/capability/summarise/baselines';
import { lengthsOf, makeRecord } from '../../../support/records';

const all = { inRange: new Set(lengthsOf.inRange), near: new Set(lengthsOf.near), far: new Set(lengthsOf.far) };
const guess = (architecture: string, exact: number, token: number, seed = 1) =>
  makeRecord({ architecture, baseline: true, seed, inRange: { exact, token }, near: { exact, token }, far: null });

test('the best baseline is chosen for exact and token separately', () => {
  const baselines = baselinesOver([guess('uniform', 0.3, 0.4), guess('majority', 0.2, 0.6)])(all);
  expect(baselines.map(({ id }) => id)).toEqual(['uniform', 'majority']);
  expect(bestBaseline(baselines)).toMatchObject({
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
  expect(only!.ranges.inRange).toMatchObject({ exact: 0.2, token: 0.2 });
});

test('only the lengths of the compared cell count', () => {
  const record = makeRecord({ architecture: 'uniform', baseline: true, inRange: 0, near: 0, far: 0 });
  const easyWhenShort = {
    ...record,
    lengths: record.lengths.map((result) => ({
      ...result,
      score: { exact: 1 / result.length, token: 1 / result.length },
    })),
    ranges: {
      ...record.ranges,
      inRange: { ...record.ranges.inRange, score: { exact: (1 + 1 / 40) / 2, token: (1 + 1 / 40) / 2 } },
    },
  };
  const scores = baselinesOver([easyWhenShort]);
  const [over] = scores({ ...all, inRange: new Set([1]) });
  expect(over!.ranges.inRange!.exact).toBe(1);
  const [overAll] = scores(all);
  expect(overAll!.ranges.inRange!.exact).toBeCloseTo((1 + 1 / 40) / 2);
});

test('lengths that are not averaged enter neither the cell nor its baseline, unless there are no others', () => {
  const record = makeRecord({ architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 });
  const remembered = {
    ...record,
    lengths: record.lengths.map((result) => ({
      ...result,
      ...(result.length === 1 && { score: { exact: 1, token: 1 } }),
      ...([1, 101, 256].includes(result.length) && { notAveraged: 'training could have drawn every input' }),
    })),
  };
  expect(averagedLengths([remembered])).toEqual({
    inRange: new Set([40]),
    near: new Set([41, 100]),
    far: new Set([101, 256]),
  });
  expect(baselinesOver([remembered])()[0]!.ranges.inRange!.exact).toBe(0.5);
});

test('the ceiling is the least that rows with the solver reach', () => {
  const knowing = baselinesOver([guess('oracle', 1, 1), guess('perfect-learner', 0.55, 0.9)]);
  expect(ceilingOf(knowing())).toMatchObject({ near: { exact: 0.55, token: 0.9 }, far: null });
});

test('no baselines, no chance level', () => {
  expect(bestBaseline([])).toEqual({ inRange: null, near: null, far: null });
});
