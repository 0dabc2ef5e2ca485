import * as tf from '@tensorflow/tfjs-core';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { simplify } from '../../../src/engine/passes/simplify';
import { reorderTimeSteps } from '../../../src/engine/passes/time-steps';
import { count, expectSameResults, graphOf } from '../support/graphs';

const reordered = (graph: ReturnType<typeof graphOf>) => simplify(reorderTimeSteps(simplify(graph)));
const [batch, time, narrow, wide] = [2, 4, 3, 12];
const rows = batch * time;

/** Values [batch, wide] that differ from step to step. */
const steps = (x: tf.Tensor) => Array.from({ length: time }, (_, step) => tf.sin(tf.add(x, step)));
const joined = (x: tf.Tensor) => tf.reshape(tf.stack(steps(x), 1), [rows, wide]);
const joinedAxes = (graph: ReturnType<typeof graphOf>) =>
  graph.nodes.filter(({ operator }) => operator === 'Concat').map(({ attributes }) => attributes.axis);

type Program = Parameters<typeof graphOf>[0];
it.each<[string, Program, number[]]>([
  ['a narrower x^T [steps]', (x, y) => [tf.matMul(y!, joined(x!), true, false)], [rows, narrow]],
  ['[steps]^T x with a narrower x', (x, y) => [tf.matMul(joined(x!), y!, true, false)], [rows, narrow]],
  ['[steps] w with a narrower result', (x, y) => [tf.matMul(joined(x!), y!)], [wide, narrow]],
  ['[steps] w^T with a narrower result', (x, y) => [tf.matMul(joined(x!), y!, false, true)], [narrow, wide]],
  ['the sum over all steps', (x, y) => [tf.add(tf.sum(joined(x!), 0), y!)], [wide]],
])('joins steps in order of time for %s', async (_name, program, shape) => {
  const original = graphOf(program, [batch, wide], shape);
  expect([joinedAxes(simplify(original)), joinedAxes(reordered(original))]).toEqual([[1], [0]]);
  await expectSameResults(reordered(original), original);
});

it.each<[string, Program, number[]]>([
  ['a wider x', (x, y) => [tf.matMul(y!, joined(x!), true, false)], [rows, wide + 1]],
  ['a wider result', (x, y) => [tf.matMul(joined(x!), y!)], [wide, wide + 1]],
  ['sums within each row', (x, y) => [tf.add(tf.sum(joined(x!), 1), y!)], [rows]],
])('keeps the order of rows for %s', async (_name, program, shape) => {
  const original = graphOf(program, [batch, wide], shape);
  expect(joinedAxes(reordered(original))).toEqual([1]);
  await expectSameResults(reordered(original), original);
});

/** What is projected is narrow: tokens. */
const projected =
  (bias: boolean, width = narrow): Program =>
  (x, w, b) => {
    const product = tf.matMul(tf.reshape(x!, [rows, width]), w!);
    return tf.unstack(tf.reshape(bias ? tf.add(product, b!) : product, [batch, time, wide]), 1);
  };

it.each([true, false])('splits what is projected rather than the projection (bias: %s)', async (bias) => {
  const original = graphOf(projected(bias), [batch, time, narrow], [narrow, wide], [wide]);
  const graph = reordered(original);
  expect(graph.nodes.filter(({ operator }) => operator === 'Split').map(({ inputs }) => inputs[0]!.shape)).toEqual([
    [batch, time, narrow],
  ]);
  expect(count(graph, 'MatMul')).toBe(time);
  await expectSameResults(graph, original);
});

it('keeps a projection that is as narrow as what is projected, or used as a whole', async () => {
  const asNarrow = graphOf(projected(false, wide), [batch, time, wide], [wide, wide], [wide]);
  expect(count(reordered(asNarrow), 'MatMul')).toBe(1);
  const usedAsAWhole = graphOf(
    (x, w) => {
      const whole = tf.reshape(tf.matMul(tf.reshape(x!, [rows, narrow]), w!), [batch, time, wide]);
      return [whole, ...tf.unstack(whole, 1)];
    },
    [batch, time, narrow],
    [narrow, wide],
  );
  expect(count(reordered(usedAsAWhole), 'MatMul')).toBe(1);
});

it('leaves a recurrence that reads tokens nothing of full length and width, forwards or backwards', async () => {
  const [tokens, hidden] = [narrow, wide];
  const states = (w: tf.Tensor, r: tf.Tensor, x: tf.Tensor) => {
    const inputs = tf.unstack(tf.reshape(tf.matMul(tf.reshape(x, [rows, tokens]), w), [batch, time, hidden]), 1);
    let state = tf.zeros([batch, hidden]);
    return tf.stack(
      inputs.map((input) => (state = tf.tanh(tf.add(input, tf.matMul(state, r))))),
      1,
    );
  };
  const original = graphOf(
    (w, r, x, y) => {
      const loss = tf.grads((weight, recurrent) => tf.sum(tf.mul(states(weight!, recurrent!, x!), y!)));
      return loss([w!, r!]);
    },
    [tokens, hidden],
    [hidden, hidden],
    [batch, time, tokens],
    [batch, time, hidden],
  );
  const graph = optimise(onnxPasses, original);
  const interleaved = graph.nodes.filter(({ operator, attributes }) => operator === 'Concat' && attributes.axis === 1);
  expect(interleaved).toHaveLength(0);
  await expectSameResults(graph, original);
});
