import * as tf from '@tensorflow/tfjs-core';
import { decompose } from '../../../../src/engine/native/passes/decompose';
import { absorbIntoProducts } from '../../../../src/engine/passes/matrix-products';
import { skipTriangles } from '../../../../src/engine/native/passes/triangles';
import { simplify } from '../../../../src/engine/passes/simplify';
import { evaluate, expectClose, type HostTensor } from '../../support/engines';
import { graphOf, operatorsOf, randomInputs } from '../../support/graphs';
import { describeNative, openNative } from '../../support/native';
import { selectEngine } from '../../../support/engine-choice';

type Program = Parameters<typeof graphOf>[0];

/** What the products of a program leave out, in order. */
function triangles(program: Program, ...shapes: readonly (readonly number[])[]): unknown[] {
  const before = decompose(absorbIntoProducts(simplify(graphOf(program, ...shapes))));
  const graph = skipTriangles(before);
  expect(operatorsOf(graph)).toEqual(operatorsOf(before));
  return graph.nodes.filter(({ operator }) => /MatMul/.test(operator)).map(({ attributes }) => attributes.triangle);
}

const time = 5;
const positions = () => tf.range(0, time);
/** 1 for what comes later than the query, else 0. */
const later = () =>
  tf.cast(tf.less(tf.sub(tf.reshape(positions(), [-1, 1]), tf.reshape(positions(), [1, -1])), 0), 'float32');
const scores = (q: tf.Tensor, k: tf.Tensor, hidden = -1e9) =>
  tf.add(tf.matMul(q, k, false, true), tf.mul(later(), hidden));
const attention: Program = (q, k, v) => [tf.matMul(tf.softmax(scores(q!, k!)), v!)];
const withGradients =
  (program: Program): Program =>
  (...inputs) => {
    const { value, grads } = tf.valueAndGrads(
      (...given: tf.Tensor[]) => tf.sum(tf.square(program(...given)[0]!)) as tf.Scalar,
    )(inputs);
    return [value, ...grads];
  };
const shapes = [
  [2, 3, time, 4],
  [2, 3, time, 4],
  [2, 3, time, 4],
] as const;

it('scores are not wanted where they are hidden, and weights are zero there', () => {
  expect(triangles(attention, ...shapes)).toEqual(['result', 'left']);
});

it('nor are the gradients of weights and scores', () => {
  const found = triangles(withGradients(attention), ...shapes);
  expect([...found].sort()).toEqual(['left', 'left', 'leftTransposed', 'leftTransposed', 'result', 'result']);
});

it('a mask of zeros and ones hides as well', () => {
  const linear: Program = (q, k, v) => [tf.matMul(tf.mul(tf.matMul(q!, k!, false, true), tf.sub(1, later())), v!)];
  expect(triangles(linear, ...shapes)).toEqual(['result', 'left']);
});

it('biases before the mask do not matter', () => {
  const biased: Program = (q, k, v) => {
    const bias = tf.mul(tf.sub(tf.reshape(positions(), [-1, 1]), tf.reshape(positions(), [1, -1])), -0.5);
    const score = tf.add(tf.add(tf.matMul(q!, k!, false, true), bias), tf.mul(later(), -1e9));
    return [tf.matMul(tf.softmax(score), v!)];
  };
  expect(triangles(biased, ...shapes)).toEqual(['result', 'left']);
});

it.each<[string, Program]>([
  ['nothing is hidden', (q, k, v) => [tf.matMul(tf.softmax(tf.matMul(q!, k!, false, true)), v!)]],
  ['what is hidden is only made less likely', (q, k, v) => [tf.matMul(tf.softmax(scores(q!, k!, -10)), v!)]],
  [
    'the past is hidden',
    (q, k, v) => [tf.matMul(tf.softmax(tf.add(tf.matMul(q!, k!, false, true), tf.mul(tf.sub(1, later()), -1e9))), v!)],
  ],
  [
    'not all of the future is hidden',
    (q, k, v) => {
      const far = tf.cast(
        tf.less(tf.sub(tf.reshape(positions(), [-1, 1]), tf.reshape(positions(), [1, -1])), -1),
        'float32',
      );
      return [tf.matMul(tf.softmax(tf.add(tf.matMul(q!, k!, false, true), tf.mul(far, -1e9))), v!)];
    },
  ],
])('leaves products alone where %s', (_what, program) => {
  expect(triangles(program, ...shapes)).toEqual([undefined, undefined]);
});

it('computes scores in full that something else looks at', () => {
  const program: Program = (q, k, v) => {
    const product = tf.matMul(q!, k!, false, true);
    return [tf.matMul(tf.softmax(tf.add(product, tf.mul(later(), -1e9))), v!), tf.sum(product)];
  };
  expect(triangles(program, ...shapes)).toEqual([undefined, 'left']);
  const given: Program = (q, k, v) => [tf.matMul(tf.softmax(scores(q!, k!)), v!), tf.matMul(q!, k!, false, true)];
  expect(triangles(given, ...shapes)[0]).not.toBe('left');
});

describeNative('left out', () => {
  it('nothing changes', async () => {
    const program = withGradients(attention);
    const inputs: HostTensor[] = randomInputs(graphOf(program, ...shapes), 3, 2);
    const cpu = await selectEngine('cpu', { threads: 1 });
    expectClose(await evaluate(await openNative(), program, inputs), await evaluate(cpu, program, inputs), 1e-5);
  });
});
