import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { SequentialTest, sequencesPerLook } from '../../src/evaluation/sequential-test';

const test96 = (error = 0.01) => new SequentialTest({ sequences: 96, threshold: 0.95, error });

test('more wrong answers than a test set may have decide at once, and so do enough right ones', () => {
  // 91 of 96 are 0.948: four may be wrong.
  expect([4, 5].map((wrong) => test96(1e-9).decide(92, wrong))).toEqual([undefined, false]);
  expect(test96(1e-9).decide(92, 0)).toBe(true);
  expect(test96(1e-9).decide(16, 16)).toBe(false);
});

test('without a wrong answer so many are needed that five wrong ones had been met by then, but for the error', () => {
  const least = (error: number) =>
    Array.from({ length: 96 }, (_, i) => i + 1).find((measured) => test96(error).decide(measured, 0) === true)!;
  // C(91, m) / C(96, m), the probability that none of five is among m, is at most 0.01 / 5 looks from m = 68 on.
  const missed = (m: number) => [0, 1, 2, 3, 4].reduce((product, i) => product * ((96 - m - i) / (96 - i)), 1);
  const m = least(0.01);
  expect(missed(m)).toBeLessThanOrEqual(0.01 / 5);
  expect(missed(m - 1)).toBeGreaterThan(0.01 / 5);
  expect(least(0.001)).toBeGreaterThan(m);
});

test('the last look knows it all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (sequences, share) => {
      const wrong = Math.round(share * sequences);
      const decided = new SequentialTest({ sequences, threshold: 0.95, error: 1e-6 }).decide(sequences, wrong);
      expect(decided).toBe((sequences - wrong) / sequences >= 0.95);
    }),
    { seed: 1 },
  );
});

describe('of test sets in a random order', () => {
  /** Share of 4,000 orders of a test set with so many wrong answers that are decided against it, and mean number of answers. */
  function played(wrong: number, { sequences = 96, error = 0.05 } = {}) {
    const answers = Array.from({ length: sequences }, (_, i): number => (i < wrong ? 1 : 0));
    const test = new SequentialTest({ sequences, threshold: 0.95, error });
    const truth = (sequences - wrong) / sequences >= 0.95;
    const orders = 4000;
    let [contrary, measured] = [0, 0];
    for (let order = 0; order < orders; order++) {
      const shuffled = createRng('orders').split(wrong).split(order).shuffle(answers);
      for (let m = sequencesPerLook; ; m += sequencesPerLook) {
        const count = Math.min(m, sequences);
        const decided = test.decide(
          count,
          shuffled.slice(0, count).reduce<number>((sum, each) => sum + each, 0),
        );
        if (decided === undefined) continue;
        if (decided !== truth) contrary++;
        measured += count;
        break;
      }
    }
    return { contrary: contrary / orders, measured: measured / orders };
  }

  test.each([
    [96, 4],
    [96, 5],
    [512, 25],
    [512, 26],
  ])('%d of which %d are wrong, nearest to the threshold, at most the error is decided wrongly', (sequences, wrong) => {
    const { contrary } = played(wrong, { sequences });
    expect(contrary).toBeLessThanOrEqual(0.05);
  });

  test('far from the threshold few are needed', () => {
    expect(played(96).measured).toBe(16);
    expect(played(48).measured).toBeLessThan(17);
    expect(played(0, { sequences: 512 }).measured).toBeLessThan(0.4 * 512);
  });
});
