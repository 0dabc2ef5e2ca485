import fc from 'fast-check';
import type { LengthResult } from '../../../../src/core/contracts/record';
import {
  bestScore,
  lengthsInMean,
  lowestScore,
  meanOver,
  medianScore,
  standing,
} from '../../../../src/studies/capability/summarise/mean-score';
import { wilsonInterval } from '../../../../src/studies/statistics/wilson';

const at = (length: number, exact: number, sequences = 100): LengthResult => ({
  length,
  range: 'near',
  sequences,
  score: { exact, token: exact },
});
const run = (exact: number) => meanOver([at(50, exact)])!;

test('lengths that are not averaged are in the mean only where there are no others', () => {
  const [known, fresh, skipped] = [
    { ...at(1, 1), notAveraged: 'known' },
    at(2, 0.5),
    { ...at(3, 0), score: null, notEvaluated: 'too long' },
  ];
  expect(lengthsInMean([known, fresh, skipped], 'near')).toEqual([fresh]);
  expect(lengthsInMean([known, skipped], 'near')).toEqual([known]);
  expect(lengthsInMean([known, fresh], 'far')).toEqual([]);
});

test('of lengths with as many sequences the interval is that of all sequences together', () => {
  const { exact, intervals } = meanOver([at(41, 0.9), at(100, 0.5)])!;
  expect(exact).toBe(0.7);
  expect(intervals.exact.low).toBeCloseTo(wilsonInterval(140, 200).low, 12);
  expect(intervals.exact.high).toBeCloseTo(wilsonInterval(140, 200).high, 12);
  expect(intervals.exact.confidence).toBe(0.95);
});

test('a length with few sequences counts as much as the others, and makes the mean less sure', () => {
  const width = (lengths: LengthResult[]) => {
    const { low, high } = meanOver(lengths)!.intervals.exact;
    return high - low;
  };
  expect(width([at(41, 0.5, 100), at(100, 0.5, 10)])).toBeGreaterThan(width([at(41, 0.5, 100), at(100, 0.5, 100)]));
  // var = p (1 - p) (1/100 + 1/10) / 4, as that of 36.4 sequences.
  const { low, high } = wilsonInterval(0.5 * (4 / 0.11), 4 / 0.11);
  expect(width([at(41, 0.5, 100), at(100, 0.5, 10)])).toBeCloseTo(high - low, 12);
});

test('no lengths, no score', () => expect([meanOver([]), medianScore([]), bestScore([])]).toEqual([null, null, null]));

test('median, best and lowest are those of one run each', () => {
  const runs = [run(0.9), run(0.2), run(0.5), run(0.6)];
  expect([medianScore(runs)!.exact, bestScore(runs)!.exact, lowestScore(runs)!.exact]).toEqual([0.5, 0.9, 0.2]);
  expect(medianScore(runs)!.ownIntervals.exact).toEqual(run(0.5).intervals.exact);
  expect(bestScore(runs)!.intervals.exact).toEqual(run(0.9).intervals.exact);
  expect(medianScore(runs)!.intervals.exact).toMatchObject({
    low: run(0.2).intervals.exact.low,
    high: run(0.9).intervals.exact.high,
    confidence: 0.875,
  });
});

test('intervals that overlap leave it open who is better', () => {
  expect(standing({ low: 0.6, high: 0.7 }, { low: 0.45, high: 0.55 })).toBe('above');
  expect(standing({ low: 0.5, high: 0.6 }, { low: 0.45, high: 0.55 })).toBe('level');
  expect(standing({ low: 0.15, high: 0.25 }, { low: 0.45, high: 0.55 })).toBe('below');
});

test('equal scores are never apart, and a swap turns above into below', () => {
  const share = fc.integer({ min: 0, max: 100 }).map((right) => run(right / 100).intervals.exact);
  const opposite = { above: 'below', level: 'level', below: 'above' };
  fc.assert(
    fc.property(share, share, (a, b) => {
      expect(standing(a, a)).toBe('level');
      expect(standing(a, b)).toBe(opposite[standing(b, a)]);
    }),
    { seed: 41 },
  );
});
