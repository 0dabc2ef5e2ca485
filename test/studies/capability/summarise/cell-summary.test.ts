import fc from 'fast-check';
import { baselinesOver } from '../../../../src/studies/capability/summarise/baselines';
import { furthestRange, summariseCell } from '../../../../src/studies/capability/summarise/cell-summary';
import { makeRecord } from '../../../support/records';

const chance = baselinesOver([
  makeRecord({ architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 }),
]);
const noChance = baselinesOver([]);

test('scores are medians over seeds, with the per-seed values beside them', () => {
  const summary = summariseCell(
    [
      makeRecord({ seed: 2, inRange: 1, near: 0.8, far: 0.5 }),
      makeRecord({ seed: 1, inRange: 0.9, near: 0.6, far: 0.5 }),
      makeRecord({ seed: 3, inRange: 1, near: 1, far: 1 }),
    ],
    chance,
  );
  expect(summary.seeds.map(({ seed, verdict }) => [seed, verdict])).toEqual([
    [1, 'not learnt'],
    [2, 'learnt in range'],
    [3, 'solves'],
  ]);
  expect(summary.ranges.near.score).toEqual({ exact: 0.8, token: 0.8 });
  expect(summary.ranges.near.baseline).toEqual({ exact: 0.5, token: 0.5 });
  expect(summary.ranges.near.scaled.exact).toBeCloseTo(0.6);
  expect(summary.verdict).toBe('learnt in range');
  expect(summary.solved.count).toBe(1);
  expect(summary.solved.interval.low).toBeCloseTo(0.0615, 4);
  expect(summary.agreement).toBe('no claim');
});

test('a diverged seed without scores counts as zero, and most seeds diverging is the verdict', () => {
  const gone = (seed: number) => makeRecord({ seed, outcome: 'diverged' });
  const good = (seed: number) => makeRecord({ seed, inRange: 1, near: 1, far: 1 });
  const one = summariseCell([good(1), good(2), gone(3)], chance);
  expect([one.verdict, one.diverged, one.ranges.far.score!.exact]).toEqual(['solves', 1, 1]);
  const two = summariseCell([good(1), gone(2), gone(3)], chance);
  expect([two.verdict, two.diverged, two.ranges.far.score!.exact]).toEqual(['diverged', 2, 0]);
  const all = summariseCell([gone(1)], chance);
  expect([all.verdict, all.ranges.far.score, furthestRange(all)]).toEqual(['diverged', null, null]);
});

test('ranges that were not evaluated stay null and cap the verdict', () => {
  const summary = summariseCell([makeRecord({ inRange: 1, near: 1 })], chance);
  expect(summary.verdict).toBe('extends');
  expect(summary.ranges.far).toEqual({
    score: null,
    baseline: null,
    scaled: { exact: null, token: null },
    evaluatedLengths: 0,
    notEvaluatedLengths: 2,
  });
  expect(furthestRange(summary)).toBe('near');
  expect(summariseCell([makeRecord()], chance).verdict).toBeNull();
});

test('claims about the row and column are checked against the medians', () => {
  const claims = [{ task: 'parity', range: 'far' as const, atLeast: 0.99, source: 'Somebody 2024' }];
  expect(summariseCell([makeRecord({ inRange: 1, near: 1, far: 1 })], chance, claims).agreement).toBe('as predicted');
  expect(summariseCell([makeRecord({ inRange: 1, near: 1, far: 0.6 })], chance, claims).agreement).toBe('contradicts');
});

test('without baselines nothing is scaled', () => {
  const { ranges, baselines } = summariseCell([makeRecord({ inRange: 1, near: 1, far: 1 })], noChance);
  expect([ranges.far.baseline, ranges.far.scaled.exact, baselines]).toEqual([null, null, []]);
});

test('the order of the records does not matter', () => {
  const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(scores, (list) => {
      const records = list.map((score, seed) => makeRecord({ seed, inRange: 1, near: score, far: score / 2 }));
      expect(summariseCell([...records].reverse(), chance)).toEqual(summariseCell(records, chance));
    }),
    { seed: 9 },
  );
});
