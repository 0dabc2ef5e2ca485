import * as tf from '@tensorflow/tfjs-core';
import { Operators } from '../../../../src/engine/ir/operators';
import { decompose } from '../../../../src/engine/native/passes/decompose';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

it('writes a softmax in its parts', async () => {
  const original = graphOf((x) => [tf.softmax(x!)], [3, 4, 5]);
  const graph = decompose(original);
  expect(operatorsOf(graph)).toEqual(['ReduceMax', 'Sub', 'Exp', 'ReduceSum', 'Div']);
  await expectSameResults(graph, original);
});

it('along any dimension', async () => {
  const g = new Operators();
  const x = g.input({ shape: [3, 4, 5], dtype: 'float32' });
  const original = g.finish([g.softmax(x, 1)], 'test');
  expect(operatorsOf(decompose(original))).not.toContain('Softmax');
  await expectSameResults(decompose(original), original);
});

it('stays finite where exponentials would not be', async () => {
  const original = graphOf((x) => [tf.softmax(tf.mul(x!, 1e4))], [3, 4]);
  await expectSameResults(decompose(original), original);
});

it('leaves the rest alone', () => {
  const original = graphOf((x) => [tf.tanh(tf.sum(x!, 0))], [3, 4]);
  expect(operatorsOf(decompose(original))).toEqual(operatorsOf(original));
});
