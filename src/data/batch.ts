import type { Rng } from '../core/contracts/random';
import type { Sequence, SequenceFormat, Span } from './format';
import { lengthsUpTo } from './curriculum';
import type { Bucket } from './lengths';
import type { Split } from './split';

/** Sequences padded on the right into dense arrays, row after row. */
export interface Batch {
  readonly rows: number;
  readonly time: number;
  /** [rows, time] */
  readonly tokens: Int32Array;
  /** [rows, time] */
  readonly targets: Int32Array;
  /** Positions of each row that are scored. */
  readonly scored: readonly Span[];
}

/** Lays sequences out in `rows` rows of `time` tokens; rows beyond the sequences stay padding, of which nothing is scored. */
export function pack(sequences: readonly Sequence[], rows: number, time: number): Batch {
  const tokens = new Int32Array(rows * time);
  const targets = new Int32Array(rows * time);
  sequences.forEach((sequence, row) => {
    tokens.set(sequence.tokens, row * time);
    targets.set(sequence.targets, row * time);
  });
  const scored = Array.from({ length: rows }, (_, row) => sequences[row]?.scored ?? { first: 0, count: 0 });
  return { rows, time, tokens, targets, scored };
}

/** What a batch is scored on: targets at every position, or at `positions` alone. */
export interface Targets {
  readonly columns: number;
  /** [rows, columns] */
  readonly targets: Int32Array;
  /** [rows, columns], 1 where a target counts, else 0 */
  readonly weights: Float32Array;
  /** [rows, columns], absent where the columns are all positions */
  readonly positions?: Int32Array;
}

/** Targets at every position; those that are not scored have weight 0. */
export function targetsEverywhere({ rows, time, targets, scored }: Batch): Targets {
  const weights = new Float32Array(rows * time);
  scored.forEach(({ first, count }, row) => weights.fill(1, row * time + first, row * time + first + count));
  return { columns: time, targets, weights };
}

/** Targets at the scored positions alone; a row with fewer of them than columns ends in position 0 with weight 0. */
export function targetsWhereScored(batch: Batch, columns: number): Targets {
  const { rows, time, scored } = batch;
  const positions = new Int32Array(rows * columns);
  const targets = new Int32Array(rows * columns);
  const weights = new Float32Array(rows * columns);
  scored.forEach(({ first, count }, row) => {
    if (count > columns) throw new RangeError(`${count} scored positions in row ${row}, more than ${columns}`);
    for (let i = 0; i < count; i++) positions[row * columns + i] = first + i;
    targets.set(batch.targets.subarray(row * time + first, row * time + first + count), row * columns);
    weights.fill(1, row * columns, row * columns + count);
  });
  return { columns, targets, weights, positions };
}

/** A training batch with its bucket. */
export interface Drawn {
  readonly bucket: Bucket;
  readonly batch: Batch;
}

/** Draws a training batch of inputs that are not longer than `longest` (default: all). */
export type Draw = (rows: number, rng: Rng, longest?: number) => Drawn;

/** Draws training batches from all sequences that the split has for training. */
export const endlessBatches =
  (format: SequenceFormat, split: Split, buckets: readonly Bucket[]): Draw =>
  (rows, rng, longest = Infinity) => {
    const { bucket, lengths } = drawBucket(lengthsUpTo(buckets, longest), rng);
    return { bucket, batch: sampleBatch(format, split, { ...bucket, lengths }, rows, rng) };
  };

/** Draws a training batch: lengths are uniform within the bucket. */
export function sampleBatch(format: SequenceFormat, split: Split, bucket: Bucket, rows: number, rng: Rng): Batch {
  const sequences = Array.from({ length: rows }, () =>
    format.encode(split.draw('training', rng, rng.choice(bucket.lengths))),
  );
  return pack(sequences, rows, bucket.tokens);
}

/** A bucket drawn so that every trained length is equally likely. */
export function drawBucket<T extends Pick<Bucket, 'lengths'>>(all: readonly T[], rng: Rng): T {
  const count = all.reduce((sum, { lengths }) => sum + lengths.length, 0);
  let drawn = rng.integer(count);
  for (const bucket of all) {
    drawn -= bucket.lengths.length;
    if (drawn < 0) return bucket;
  }
  throw new RangeError('No buckets to draw from');
}
