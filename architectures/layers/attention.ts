import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import type { Parameters } from '../../registry';
import { mergeHeads, mergeTokenHeads, splitHeads, splitTokenHeads } from './heads';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import { distances, range, type Positions } from './positions';
import type { SequenceLayer } from './sequence-layer';

export interface AttentionOptions {
  readonly width: number;
  readonly heads: number;
  readonly positions?: Positions;
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
  { width, heads, positions = {} }: AttentionOptions,
): SequenceLayer {
  const headWidth = width / heads;
  const project = linear(scope.child('queryKeyValue'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);

  const turn = (x: Tensor4D, at: Tensor1D) => positions.rotate?.(x, at) ?? x;
  const attend = (
    parameters: Parameters,
    query: Tensor4D, // [batch, heads, queries, headWidth]
    key: Tensor4D, // [batch, heads, keys, headWidth]
    value: Tensor4D, // [batch, heads, keys, headWidth]
    queryPositions: Tensor1D,
    keyPositions: Tensor1D,
  ): Tensor4D => {
    let score = tf.matMul(tf.mul(query, 1 / Math.sqrt(headWidth)), key, false, true);
    if (positions.bias) score = tf.add(score, positions.bias(parameters, { query, queryPositions, keyPositions }));
    const future = tf.less(distances(queryPositions, keyPositions), 0);
    const mask = tf.mul(tf.cast(future, 'float32'), hidden); // [queries, keys]
    return tf.matMul(tf.softmax(tf.add(score, mask)), value) as Tensor4D;
  };

  return {
    forward: (parameters, x) => {
      const at = range(x.shape[1]);
      const [query, key, value] = tf
        .split(project(parameters, x), 3, 2)
        .map((part) => splitHeads(part as Tensor3D, heads)) as [Tensor4D, Tensor4D, Tensor4D];
      return output(parameters, mergeHeads(attend(parameters, turn(query, at), turn(key, at), value, at, at)));
    },
    initialState: (batch, maximumTime) => ({
      key: tf.zeros([batch, heads, maximumTime, headWidth]),
      value: tf.zeros([batch, heads, maximumTime, headWidth]),
    }),
    step: (parameters, state, x, position) => {
      const [keys, values] = [state.key as Tensor4D, state.value as Tensor4D];
      const maximumTime = keys.shape[2];
      const at = tf.reshape(tf.cast(position, 'float32'), [1]) as Tensor1D;
      const [query, key, value] = tf
        .split(project(parameters, x), 3, 1)
        .map((part) => splitTokenHeads(part as Tensor2D, heads)) as [Tensor4D, Tensor4D, Tensor4D];
      // Slots are zero until written, so writing is adding; later slots are hidden by the mask.
      const slot = tf.cast(tf.reshape(tf.equal(range(maximumTime), at), [maximumTime, 1]), 'float32');
      const cache = {
        key: tf.add(keys, tf.mul(slot, turn(key, at))) as Tensor4D,
        value: tf.add(values, tf.mul(slot, value)) as Tensor4D,
      };
      const attended = attend(parameters, turn(query, at), cache.key, cache.value, at, range(maximumTime));
      return { state: cache, output: output(parameters, mergeTokenHeads(attended)) };
    },
  };
}
