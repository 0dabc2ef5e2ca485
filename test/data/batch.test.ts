import fc from 'fast-check';
import { pack, scoredPositions } from '../../src/data/batch';

const sequence = (tokens: number[], scoredFrom: number, scoredCount: number) => ({
  tokens,
  targets: tokens.map((token) => token + 10),
  scoredFrom,
  scoredCount,
});

it('lays sequences out in rows, padded on the right', () => {
  expect(pack([sequence([1, 2, 3], 1, 2)], 2, 4)).toEqual({
    tokens: Int32Array.of(1, 2, 3, 0, 0, 0, 0, 0),
    targets: Int32Array.of(11, 12, 13, 0, 0, 0, 0, 0),
    weights: Float32Array.of(0, 1, 1, 0, 0, 0, 0, 0),
    rows: 2,
    time: 4,
  });
});

describe('scored positions', () => {
  it('come one after the other, and what is left has no weight', () => {
    const batch = pack([sequence([1, 2, 3, 4], 2, 2), sequence([5, 6], 1, 1)], 3, 5);
    expect(scoredPositions(batch, 2)).toEqual({
      positions: Int32Array.of(2, 3, 1, 0, 0, 0),
      targets: Int32Array.of(13, 14, 16, 0, 0, 0),
      weights: Float32Array.of(1, 1, 1, 0, 0, 0),
    });
  });

  it('say the same as the whole batch', () => {
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
        const { positions, targets, weights } = scoredPositions(batch, 3);
        const back = new Int32Array(shapes.length * 9);
        weights.forEach((weight, i) => (back[Math.floor(i / 3) * 9 + positions[i]!]! += weight * targets[i]!));
        expect(back).toEqual(batch.targets.map((target, i) => target * batch.weights[i]!));
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(
          batch.weights.reduce((sum, weight) => sum + weight, 0),
        );
      }),
      { seed: 1 },
    );
  });

  it('do not lose any', () => {
    const batch = pack([sequence([1, 2, 3, 4], 1, 3)], 1, 4);
    expect(() => scoredPositions(batch, 2)).toThrow(RangeError);
  });
});
