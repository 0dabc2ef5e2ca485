import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor1D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Parameters, State } from '../../registry';
import { fromHeads, timeInside, toHeads } from './heads';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import { distances, range, type Positions } from './positions';
import type { Attended, SequenceLayer } from './sequence-layer';

export interface AttentionOptions {
  readonly width: number;
  readonly heads: number;
  readonly positions?: Positions;
  /** Which keys in the past a query may see, besides the causal mask: 1 or 0, [queries, keys]. Default: all. */
  readonly visible?: (queryPositions: Tensor1D, keyPositions: Tensor1D) => tf.Tensor;
}

/** Low enough that the exponential is exactly zero, and finite so that gradients stay so. */
const hidden = -1e9;

/**
 * Causal softmax attention (Vaswani et al. 2017, equation 1) with a bias b from the positions:
 *   o_t = sum_{s <= t} softmax_s(q_t . k_s / sqrt(headWidth) + b(t, s)) v_s
 * The recurrent form keeps all keys and values, [batch, heads, maximumTime, headWidth] each.
 */
export function causalAttention(
  scope: ParameterScope,
  { width, heads, positions = {}, visible }: AttentionOptions,
): SequenceLayer {
  const headWidth = width / heads;
  const project = linear(scope.child('queryKeyValue'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);
  scope.multiplies((time) => 2 * width * time); // scores, and the mean of values

  /** [batch, time, width] -> queries, keys and values [batch, heads, time, headWidth] */
  const split = (parameters: Parameters, x: Tensor3D) =>
    tf.split(project(parameters, x), 3, 2).map((part) => timeInside(toHeads(part, heads))) as [Tensor4D, Tensor4D, Tensor4D];
  const turn = (x: Tensor4D, at: Tensor1D) => positions.rotate?.(x, at) ?? x;
  /** How much every query looks at every key: [batch, heads, queries, keys] */
  const weigh = (
    parameters: Parameters,
    query: Tensor4D, // [batch, heads, queries, headWidth]
    key: Tensor4D, // [batch, heads, keys, headWidth]
    queryPositions: Tensor1D,
    keyPositions: Tensor1D,
  ): Tensor4D => {
    let score = tf.matMul(tf.mul(query, 1 / Math.sqrt(headWidth)), key, false, true);
    if (positions.bias) score = tf.add(score, positions.bias(parameters, { query, key, queryPositions, keyPositions }));
    const future = tf.less(distances(queryPositions, keyPositions), 0);
    let mask = tf.mul(tf.cast(future, 'float32'), hidden); // [queries, keys]
    if (visible) mask = tf.add(mask, tf.mul(tf.sub(1, visible(queryPositions, keyPositions)), hidden));
    return tf.softmax(tf.add(score, mask)) as Tensor4D;
  };
  /** weights [batch, heads, queries, keys], value [batch, heads, keys, headWidth] -> [batch, queries, width] */
  const mix = (parameters: Parameters, weights: Tensor4D, value: Tensor4D, like: Tensor3D): Tensor3D =>
    output(parameters, fromHeads(timeInside(tf.matMul(weights, value)), like));

  /** Reads x [batch, count, width] whose first token is at `position`: the parallel form over what is kept and what is new. */
  const extend = (parameters: Parameters, state: State, x: Tensor3D, position: Scalar) => {
    const [keys, values] = [state.key as Tensor4D, state.value as Tensor4D];
    const at = tf.add(tf.cast(position, 'float32'), range(x.shape[1])) as Tensor1D;
    const [query, key, value] = split(parameters, x);
    const cache = { key: write(keys, turn(key, at), position), value: write(values, value, position) };
    // Slots that are not yet written lie in the future, so the mask hides them.
    const weights = weigh(parameters, turn(query, at), cache.key, at, range(keys.shape[2]));
    return { state: cache, output: mix(parameters, weights, cache.value, x) };
  };
  const attention = (parameters: Parameters, x: Tensor3D): Attended => {
    const at = range(x.shape[1]);
    const [query, key, value] = split(parameters, x);
    const weights = weigh(parameters, turn(query, at), turn(key, at), at, at);
    return { weights: [weights], output: mix(parameters, weights, value, x) };
  };
  return {
    attention,
    forward: (parameters, x) => attention(parameters, x).output,
    initialState: (batch, maximumTime) => ({
      key: tf.zeros([batch, heads, maximumTime, headWidth]),
      value: tf.zeros([batch, heads, maximumTime, headWidth]),
    }),
    step: (parameters, state, x, position) => {
      const next = extend(parameters, state, tf.expandDims(x, 1), position);
      return { state: next.state, output: tf.squeeze(next.output, [1]) };
    },
    extend,
  };
}

/** The cache [batch, heads, maximumTime, headWidth] with slots from `position` on replaced by fresh [batch, heads, count, headWidth]. */
function write(cache: Tensor4D, fresh: Tensor4D, position: Scalar): Tensor4D {
  const [batch, heads, maximumTime, headWidth] = cache.shape;
  const count = fresh.shape[2];
  const rows = tf.tensor2d(Int32Array.from({ length: batch * heads }, (_, row) => row), [batch * heads, 1], 'int32');
  const slots = tf.add(position, tf.tensor2d(Int32Array.from({ length: count }, (_, i) => i), [1, count], 'int32'));
  // One (row, slot) pair for each vector: [batch * heads * count, 2]
  const places = tf.stack([tf.tile(rows, [1, count]), tf.tile(slots, [batch * heads, 1])], 2);
  const written = tf.tensorScatterUpdate(
    tf.reshape(cache, [batch * heads, maximumTime, headWidth]),
    tf.reshape(places, [batch * heads * count, 2]),
    tf.reshape(fresh, [batch * heads * count, headWidth]),
  );
  return tf.reshape(written, [batch, heads, maximumTime, headWidth]);
}
