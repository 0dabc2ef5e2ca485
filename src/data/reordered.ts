import type { Rng } from '../core/contracts/random';
import type { Batch } from './batch';

/** The same sequences in another order: what is summed over the batch is summed in another order, and nothing else. */
export function reordered({ rows, time, tokens, targets, scored }: Batch, rng: Rng): Batch {
  const order = rng.shuffle(Array.from({ length: rows }, (_, row) => row));
  const moved = (values: Int32Array): Int32Array => {
    const result = new Int32Array(values.length);
    order.forEach((from, to) => result.set(values.subarray(from * time, (from + 1) * time), to * time));
    return result;
  };
  return { rows, time, tokens: moved(tokens), targets: moved(targets), scored: order.map((from) => scored[from]!) };
}
