import fc from 'fast-check';
import { pack } from '../../src/data/batch';
import { reordered } from '../../src/data/reordered';
import { createRng } from '../../src/core/random';

/** Rows of a batch with all that belongs to each, in any order. */
const rowsOf = ({ rows, time, tokens, targets, scored }: ReturnType<typeof pack>) =>
  Array.from({ length: rows }, (_, row) => {
    const within = (values: Int32Array) => [...values.subarray(row * time, (row + 1) * time)];
    return JSON.stringify([within(tokens), within(targets), scored[row]]);
  });

const token = fc.integer({ min: 0, max: 9 });
const sequences = fc.array(fc.array(fc.tuple(token, token), { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});

it('keeps every sequence with its targets, and what is scored of it', () => {
  fc.assert(
    fc.property(sequences, fc.nat(), (given, seed) => {
      const encoded = given.map((pairs) => ({
        tokens: pairs.map(([a]) => a),
        targets: pairs.map(([, b]) => b),
        scored: { first: 0, count: pairs.length },
      }));
      const batch = pack(encoded, given.length + 1, 6);
      const moved = reordered(batch, createRng(seed));
      expect(rowsOf(moved).sort()).toEqual(rowsOf(batch).sort());
      expect([moved.rows, moved.time]).toEqual([batch.rows, batch.time]);
    }),
    { seed: 1 },
  );
});

it('is another order for another stream, and the same for the same', () => {
  const batch = pack(
    Array.from({ length: 20 }, (_, at) => ({
      tokens: [at],
      targets: [at],
      scored: { first: 0, count: 1 },
    })),
    20,
    1,
  );
  expect(reordered(batch, createRng(1))).toEqual(reordered(batch, createRng(1)));
  expect(reordered(batch, createRng(1)).tokens).not.toEqual(reordered(batch, createRng(2)).tokens);
  expect(reordered(batch, createRng(1)).tokens).not.toEqual(batch.tokens);
});
