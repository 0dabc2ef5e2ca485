import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { standardize } from '../../../architectures/layers';
import { nativePasses } from '../../../src/engine/native/passes/pipeline';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise, type Pass } from '../../../src/engine/passes/pipeline';
import { lookUpRows } from '../../../src/engine/native/passes/row-look-ups';
import { skipTriangles } from '../../../src/engine/native/passes/triangles';
import { evaluate, expectClose } from '../support/engines';
import { checkedAfterEach, checkGraph } from '../support/check-graph';
import { graphOf, randomInputs, runGraph } from '../support/graphs';
import { describeNative, openNative } from '../support/native';

/** Steps of random programs: each makes a [4, 4] matrix from two of those there are, and stays tame. */
const steps: readonly ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  (a, b) => tf.add(a, b),
  (a, b) => tf.sub(a, tf.mul(b, 1)),
  (a, b) => tf.mul(tf.tanh(a), b),
  (a, b) => tf.div(a, tf.add(1, tf.square(b))),
  (a, b) => tf.matMul(a, tf.sigmoid(b), false, true),
  (a, b) => tf.matMul(tf.tanh(tf.transpose(a)), b, true, false),
  (a, b) => tf.matMul(tf.transpose(b), tf.sin(a)),
  (a) => tf.transpose(tf.add(tf.transpose(a), tf.zeros([4, 4]))),
  (a, b) => tf.add(tf.softmax(a), tf.logSoftmax(tf.tanh(b))),
  (a, b) => tf.stack(tf.unstack(a).map((row, i) => tf.mul(row, tf.unstack(b, 1)[i]!))),
  (a, b) => tf.concat([tf.slice(a, [0, 0], [4, 1]), tf.slice(b, [0, 1], [4, 3])], 1),
  (a, b) =>
    tf.concat(
      [...tf.split(tf.tanh(a), 2, 1).reverse()].map((half) => tf.add(half, tf.mean(b))),
      1,
    ),
  (a) => {
    const centred = tf.sub(a, tf.mean(a, -1, true));
    return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), 0.1)));
  },
  (a, b) => tf.where(tf.greaterEqual(a, b), tf.relu(a), tf.mul(b, tf.ones([4, 4]))),
  (a, b) => tf.reshape(tf.sum(tf.mul(tf.reshape(tf.tanh(a), [4, 1, 4]), tf.reshape(b, [1, 4, 4])), 2), [4, 4]),
  (a, b) => tf.add(tf.maximum(tf.sin(a), tf.cos(b)), tf.gather(a, [3, 0, 0, 1])),
  (a) => tf.reverse(tf.cumsum(tf.tanh(a), 1, true), 0),
  (a, b) => {
    // A normalized layer on many rows: gain, bias and weight are small beside them.
    const [gain, bias] = tf.unstack(b) as [tf.Tensor, tf.Tensor];
    const rows = standardize(tf.concat([a, tf.sin(a), tf.mul(a, b), tf.cos(b)])); // [16, 4]
    const mapped = tf.add(tf.matMul(tf.add(tf.mul(rows, gain), bias), tf.tanh(b)), bias);
    return tf.sum(tf.reshape(tf.relu(mapped), [4, 4, 4]), 0);
  },
  (a, b) => {
    // Causal attention.
    const later = tf.cast(
      tf.less(tf.sub(tf.reshape(tf.range(0, 4), [4, 1]), tf.reshape(tf.range(0, 4), [1, 4])), 0),
      'float32',
    );
    return tf.matMul(tf.softmax(tf.add(tf.matMul(a, b, false, true), tf.mul(later, -1e9))), tf.tanh(a));
  },
  (a, b) =>
    tf.mul(
      tf.matMul(tf.cast(tf.oneHot(tf.tensor1d([2, 0, 5, 0], 'int32'), 4), 'float32'), tf.matMul(tf.sin(a), tf.tanh(b))),
      0.5,
    ),
];

const programs = fc.array(fc.tuple(fc.nat({ max: steps.length - 1 }), fc.nat(), fc.nat()), {
  minLength: 1,
  maxLength: 12,
});

/** The loss of a random program and its gradients. */
const gradients =
  (choices: readonly (readonly [number, number, number])[]) =>
  (...inputs: tf.Tensor[]): tf.Tensor[] => {
    const loss = (...values: tf.Tensor[]) => {
      const made = [...values];
      for (const [step, a, b] of choices) made.push(steps[step]!(made[a % made.length]!, made[b % made.length]!));
      // The inputs are there too, so that each of them has a gradient.
      return tf.mean(tf.add(tf.tanh(made.at(-1)!), tf.mul(tf.addN(values), 0.1))) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    return [value, ...grads];
  };

const matrices = [
  [4, 4],
  [4, 4],
  [4, 4],
] as const;

/** These give nodes that onnxruntime does not know. */
const onlyForNative: ReadonlySet<Pass> = new Set([lookUpRows, skipTriangles]);
const alone = [...new Set([...onnxPasses, ...nativePasses.filter((pass) => !onlyForNative.has(pass))])];

it('gradients of random programs stay within 1e-4 after every pass', async () => {
  const property = fc.asyncProperty(programs, async (choices) => {
    const original = graphOf(gradients(choices), ...matrices);
    const inputs = randomInputs(original, choices.length);
    const expected = await runGraph(original, inputs);
    for (const pass of alone) {
      const actual = await runGraph(checkGraph(pass(original), pass.name), inputs);
      expectClose(actual, expected, 1e-4, 1e-2, pass.name);
    }
    expectClose(await runGraph(checkedAfterEach(onnxPasses, original), inputs), expected, 1e-4, 1e-2, 'together');
    checkedAfterEach(nativePasses, original);
  });
  await fc.assert(property, { numRuns: 40, seed: 3 });
});

describeNative('the native engine', () => {
  it('computes gradients of random programs within 1e-4', async () => {
    const native = await openNative();
    const property = fc.asyncProperty(programs, async (choices) => {
      const original = graphOf(gradients(choices), ...matrices);
      const inputs = randomInputs(original, choices.length);
      expectClose(await evaluate(native, gradients(choices), inputs), await runGraph(original, inputs), 1e-4, 1e-2);
    });
    await fc.assert(property, { numRuns: 15, seed: 4 });
  });
});

it('together they make training graphs smaller', () => {
  const original = graphOf(
    gradients([
      [12, 0, 1],
      [4, 3, 2],
      [7, 4, 3],
      [1, 5, 1],
    ]),
    ...matrices,
  );
  expect(optimise(onnxPasses, original).nodes.length).toBeLessThan(0.9 * original.nodes.length);
});
