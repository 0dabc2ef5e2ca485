import fc from 'fast-check';
import type { Part } from '../../src/core/contracts/task';
import { Protocol } from '../../src/core/protocol';
import { buckets, evaluatedLengths, lengthsWithin, rangeBounds, spread, trainedLengths } from '../../src/data/lengths';
import { createFormat } from '../../src/data/format';
import { Brackets } from '../../tasks/brackets';
import { MatrixProduct } from '../../tasks/matrix-product';
import { Parity } from '../../tasks/parity';
import { Regex } from '../../tasks/regex';
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
    const { near } = evaluatedLengths(
      new Parity(),
      protocol((p) => (p.evaluation.lengthsPerRange = 4)),
    );
    expect(near).toEqual({ lengths: [41, 61, 80, 100] });
  });
  test('asked-for lengths are sorted into their ranges, once each', () => {
    const asked = protocol((p) => (p.evaluation.lengths = [256, 41, 41, 7, 1000]));
    expect(evaluatedLengths(new Parity(), asked)).toEqual({
      inRange: { lengths: [7] },
      near: { lengths: [41] },
      far: { lengths: [256] },
    });
  });
  test('a task is evaluated at lengths that it has, and nearest to those asked for', () => {
    const task = new MatrixProduct(); // multiples of nine
    const spreadOut = evaluatedLengths(
      task,
      protocol((p) => (p.evaluation.lengthsPerRange = 3)),
    );
    expect(spreadOut.inRange.lengths).toEqual([9, 27, 36]);
    expect(spreadOut.near.lengths).toEqual([45, 72, 99]);
    const asked = evaluatedLengths(
      task,
      protocol((p) => (p.evaluation.lengths = [1, 40, 41, 44, 46, 250])),
    );
    expect(asked).toEqual({ inRange: { lengths: [9, 36] }, near: { lengths: [45] }, far: { lengths: [252] } });
  });
  test('a range without inputs says so', () => {
    const finite = new Regex({ expression: 'a?b?c?', symbols: '' });
    const { inRange, near, far } = evaluatedLengths(
      finite,
      protocol((p) => (p.trainingLengths.maximum = 20)),
    );
    expect(inRange.lengths).toEqual(lengthsWithin(finite, 1, 20));
    expect(near).toEqual({ lengths: [], none: 'the task has no inputs of 21 to 50 symbols' });
    expect(far).toEqual({ lengths: [], none: 'the task has no inputs of 51 to 128 symbols' });
  });
  test('a collection has the lengths of each part, and is tested at as many as it takes', () => {
    const counts: Record<string, Record<number, number>> = {
      training: { 2: 3, 5: 3, 20: 3 },
      validation: { 5: 1 },
      test: { 2: 1, 3: 1, 5: 8, 7: 1, 8: 1, 60: 1 },
    };
    const task = {
      ...{ alphabets: { input: ['a'], output: ['a'] }, sample: () => [0], solve: () => [0], answerLength: () => 1 },
      collection: {
        lengths: (part: Part) => Object.keys(counts[part]!).map(Number),
        inputs: (part: Part, length: number) =>
          Array<number[]>(counts[part]![length] ?? 0).fill(Array<number>(length).fill(0)),
      },
    };
    expect(lengthsWithin(task, 3, 20, 'training')).toEqual([5, 20]);
    expect(trainedLengths(createFormat(task, 'direct'), protocol()).lengths).toEqual([2, 5, 20]);
    expect(trainedLengths(createFormat(task, 'direct'), protocol(), 'validation').lengths).toEqual([5]);
    const tested = (lengthsPerRange: number, sequencesPerLength: number) =>
      evaluatedLengths(
        task,
        protocol((p) => Object.assign(p.evaluation, { lengthsPerRange, sequencesPerLength })),
      );
    expect(tested(2, 2).inRange.lengths).toEqual([2, 5, 8]);
    expect(tested(2, 1).inRange.lengths).toEqual([2, 8]);
    expect(tested(2, 100).inRange.lengths).toEqual([2, 3, 5, 7, 8]);
    expect(tested(2, 2).near.lengths).toEqual([60]);
    expect(tested(2, 2).far).toEqual({ lengths: [], none: 'the task has no inputs of 101 to 256 symbols to test' });
  });
  test('spread: ascending, inside, no repeats, both ends', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        fc.integer({ min: 2, max: 20 }),
        (unsorted, count) => {
          const values = unsorted.toSorted((a, b) => a - b);
          const lengths = spread(values, count);
          expect(lengths).toHaveLength(Math.min(count, values.length));
          expect(lengths.every((length, i) => i === 0 || length > lengths[i - 1]!)).toBe(true);
          expect(lengths.every((length) => values.includes(length))).toBe(true);
          expect([lengths[0], lengths.at(-1)]).toEqual([values[0], values.at(-1)]);
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
    expect(lengths.every((length) => format.maximumTokens(length) <= 256)).toBe(true);
    expect(excluded.every((length) => format.maximumTokens(length) > 256)).toBe(true);
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
      expect(Math.max(...inside.map((length) => format.maximumTokens(length)))).toBe(tokens);
      expect(Math.min(...inside.map((length) => format.maximumTokens(length)))).toBeGreaterThanOrEqual(
        0.7 * tokens - 6,
      );
      expect(scored).toBe(Math.max(...inside.map((length) => task.answerLength(length))));
    }
  });
});
