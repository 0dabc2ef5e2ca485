import type { Rng } from '../core/contracts/random';
import type { Sequence, SequenceFormat } from './format';
import { drawInput, type Bucket } from './lengths';

/** Sequences padded on the right into dense arrays, row after row. */
export interface Batch {
  /** [rows, time] */
  readonly tokens: Int32Array;
  /** [rows, time] */
  readonly targets: Int32Array;
  /** [rows, time], 1 where scored */
  readonly weights: Float32Array;
  readonly rows: number;
  readonly time: number;
}

/** Lays sequences out in `rows` rows of `time` tokens; rows beyond the sequences stay padding with weight 0. */
export function pack(sequences: readonly Sequence[], rows: number, time: number): Batch {
  const tokens = new Int32Array(rows * time);
  const targets = new Int32Array(rows * time);
  const weights = new Float32Array(rows * time);
  sequences.forEach((sequence, row) => {
    const start = row * time;
    tokens.set(sequence.tokens, start);
    targets.set(sequence.targets, start);
    weights.fill(1, start + sequence.scoredFrom, start + sequence.scoredFrom + sequence.scoredCount);
  });
  return { tokens, targets, weights, rows, time };
}

/** Scored positions of a batch alone, `count` in each row; what a row has fewer is position 0 with weight 0. */
export interface ScoredPositions {
  /** [rows, count] */
  readonly positions: Int32Array;
  /** [rows, count] */
  readonly targets: Int32Array;
  /** [rows, count] */
  readonly weights: Float32Array;
}

export function scoredPositions({ targets, weights, rows, time }: Batch, count: number): ScoredPositions {
  const scored = {
    positions: new Int32Array(rows * count),
    targets: new Int32Array(rows * count),
    weights: new Float32Array(rows * count),
  };
  for (let row = 0; row < rows; row++) {
    let to = row * count;
    for (let position = 0; position < time; position++) {
      const from = row * time + position;
      if (weights[from] === 0) continue;
      if (to === (row + 1) * count) throw new RangeError(`More than ${count} scored positions in a row`);
      scored.positions[to] = position;
      scored.targets[to] = targets[from]!;
      scored.weights[to] = weights[from]!;
      to++;
    }
  }
  return scored;
}

/** Draws a training batch: lengths are uniform within the bucket. */
export function sampleBatch(format: SequenceFormat, bucket: Bucket, rows: number, rng: Rng): Batch {
  const sequences = Array.from({ length: rows }, () =>
    format.encode(drawInput(format.task, rng, rng.choice(bucket.lengths))),
  );
  return pack(sequences, rows, bucket.tokens);
}

/** A bucket drawn so that every trained length is equally likely. */
export function drawBucket(all: readonly Bucket[], rng: Rng): Bucket {
  const count = all.reduce((sum, bucket) => sum + bucket.lengths.length, 0);
  let drawn = rng.integer(count);
  for (const bucket of all) {
    drawn -= bucket.lengths.length;
    if (drawn < 0) return bucket;
  }
  throw new RangeError('No buckets to draw from');
}
