import fc from 'fast-check';
import { Protocol } from '../../src/core/protocol';
import { buckets, evaluatedLengths, rangeBounds, spread, tokensAt, trainedLengths } from '../../src/data/lengths';
import { createFormat } from '../../src/data/format';
import { Brackets } from '../../tasks/brackets';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

const protocol = (change: (p: Protocol) => void = () => undefined) => {
  const p = new Protocol();
  change(p);
  return p;
};

describe('ranges', () => {
  test('1..40, 41..100 and 101..256 by default', () => {
    expect(rangeBounds(protocol())).toEqual({ inRange: [1, 40], near: [41, 100], far: [101, 256] });
  });
  test('evaluated lengths are spread with both ends', () => {
    const near = evaluatedLengths(protocol((p) => (p.evaluation.lengthsPerRange = 4)));
    expect(near.filter(({ range }) => range === 'near').map(({ length }) => length)).toEqual([41, 61, 80, 100]);
  });
  test('asked-for lengths are sorted into their ranges, once each', () => {
    const chosen = evaluatedLengths(protocol((p) => (p.evaluation.lengths = [256, 41, 41, 7, 1000])));
    expect(chosen).toEqual([
      { length: 7, range: 'inRange' },
      { length: 41, range: 'near' },
      { length: 256, range: 'far' },
    ]);
  });
  test('spread: ascending, inside, no repeats, both ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 2, max: 20 }),
        (first, extent, count) => {
          const lengths = spread(first, first + extent, count);
          expect(lengths).toHaveLength(Math.min(count, extent + 1));
          expect(lengths.every((length, i) => i === 0 || length > lengths[i - 1]!)).toBe(true);
          expect([lengths[0], lengths.at(-1)]).toEqual([first, first + extent]);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('training lengths', () => {
  test('what cannot fit into the token budget is left out and named', () => {
    const format = createFormat(new Brackets(), 'chain-of-thought');
    const { lengths, excluded } = trainedLengths(format, protocol());
    expect(lengths.every((length) => tokensAt(format, length) <= 256)).toBe(true);
    expect(excluded.every((length) => tokensAt(format, length) > 256)).toBe(true);
    expect([...lengths, ...excluded]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(excluded.length).toBeGreaterThan(0);
  });
  test.each([
    ['parity', new Parity()],
    ['reversal', new Reversal()],
  ])('%s: few buckets, every length in one, little padding', (_, task) => {
    const format = createFormat(task, 'direct');
    const lengths = Array.from({ length: 40 }, (_, i) => i + 1);
    const all = buckets(format, lengths);
    expect(all.length).toBeLessThan(9);
    expect(all.flatMap((bucket) => bucket.lengths).sort((a, b) => a - b)).toEqual(lengths);
    for (const { lengths: inside, tokens, scored } of all) {
      expect(Math.max(...inside.map((length) => tokensAt(format, length)))).toBe(tokens);
      expect(Math.min(...inside.map((length) => tokensAt(format, length)))).toBeGreaterThanOrEqual(0.7 * tokens - 6);
      expect(scored).toBe(Math.max(...inside.map((length) => task.answerLength(length))));
    }
  });
});
