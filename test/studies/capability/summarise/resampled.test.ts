import { resampledCapability } from '../../../../src/studies/capability/summarise/resampled';
import { percentileInterval } from '../../../../src/studies/statistics/bootstrap';
import { mean } from '../../../../src/studies/statistics/summaries';
import { z95 } from '../../../../src/studies/statistics/wilson';
import { makeMatrix } from '../../../support/matrix';

/** A cell whose ranges beyond the trained lengths stay at 0, beside a baseline that has nothing right. */
function summaryOf(...inRange: number[]) {
  const seeds = inRange.map((_, at) => at + 1);
  const tasks: [string, string][] = [['parity', 'regular']];
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: ['uniform'], tasks, seeds }, [
    ...inRange.map((exact, at) => ({ seed: at + 1, inRange: exact, near: 0, far: 0 })),
    { architecture: 'uniform', baseline: true, inRange: 0, near: 0, far: 0 },
  ]);
  return matrix.cell('lstm', 'parity').summary!;
}
const resampled = (...inRange: number[]) =>
  resampledCapability({ name: 'lstm/parity', summary: summaryOf(...inRange) })!;

test('of one run the interval is that of its test sequences', () => {
  const replicates = resampled(0.5);
  // Two lengths of 128 sequences each; capability is a third of the score.
  const error = Math.sqrt((0.5 * 0.5) / 256) / 3;
  const { low, high } = percentileInterval(replicates, 0.5 / 3);
  expect(Math.abs(low - (0.5 / 3 - z95 * error))).toBeLessThan(0.2 * error);
  expect(Math.abs(high - (0.5 / 3 + z95 * error))).toBeLessThan(0.2 * error);
});

test('runs are drawn too: the middle of three is the worst in 7 of 27 cases', () => {
  const middle = resampled(0.2, 0.5, 0.9).map((value) => Math.round(value * 3 * 10) / 10);
  const shareOf = (of: (value: number) => boolean) => mean([...middle].map((value) => Number(of(value))));
  expect(shareOf((value) => value < 0.35)).toBeCloseTo(7 / 27, 1);
  expect(shareOf((value) => value > 0.7)).toBeCloseTo(7 / 27, 1);
});

test('it is seeded by the name of the cell', () => {
  expect(resampled(0.5, 0.6)).toEqual(resampled(0.5, 0.6));
  const other = resampledCapability({ name: 'gru/parity', summary: summaryOf(0.5, 0.6) })!;
  expect(other).not.toEqual(resampled(0.5, 0.6));
});

test('who guesses has 0 in nearly all replicates', () => {
  expect(percentileInterval(resampled(0), 0)).toEqual({ low: 0, high: 0 });
});
