import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createRng } from '../../../src/core/random';
import { OnnxEngine } from '../../../src/engine/onnx/engine';
import { evaluate, expectClose, type HostTensor } from '../../engine/support/engines';

type Formula = (...inputs: Tensor[]) => Tensor;

/** A weighted sum of the results, which no symmetry hides, and its gradient with respect to every input. */
const valueAndGradients =
  (formula: Formula) =>
  (...inputs: Tensor[]) => {
    const loss = (...given: Tensor[]) => {
      const result = formula(...given);
      return tf.sum(tf.mul(result, tf.reshape(tf.cos(tf.range(0, result.size)), result.shape))) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    return [value, ...grads];
  };

/**
 * Fails unless a formula with a gradient of its own has the values and gradients that TensorFlow.js finds for the plain
 * one, on normal numbers, step by step and compiled.
 */
export async function expectAutomaticGradient(
  own: Formula,
  plain: Formula,
  shapes: readonly number[][],
  tolerance = 1e-5,
) {
  const rng = createRng(7);
  const inputs = shapes.map((shape): HostTensor => ({
    shape,
    dtype: 'float32',
    data: Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => rng.normal()),
  }));
  const engine = new OnnxEngine(1);
  try {
    const [compiled, expected] = [
      await evaluate(engine, valueAndGradients(own), inputs),
      await evaluate(engine, valueAndGradients(plain), inputs),
    ];
    expectClose(compiled, expected, tolerance, 1, 'Compiled gradient');
    await tf.setBackend('cpu');
    const given = inputs.map(({ data, shape }) => tf.tensor(data as Float32Array, [...shape]));
    const eager = valueAndGradients(own)(...given).map((tensor): HostTensor => ({
      shape: tensor.shape,
      dtype: 'float32',
      data: tensor.dataSync() as Float32Array,
    }));
    expectClose(eager, expected, tolerance, 1, 'Eager gradient');
  } finally {
    await engine.dispose();
  }
}
