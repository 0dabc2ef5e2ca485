import { capability } from '../../../../src/studies/capability/summarise/capability';
import { baselinesOver } from '../../../../src/studies/capability/summarise/baselines';
import { summariseCell } from '../../../../src/studies/capability/summarise/cell-summary';
import { makeRecord } from '../../../support/records';

const chance = baselinesOver([
  makeRecord({ architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 }),
]);
const noChance = baselinesOver([]);
const of = (scores: Parameters<typeof makeRecord>[0]) => capability(summariseCell([makeRecord(scores)], chance));

test('thirds for each range that is mastered', () => {
  expect(of({ inRange: 1, near: 0.5, far: 0.5 })).toBeCloseTo(1 / 3);
  expect(of({ inRange: 1, near: 1, far: 0.5 })).toBeCloseTo(2 / 3);
  expect(of({ inRange: 1, near: 1, far: 1 })).toBeCloseTo(1);
});

test('guessing, worse than guessing and not evaluated add nothing', () => {
  expect(of({ inRange: 0.5, near: 0.2, far: null })).toBe(0);
});

test('without a baseline there is no number', () => {
  expect(capability(summariseCell([makeRecord({ inRange: 1 })], noChance))).toBeNull();
});
