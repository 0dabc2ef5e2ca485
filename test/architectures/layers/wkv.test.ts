import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { wkv } from '../../../architectures/layers';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { graphOf } from '../../engine/support/graphs';
import { expectAutomaticGradient } from '../../support/architectures/gradients';

const own = wkv as (...inputs: Tensor[]) => Tensor;

/** Both sums as written: the weight of every token as every other sees it, [batch, time, time, width]. */
const wkvByDefinition = (...[key, value, decay, bonus]: Tensor[]) => {
  const time = key!.shape[1]!;
  const means = Array.from({ length: time }, (_, t) => {
    const weights = Array.from({ length: t + 1 }, (_, s) => {
      const exponent = tf.add(tf.mul(decay!, s === t ? 0 : -(t - 1 - s)), tf.mul(bonus!, s === t ? 1 : 0));
      return tf.exp(tf.add(tf.slice(key!, [0, s, 0], [-1, 1, -1]), exponent)); // [batch, 1, width]
    });
    const terms = weights.map((weight, s) => tf.mul(weight, tf.slice(value!, [0, s, 0], [-1, 1, -1])));
    return tf.div(tf.addN(terms), tf.addN(weights));
  });
  return tf.concat(means, 1);
};

it.each([1, 2, 3, 7])('is the mean it says, and its gradient that of the definition, for %d tokens', async (time) => {
  const sequence = [2, time, 3];
  await expectAutomaticGradient(own, wkvByDefinition, [sequence, sequence, [3], [3]]);
});

it('costs as many operators per token in long sequences as in short ones', () => {
  const nodes = (time: number) => {
    const gradient = (...inputs: Tensor[]) => tf.grads(own)(inputs);
    return optimise(onnxPasses, graphOf(gradient, [1, time, 2], [1, time, 2], [2], [2])).nodes.length;
  };
  expect(nodes(48) - nodes(32)).toBe(nodes(32) - nodes(16));
});
