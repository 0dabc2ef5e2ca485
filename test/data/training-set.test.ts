import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { createFormat } from '../../src/data/format';
import { buckets } from '../../src/data/lengths';
import { partOf } from '../../src/core/part-of-input';
import { Split } from '../../src/data/split';
import { TrainingSet } from '../../src/data/training-set';
import { Parity } from '../../tasks/parity';

const format = createFormat(new Parity(), 'direct');
const split = new Split(format.task, 40);

/** Inputs of a batch: the bits before <equals>. */
function inputsOf({ rows, time, tokens }: ReturnType<TrainingSet['draw']>['batch']): string[] {
  const equals = format.vocabulary.special('<equals>');
  return Array.from({ length: rows }, (_, row) => {
    const sequence = [...tokens.subarray(row * time, (row + 1) * time)];
    return sequence.slice(0, sequence.indexOf(equals)).join();
  });
}

function setOf(count: number, lengths: readonly number[], seed = 1) {
  const set = new TrainingSet(format, split, { buckets: buckets(format, lengths), count, rng: createRng(seed) });
  const drawn = (steps = 300, rows = 16) =>
    Array.from({ length: steps }, (_, step) => inputsOf(set.draw(rows, createRng('batch').split(step)).batch)).flat();
  return { set, drawn };
}
const lengthsTo = (longest: number) => Array.from({ length: longest }, (_, i) => i + 1);
const lengthOf = (input: string) => input.split(',').length;

it('draws every sequence of the set and nothing else', () => {
  const drawn = setOf(20, [20, 21, 40]).drawn();
  expect(new Set(drawn).size).toBe(20);
});

it('has as many sequences of each length, give or take one, all for training', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), (count, seed) => {
      const lengths = [18, 19, 20, 25, 30, 38, 39, 40];
      const different = [...new Set(setOf(count, lengths, seed).drawn(600))];
      const shares = lengths.map((length) => different.filter((input) => lengthOf(input) === length).length);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      for (const input of different) expect(partOf(input.split(',').map(Number).map(idOf))).toBe('training');
    }),
    { numRuns: 15, seed: 1 },
  );
});
/** Id of the bit that a token stands for. */
const idOf = (token: number) => format.vocabulary.input.indexOf(token);

it('repeats inputs only where a length has no more of them, and says how many there are', () => {
  const { set, drawn } = setOf(200, lengthsTo(10));
  const different = [...new Set(drawn(2000))];
  // 20 of each length; lengths 1 to 4 have 2, 4, 8 and 16 inputs.
  const of = (length: number) => different.filter((input) => lengthOf(input) === length).length;
  expect([1, 2, 3, 4, 5, 10].map(of)).toEqual([2, 4, 8, 16, 20, 20]);
  expect(set.use(1000)).toEqual({ sequences: 200, distinct: 2 + 4 + 8 + 16 + 6 * 20, epochs: 5 });
});

it('draws each sequence as often as any other', () => {
  const drawn = setOf(8, [5, 20, 40]).drawn(4000, 1);
  const counts = new Map<string, number>();
  for (const input of drawn) counts.set(input, (counts.get(input) ?? 0) + 1);
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(100);
});

it('is known from its stream, and a smaller set is part of a larger one', () => {
  const [small, same, large, other] = [
    setOf(10, [30, 40]),
    setOf(10, [30, 40]),
    setOf(25, [30, 40]),
    setOf(10, [30, 40], 2),
  ];
  const inputs = [small, same, large, other].map((each) => new Set(each!.drawn()));
  expect(inputs[1]).toEqual(inputs[0]);
  expect([...inputs[0]!].filter((input) => !inputs[2]!.has(input))).toEqual([]);
  expect([...inputs[0]!].filter((input) => inputs[3]!.has(input))).toEqual([]);
});
