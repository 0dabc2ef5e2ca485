import fc from 'fast-check';
import { drawBucket, pack, sampleBatch, targetsEverywhere, targetsWhereScored } from '../../src/data/batch';
import { createFormat } from '../../src/data/format';
import { Split } from '../../src/data/split';
import { buckets } from '../../src/data/lengths';
import { createRng } from '../../src/core/random';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

const sequence = (tokens: number[], first: number, count: number) => ({
  tokens,
  targets: tokens.map((token) => token + 10),
  scored: { first, count },
});

it('lays sequences out in rows, padded on the right', () => {
  expect(pack([sequence([1, 2, 3], 1, 2)], 2, 4)).toEqual({
    tokens: Int32Array.of(1, 2, 3, 0, 0, 0, 0, 0),
    targets: Int32Array.of(11, 12, 13, 0, 0, 0, 0, 0),
    scored: [
      { first: 1, count: 2 },
      { first: 0, count: 0 },
    ],
    rows: 2,
    time: 4,
  });
});

describe('targets', () => {
  it('at every position count where they are scored', () => {
    expect(targetsEverywhere(pack([sequence([1, 2, 3], 1, 2)], 2, 4))).toEqual({
      columns: 4,
      targets: Int32Array.of(11, 12, 13, 0, 0, 0, 0, 0),
      weights: Float32Array.of(0, 1, 1, 0, 0, 0, 0, 0),
    });
  });

  it('at scored positions come one after the other, and what is left has no weight', () => {
    const batch = pack([sequence([1, 2, 3, 4], 2, 2), sequence([5, 6], 1, 1)], 3, 5);
    expect(targetsWhereScored(batch, 2)).toEqual({
      columns: 2,
      positions: Int32Array.of(2, 3, 1, 0, 0, 0),
      targets: Int32Array.of(13, 14, 16, 0, 0, 0),
      weights: Float32Array.of(1, 1, 1, 0, 0, 0),
    });
  });

  it('say the same in both forms', () => {
    const rows = fc.array(fc.tuple(fc.nat(6), fc.nat(3)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, (shapes) => {
        const batch = pack(
          shapes.map(([from, count]) =>
            sequence(
              Array.from({ length: from + count }, (_, i) => 7 * i + from),
              from,
              count,
            ),
          ),
          shapes.length,
          9,
        );
        const chosen = targetsWhereScored(batch, 3);
        const everywhere = targetsEverywhere(batch);
        const back = new Int32Array(shapes.length * 9);
        chosen.weights.forEach(
          (weight, i) => (back[Math.floor(i / 3) * 9 + chosen.positions![i]!]! += weight * chosen.targets[i]!),
        );
        expect(back).toEqual(everywhere.targets.map((target, i) => target * everywhere.weights[i]!));
        const total = (weights: Float32Array) => weights.reduce((sum, weight) => sum + weight, 0);
        expect(total(chosen.weights)).toBe(total(everywhere.weights));
      }),
      { seed: 1 },
    );
  });

  it('are not lost where there are too few columns', () => {
    const batch = pack([sequence([1, 2, 3, 4], 1, 3)], 1, 4);
    expect(() => targetsWhereScored(batch, 2)).toThrow(RangeError);
  });
});

describe('what a training batch is drawn from', () => {
  it('every trained length is equally likely', () => {
    const format = createFormat(new Parity(), 'direct');
    const all = buckets(format, [1, 2, 3, 10, 20, 39, 40]);
    const counts = new Map<number, number>();
    for (let step = 0; step < 700; step++) {
      const rng = createRng(1).split(step);
      const { scored } = sampleBatch(format, new Split(format.task, 40), drawBucket(all, rng), 8, rng);
      // The one scored position follows <equals>.
      for (const { first } of scored) counts.set(first - 1, (counts.get(first - 1) ?? 0) + 1);
    }
    // 5600 sequences over 7 lengths; batches share a bucket, so the spread is that of 700 draws.
    for (const length of [1, 2, 3, 10, 20, 39, 40]) expect(Math.abs(counts.get(length)! - 800)).toBeLessThan(160);
  });

  it('a batch holds sequences of the lengths of its bucket, and is the same for the same stream', () => {
    const format = createFormat(new Reversal(), 'direct');
    const bucket = buckets(format, [3, 4, 5, 6])[0]!;
    const batch = sampleBatch(format, new Split(format.task, 6), bucket, 16, createRng('batch'));
    expect(batch).toEqual(sampleBatch(format, new Split(format.task, 6), bucket, 16, createRng('batch')));
    expect(batch.scored).toHaveLength(16);
    for (const { count } of batch.scored) expect(bucket.lengths).toContain(count);
    expect(new Set(batch.scored.map(({ count }) => count)).size).toBeGreaterThan(1);
  });
});
