import fc from 'fast-check';
import { capability } from '../../../../src/studies/capability/summarise/capability';
import { baselinesOver } from '../../../../src/studies/capability/summarise/baselines';
import { summariseCell } from '../../../../src/studies/capability/summarise/cell-summary';
import { makeRecord } from '../../../support/records';

const guessing = (exact: number) =>
  baselinesOver([makeRecord({ architecture: 'uniform', baseline: true, inRange: exact, near: exact, far: exact })]);
const chance = guessing(0.5);
type Given = Parameters<typeof makeRecord>[0];
const of = (...runs: Given[]) =>
  capability(
    summariseCell(
      runs.map((run, at) => makeRecord({ seed: at + 1, ...run })),
      chance,
    ),
  )!;

test('thirds for each range that is mastered', () => {
  expect(of({ inRange: 1, near: 0.5, far: 0.5 }).value).toBeCloseTo(1 / 3);
  expect(of({ inRange: 1, near: 1, far: 0.5 }).value).toBeCloseTo(2 / 3);
  expect(of({ inRange: 1, near: 1, far: 1 }).value).toBeCloseTo(1);
});

test('guessing, worse than guessing and not evaluated by its own doing add nothing', () => {
  expect(of({ inRange: 0.5, near: 0.2, far: null }).value).toBe(0);
});

test('whoever guesses has exactly 0 within an interval that begins at 0, however lucky', () => {
  const lucky = fc.double({ min: 0.4, max: 0.55, noNaN: true });
  fc.assert(
    fc.property(lucky, lucky, lucky, (inRange, near, far) => {
      const { value, interval } = of({ inRange, near, far });
      expect(value).toBe(0);
      expect(interval.low).toBe(0);
      expect(interval.high).toBeLessThan(0.31);
    }),
    { seed: 31 },
  );
});

test('the interval holds the value and narrows to it where scores are sure', () => {
  const share = fc.integer({ min: 0, max: 256 }).map((right) => right / 256);
  fc.assert(
    fc.property(share, share, share, (inRange, near, far) => {
      const { value, interval } = of({ inRange, near, far });
      expect(interval.low).toBeLessThanOrEqual(value);
      expect(interval.high).toBeGreaterThanOrEqual(value);
    }),
    { seed: 32 },
  );
  expect(of({ inRange: 1, near: 1, far: 1 }).interval.low).toBeGreaterThan(0.93);
});

test('another seed at chance widens the interval and takes nothing from the median', () => {
  const good = { inRange: 1, near: 1, far: 1 };
  const { value, interval } = of(good, good, { inRange: 0.5, near: 0.5, far: 0.5 });
  expect([value, interval]).toEqual([1, { low: 0, high: 1 }]);
});

test('a range in which guessing is perfect, or that the task does not have, does not count', () => {
  const finite = baselinesOver([makeRecord({ architecture: 'look-up', baseline: true, inRange: 1, near: 0.5 })]);
  const value = (scores: Given) => capability(summariseCell([makeRecord(scores)], finite))?.value;
  expect(value({ inRange: 1, near: 1 })).toBe(1);
  expect(value({ inRange: 1, near: 0.5 })).toBe(0);
});

test('nothing countable, no number', () => {
  const trivial = guessing(1);
  expect(capability(summariseCell([makeRecord({ inRange: 1, near: 1, far: 1 })], trivial))).toBeNull();
});

test('a range in which not even a perfect learner beats guessing does not count', () => {
  const knowing = baselinesOver([
    makeRecord({ architecture: 'oracle', baseline: true, inRange: 1, near: 1, far: 0.5 }),
  ]);
  const given = makeRecord({ inRange: 1, near: 1, far: 0.5 });
  expect(capability(summariseCell([given], chance, {}, knowing))!.value).toBe(1);
  expect(capability(summariseCell([given], chance))!.value).toBeCloseTo(2 / 3);
});

test('without a baseline there is no number', () => {
  expect(capability(summariseCell([makeRecord({ inRange: 1 })], baselinesOver([])))).toBeNull();
});
