import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';

/**
 * Position encodings. Positions are float vectors counted from 0, of whole sequences or, in the recurrent form, of a single
 * token.
 */
export interface Positions {
  /** How many uniform random numbers training draws for a batch of this length, to move positions. Default: none. */
  readonly noise?: (time: number) => number;
  /** Maps positions [time] to those that `embed` gets; noise [noise(time)] in training. Default: the same. */
  readonly place?: (positions: Tensor, noise?: Tensor) => Tensor;
  /** Added to the token embeddings: positions [time] -> [time, width] */
  readonly embed?: (parameters: Parameters, positions: Tensor) => Tensor;
  /** Applied to queries and to keys: x [batch, heads, time, headWidth], positions [time] */
  readonly rotate?: (x: Tensor, positions: Tensor) => Tensor;
  /** Changes queries [batch, heads, queries, headWidth] before they are multiplied with the keys. Default: unchanged. */
  readonly query?: (parameters: Parameters, query: Tensor) => Tensor;
  /**
   * The bias added to the scores of queries [batch, heads, queries, headWidth] at positions [queries], as a function of the
   * positions of the keys [keys]. It may broadcast to [batch, heads, queries, keys].
   */
  readonly bias?: (parameters: Parameters, query: Tensor, positions: Tensor) => (keyPositions: Tensor) => Tensor;
}

/** 0, 1, ..., time - 1 */
export const range = (time: number): Tensor => tf.tensor1d(Float32Array.from({ length: time }, (_, t) => t));

/** t - s: [queries, keys] */
export const distances = (queries: Tensor, keys: Tensor): Tensor =>
  tf.sub(tf.reshape(queries, [-1, 1]), tf.reshape(keys, [1, -1]));

/** Vaswani et al. 2017, section 3.5: sines and cosines of t / 10000^(2i/width), sines first. */
export function sinusoidal(width: number): Positions {
  const half = Math.ceil(width / 2);
  const frequencies = Float32Array.from({ length: half }, (_, i) => 10000 ** (-i / half));
  return {
    embed: (_, positions) => {
      const angles = tf.mul(tf.reshape(positions, [-1, 1]), tf.tensor2d(frequencies, [1, half])); // [time, half]
      return tf.slice(tf.concat([tf.sin(angles), tf.cos(angles)], 1), [0, 0], [-1, width]);
    },
  };
}

/** Which channels are turned as a pair: (i, i + headWidth/2), as most code has it, or (2i, 2i + 1), as the paper has it. */
type RotaryPairs = 'halves' | 'adjacent';

/**
 * Su et al. 2021, equation 34: pair i of channels of queries and keys is rotated by the angle t / 10000^(2i/headWidth). The
 * last channel of an odd width has no partner and stays as it is.
 */
export function rotary(headWidth: number, pairs: RotaryPairs = 'halves'): Positions {
  const half = Math.floor(headWidth / 2);
  const frequencies = Float32Array.from({ length: half }, (_, i) => 10000 ** (-i / half));
  /** x [batch, heads, time, headWidth] -> first and second channels of all pairs, [batch, heads, time, half] each, and the rest */
  const apart = (x: Tensor): Tensor[] => {
    if (pairs === 'halves') return tf.split(x, headWidth === 2 * half ? 2 : [half, half, 1], 3);
    const [paired, ...rest] = headWidth === 2 * half ? [x] : tf.split(x, [2 * half, 1], 3);
    return [...tf.unstack(tf.reshape(paired!, [...x.shape.slice(0, 3), half, 2]), 4), ...rest];
  };
  const together = (first: Tensor, second: Tensor, rest: readonly Tensor[]): Tensor => {
    if (pairs === 'halves') return tf.concat([first, second, ...rest], 3);
    const paired = tf.reshape(tf.stack([first, second], 4), [...first.shape.slice(0, 3), 2 * half]);
    return rest.length ? tf.concat([paired, ...rest], 3) : paired;
  };
  return {
    rotate: (x, positions) => {
      if (half === 0) return x;
      const angles = tf.mul(tf.reshape(positions, [-1, 1]), tf.tensor2d(frequencies, [1, half])); // [time, half]
      const [cosine, sine] = [tf.cos(angles), tf.sin(angles)];
      const [first, second, ...rest] = apart(x);
      return together(
        tf.sub(tf.mul(first!, cosine), tf.mul(second!, sine)),
        tf.add(tf.mul(first!, sine), tf.mul(second!, cosine)),
        rest,
      );
    },
  };
}

/** `rotary` for heads that follow the time, or for one token: x [batch, (time,) heads, headWidth], positions [time] or [1] */
export function rotateHeads(x: Tensor, positions: Tensor): Tensor {
  const rotate = rotary(x.shape.at(-1)!).rotate!;
  if (x.rank === 4) return tf.transpose(rotate(tf.transpose(x, [0, 2, 1, 3]), positions), [0, 2, 1, 3]);
  return tf.squeeze(rotate(tf.expandDims(x, 2), positions), [2]);
}

/** How far a key counts as being away, from the distances t - s: [queries, keys] -> the same */
type Farness = (distance: Tensor) => Tensor;

/** Scores lowered by slope_h times how far away the key is, slopes 2^(-8h/heads), h = 1..heads. */
function linearBias(heads: number, farness: Farness): Positions {
  const slopes = Float32Array.from({ length: heads }, (_, h) => -(2 ** ((-8 * (h + 1)) / heads)));
  return {
    bias: (_parameters, _query, positions) => (keyPositions) =>
      tf.mul(tf.tensor3d(slopes, [heads, 1, 1]), farness(distances(positions, keyPositions))), // [heads, queries, keys]
  };
}

/** Press et al. 2022, section 3: the score of a key is lowered in proportion to its distance. */
export const alibi = (heads: number): Positions => linearBias(heads, (distance) => distance);

/**
 * `alibi` where keys are on both sides (code of Deletang et al. 2023): |t - s|, and half a token less for keys on the left,
 * without which left and right would be the same.
 */
export const bidirectionalAlibi = (heads: number): Positions =>
  linearBias(heads, (distance) => tf.sub(tf.abs(distance), tf.mul(0.5, tf.cast(tf.greater(distance, 0), 'float32'))));

/** Ways to tell a model where a token is. */
export const positionKinds = ['none', 'sinusoidal', 'rotary', 'alibi'] as const;
/** A way to tell a model where a token is. */
export type PositionKind = (typeof positionKinds)[number];

/** The positions of a kind. */
export function positionsOf(kind: PositionKind, width: number, heads: number): Positions {
  switch (kind) {
    case 'none':
      return {};
    case 'sinusoidal':
      return sinusoidal(width);
    case 'rotary':
      return rotary(width / heads);
    case 'alibi':
      return alibi(heads);
  }
}
