import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { embedding, linear, ParameterScope, range } from '../../../architectures/layers';
import { architecture } from '../../../registry/units';
import type { Architecture, Parameters, SequenceModel } from '../../../src/core/contracts/architecture';

class PlainHyperparameters {
  @IsInt() @Min(1) @Max(64) width = 6;
}

/** What a step does with a key or a value [batch, 1, width], given those before it [batch, room, width]. */
type Keep = (kept: Tensor, fresh: Tensor, position: Tensor) => Tensor;

/**
 * Attention as somebody writes it who knows the four members of a model and nothing more. Steps leave keys and values in
 * either of the ways that the contract allows.
 */
const plainAttention = (id: string, keep: Keep) => {
  @architecture({
    id,
    version: 1,
    title: id,
    year: 2000,
    summary: id,
    reference: { authors: 'A', title: 'T', identifier: 'I' },
    capabilities: { causal: true },
    hyperparameters: PlainHyperparameters,
  })
  class Plain implements Architecture<PlainHyperparameters> {
    build({ width }: PlainHyperparameters, vocabularySize: number): SequenceModel {
      const scope = ParameterScope.root();
      const embed = embedding(scope.child('embedding'), vocabularySize, width);
      const [query, key, value] = ['query', 'key', 'value'].map((name) => linear(scope.child(name), width, width));
      const readOut = linear(scope.child('readout'), width, vocabularySize);
      /** x and q [batch, queries, width], k and v [batch, keys, width], seen [queries, keys] -> logits */
      const attend = (parameters: Parameters, x: Tensor, [q, k, v]: readonly Tensor[], seen: Tensor) => {
        const scores = tf.sub(tf.matMul(q!, k!, false, true), tf.mul(1e9, tf.sub(1, tf.cast(seen, 'float32'))));
        return readOut(parameters, tf.add(x, tf.matMul(tf.softmax(scores), v!)));
      };
      return {
        parameters: scope.specifications,
        forward: (parameters, tokens) => {
          const x = embed(parameters, tokens);
          const times = range(tokens.shape[1]!);
          const projected = [query!, key!, value!].map((project) => project(parameters, x));
          return attend(parameters, x, projected, tf.lessEqual(times, tf.expandDims(times, 1)));
        },
        initialState: (batch, maximumTime) => ({
          key: tf.zeros([batch, maximumTime, width]),
          value: tf.zeros([batch, maximumTime, width]),
        }),
        step: (parameters, state, token, position) => {
          const x = tf.expandDims(embed(parameters, token), 1);
          const keys = keep(state.key!, key!(parameters, x), position);
          const values = keep(state.value!, value!(parameters, x), position);
          const [slots, at] = [range(keys.shape[1]!), tf.cast(position, 'float32')];
          const isOwn = tf.equal(slots, keys.shape[1]! > state.key!.shape[1]! ? state.key!.shape[1]! : at);
          const seen = tf.expandDims(tf.logicalOr(tf.less(slots, at), isOwn), 0);
          const logits = attend(parameters, x, [query!(parameters, x), keys, values], seen);
          return { state: { key: keys, value: values }, logits: tf.squeeze(logits, [1]) as Tensor2D };
        },
      };
    }
  }
  return Plain;
};

export const ConcatenatingAttention = plainAttention('concatenating', (kept, fresh) => tf.concat([kept, fresh], 1));
export const RewritingAttention = plainAttention('rewriting', (kept, fresh, position) => {
  const here = tf.equal(range(kept.shape[1]!), tf.cast(position, 'float32'));
  const own = tf.reshape(tf.cast(here, 'float32'), [1, -1, 1]);
  return tf.add(tf.mul(kept, tf.sub(1, own)), tf.mul(fresh, own));
});
