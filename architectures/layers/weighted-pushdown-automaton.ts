import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { shapeOf } from './tensors';

/**
 * All runs of a weighted pushdown automaton (WPDA) at once, by Lang's algorithm (Lang 1974; DuSell and Chiang 2020, section
 * 3). The algorithm does not keep whole stacks. It keeps for every run its top, a symbol x and a state q, and what lies
 * directly under the top: the time when that was last on top, and which top it was.
 *
 * The C = S Q tops are numbered x Q + q. Time counts tokens. What lies under is numbered u C + top: u = 0 is the bottom of
 * the stack, which lies on nothing, and u = k + 1 is what was on top at time k.
 */
export interface AutomatonSize {
  /** Q */
  readonly states: number;
  /** S; symbol 0 is the bottom of the stack, and state 0 is the initial state. */
  readonly symbols: number;
}

/** Non-negative weights of the transitions that one token allows. A common factor changes nothing. */
export interface Transitions {
  /** From a top to the one put above it: [batch, C, C] */
  readonly push: Tensor;
  /** From a top to the one in its place: [batch, C, C] */
  readonly replace: Tensor;
  /** From a top to the next state, when the symbol under it comes back on top: [batch, C, Q] */
  readonly pop: Tensor;
}

/** The share of each (under, top) in the weight of all runs: [batch, unders, C]. Shares sum to one. */
export type Runs = Tensor;

/**
 * What lay under a top, given what the top was at a certain time: shares that sum to one. Blocks of one or more times, the
 * earliest and narrowest first: [batch, S, times Q, unders]
 */
export type Beneath = readonly Tensor[];

/** Only the bottom, in state 0, with room for `times` times. */
export function bottom(batch: number, { states, symbols }: AutomatonSize, times: number): Runs {
  const tops = states * symbols;
  const first = tf.oneHot(tf.zeros([batch], 'int32'), (times + 1) * tops * tops);
  return tf.reshape(tf.cast(first, 'float32'), [batch, (times + 1) * tops, tops]);
}

/** The stack reading: the share of each top, [batch, C] */
export const stackReading = (runs: Runs): Tensor => tf.sum(runs, 1);

/** Tops less likely than this are no longer distinguished from impossible ones. */
const impossible = 1e-30;
/** Keeps the squares of small numbers, which a gradient takes, above the smallest float. */
const scale = 1e15;

/** Share of each under in the runs with a given top: [batch, S, Q, unders] */
export function beneath(runs: Runs, { states, symbols }: AutomatonSize): Tensor {
  const top = tf.expandDims(tf.add(tf.mul(stackReading(runs), scale), impossible * scale), 1); // [batch, 1, C]
  const shares = tf.div(tf.mul(runs, scale), top);
  return tf.transpose(tf.reshape(shares, [-1, runs.shape[1]!, symbols, states]), [0, 2, 3, 1]);
}

/**
 * The runs that replace or pop, one token later: weights [batch, unders, C].
 *   replaced[u, y] = sum_x runs[u, x] replace[x, y]
 *   popped[u, (y, r)] = sum_{k, q} beneath_k[u | (y, q)] sum_x runs[(k, y, q), x] pop[x, r]
 * A pop of the bottom ends a run.
 */
export function replacedOrPopped(
  runs: Runs,
  earlier: Beneath,
  { replace, pop }: Transitions,
  { states, symbols }: AutomatonSize,
): Tensor {
  const [, unders, tops] = shapeOf(runs);
  const times = unders / tops - 1;
  const replaced = tf.matMul(runs, replace);
  if (earlier.length === 0) return replaced;

  const lost = tf.slice(tf.matMul(runs, pop), [0, tops, 0], [-1, -1, -1]); // [batch, times C, Q]
  const apart = tf.reshape(lost, [-1, times, symbols, states, states]); // y, q, r
  const uncovered = tf.reshape(tf.transpose(apart, [0, 2, 4, 1, 3]), [-1, symbols, states, times * states]);
  let start = 0;
  const popped = earlier.map((block) => {
    const width = block.shape[2]!;
    const part = tf.slice(uncovered, [0, 0, 0, start], [-1, -1, -1, width]);
    start += width;
    return tf.matMul(part, block); // [batch, S, Q, unders of the block]
  });
  const sum = popped.reduce((all, part) => tf.add(padded(all, part.shape[3]!), part));
  const flat = tf.reshape(tf.transpose(sum, [0, 3, 1, 2]), [-1, sum.shape[3]!, tops]);
  return tf.add(
    replaced,
    tf.pad(flat, [
      [0, 0],
      [0, unders - flat.shape[1]!],
      [0, 0],
    ]),
  );
}

/** The runs that push: the old top is now what lies under. [batch, C, C] */
export const pushed = (runs: Runs, { push }: Transitions): Tensor => tf.mul(tf.expandDims(stackReading(runs), 2), push);

/** Divided by their sum. */
export const normalised = (weights: Tensor): Runs => tf.div(weights, tf.add(tf.sum(weights, [1, 2], true), impossible));

/** The last dimension padded with zeros up to this extent: x [batch, S, Q, unders] */
const padded = (x: Tensor, extent: number): Tensor =>
  tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, extent - x.shape[3]!],
  ]);

/**
 * The blocks with one more time. They are joined like the digits of a binary counter, so that there are never many and no
 * number is copied often.
 */
export function remembered(earlier: Beneath, latest: Tensor): Beneath {
  const before = earlier.at(-1);
  if (!before || before.shape[2]! > latest.shape[2]!) return [...earlier, latest];
  return remembered(earlier.slice(0, -1), tf.concat([padded(before, latest.shape[3]!), latest], 2));
}
