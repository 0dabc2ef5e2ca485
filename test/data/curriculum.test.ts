import fc from 'fast-check';
import { Protocol } from '../../src/core/protocol';
import { createRng } from '../../src/core/random';
import { endlessBatches, type Draw } from '../../src/data/batch';
import { lengthsUpTo, longestAt } from '../../src/data/curriculum';
import { createFormat } from '../../src/data/format';
import { buckets } from '../../src/data/lengths';
import { Split } from '../../src/data/split';
import { TrainingSet } from '../../src/data/training-set';
import { Parity } from '../../tasks/parity';

const lengths = [40, 3, 20, 10];

function protocolOf(curriculum?: number, steps = 100): Protocol {
  const protocol = Object.assign(new Protocol(), { steps });
  return Object.assign(protocol, { trainingLengths: { ...protocol.trainingLengths, curriculum } });
}

test('lengths come one after the other over the share of the steps, all of them after it', () => {
  const longest = (step: number) => longestAt(step, lengths, protocolOf(0.5));
  expect([1, 12, 13, 25, 26, 38, 50, 100].map(longest)).toEqual([3, 3, 10, 10, 20, 40, Infinity, Infinity]);
});

test('without a curriculum there is no limit, and with one it never falls', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (share, steps) => {
      const limits = Array.from({ length: steps }, (_, i) => longestAt(i + 1, lengths, protocolOf(share, steps)));
      expect(limits).toEqual(limits.toSorted((a, b) => a - b));
      expect(limits.at(-1)).toBe(Infinity);
      expect(longestAt(1, lengths, protocolOf(undefined, steps))).toBe(Infinity);
    }),
    { seed: 1 },
  );
});

test('a bucket keeps what it is compiled for, and gives its short lengths only', () => {
  const all = [
    { lengths: [40, 30, 20], tokens: 80 },
    { lengths: [10], tokens: 12 },
  ];
  expect(lengthsUpTo(all, 25)).toEqual([
    { bucket: all[0], lengths: [20] },
    { bucket: all[1], lengths: [10] },
  ]);
  expect(lengthsUpTo(all, 10).map(({ bucket }) => bucket)).toEqual([all[1]]);
  expect(lengthsUpTo(all, Infinity).map((each) => each.lengths)).toEqual([[40, 30, 20], [10]]);
});

describe('batches', () => {
  const format = createFormat(new Parity(), 'direct');
  const split = new Split(format.task, 12);
  const trained = buckets(
    format,
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
  const set = (count: number) => new TrainingSet(format, split, { buckets: trained, count, rng: createRng(1) });
  /** Lengths of what is drawn in 100 steps. */
  const drawn = (draw: Draw, longest?: number) =>
    Array.from({ length: 100 }, (_, step) => {
      const { batch } = draw(8, createRng('batch').split(step), longest);
      return batch.scored.map(({ first }) => first);
    }).flat();

  test.each([
    ['of endless inputs', () => endlessBatches(format, split, trained)],
    ['of a training set', () => set(60).draw],
  ])('%s have lengths up to the longest, each of them, and all without a limit', (_, drawOf) => {
    const answersAt = (length: number) => format.encode(split.draw('training', createRng(1), length)).scored.first;
    const expected = (most: number) => Array.from({ length: most }, (_, i) => answersAt(i + 1));
    const draw = drawOf();
    for (const most of [1, 5, 12]) expect(new Set(drawn(draw, most))).toEqual(new Set(expected(most)));
    expect(drawn(draw, Infinity)).toEqual(drawn(draw));
  });

  test('of a training set without inputs so short are its shortest', () => {
    const lone = new TrainingSet(format, split, { buckets: trained, count: 1, rng: createRng(1) });
    expect(new Set(drawn(lone.draw, 1)).size).toBe(1);
  });
});
