import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';

/**
 * All runs of a weighted pushdown automaton at once (Lang 1974; DuSell and Chiang 2020, section 3). A run is told by its
 * top, a symbol x and a state q, and by what lies under it: when that was last on top, and which top it was.
 *
 * The tops are numbered x Q + q, C = S Q of them. Time counts tokens. Unders are numbered u C + top: u = 0 for the bottom
 * of the stack, which lies on nothing, u = k + 1 for what was on top at time k.
 */
export interface AutomatonSize {
  /** Q */
  readonly states: number;
  /** S; symbol 0 is the bottom of the stack, state 0 the first. */
  readonly symbols: number;
}

/** Weights of what the automaton may do with one token, none negative. A common factor changes nothing. */
export interface Transitions {
  /** From a top to the one put above it: [batch, C, C] */
  readonly push: Tensor3D;
  /** From a top to the one in its place: [batch, C, C] */
  readonly replace: Tensor3D;
  /** From a top, with the symbol under it, to the state that goes with that: [batch, C, Q] */
  readonly pop: Tensor3D;
}

/** The share of each (under, top) in the weight of all runs: [batch, unders, C]. Shares sum to one. */
export type Runs = Tensor3D;

/**
 * What lay under a top, if that is what it was at a certain time: shares that sum to one. Blocks of one or more times,
 * the earliest and narrowest first: [batch, S, times Q, unders]
 */
export type Beneath = readonly Tensor4D[];

/** Only the bottom, in state 0, with room for `times` times. */
export function bottom(batch: number, { states, symbols }: AutomatonSize, times: number): Runs {
  const tops = states * symbols;
  const first = tf.oneHot(tf.zeros([batch], 'int32'), (times + 1) * tops * tops);
  return tf.reshape(tf.cast(first, 'float32'), [batch, (times + 1) * tops, tops]);
}

/** Shares of the tops: [batch, C] */
export const topOf = (runs: Runs): Tensor2D => tf.sum(runs, 1);

/** Tops less likely than this are no longer told apart from impossible ones. */
const impossible = 1e-30;
/** Keeps squares of small numbers, which a gradient takes, above the smallest float. */
const scale = 1e15;

/** Share of each under in the runs with a given top: [batch, S, Q, unders] */
export function beneath(runs: Runs, { states, symbols }: AutomatonSize): Tensor4D {
  const top = tf.expandDims(tf.add(tf.mul(topOf(runs), scale), impossible * scale), 1); // [batch, 1, C]
  const shares = tf.div(tf.mul(runs, scale), top);
  return tf.transpose(tf.reshape(shares, [-1, runs.shape[1], symbols, states]), [0, 2, 3, 1]);
}

/**
 * Runs one token later, but for those that push: weights [batch, unders, C].
 *   replaced[u, y] = sum_x runs[u, x] replace[x, y]
 *   popped[u, (y, r)] = sum_{k, q} beneath_k[u | (y, q)] sum_x runs[(k, y, q), x] pop[x, r]
 * A pop of the bottom ends a run.
 */
export function replacedOrPopped(
  runs: Runs,
  earlier: Beneath,
  { replace, pop }: Transitions,
  { states, symbols }: AutomatonSize,
): Tensor3D {
  const [, unders, tops] = runs.shape;
  const replaced: Tensor3D = tf.matMul(runs, replace);
  if (earlier.length === 0) return replaced;

  const lost = tf.slice(tf.matMul(runs, pop), [0, tops, 0], [-1, -1, -1]); // [batch, times C, Q]
  const apart = tf.reshape(lost, [-1, unders / tops - 1, symbols, states, states]); // y, q, r
  const uncovered = tf.reshape(tf.transpose(apart, [0, 2, 4, 1, 3]), [
    -1,
    symbols,
    states,
    (unders / tops - 1) * states,
  ]);
  let start = 0;
  const popped = earlier.map((block) => {
    const width = block.shape[2];
    const part = tf.slice(uncovered, [0, 0, 0, start], [-1, -1, -1, width]);
    start += width;
    return tf.matMul(part, block) as Tensor4D; // [batch, S, Q, unders of the block]
  });
  const all = tf.transpose(
    popped.reduce((sum, part) => tf.add(widened(sum, part.shape[3]), part)),
    [0, 3, 1, 2],
  );
  const flat = tf.reshape(all, [-1, all.shape[1]!, tops]) as Tensor3D;
  return tf.add(
    replaced,
    tf.pad(flat, [
      [0, 0],
      [0, unders - flat.shape[1]],
      [0, 0],
    ]),
  );
}

/** Runs that push: the top becomes what lies under. [batch, C, C] */
export const pushed = (runs: Runs, { push }: Transitions): Tensor3D => tf.mul(tf.expandDims(topOf(runs), 2), push);

/** Divided by their sum. */
export const normalised = (weights: Tensor3D): Runs =>
  tf.div(weights, tf.add(tf.sum(weights, [1, 2], true), impossible));

/** Zeros behind, up to this extent of the last dimension. */
const widened = (x: Tensor4D, extent: number): Tensor4D =>
  tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, extent - x.shape[3]],
  ]);

/**
 * One more time remembered. Blocks are joined like the digits of a binary counter, so that there are never many and no
 * number is copied often.
 */
export function remembered(earlier: Beneath, latest: Tensor4D): Beneath {
  const before = earlier.at(-1);
  if (!before || before.shape[2] > latest.shape[2]) return [...earlier, latest];
  return remembered(earlier.slice(0, -1), tf.concat([widened(before, latest.shape[3]), latest], 2));
}
