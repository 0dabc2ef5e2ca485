import * as tf from '@tensorflow/tfjs';
import { Operators } from '../../../../src/engine/ir/operators';
import { eliminateDeadCode } from '../../../../src/engine/passes/dead-code';
import { decompose } from '../../../../src/engine/native/passes/decompose';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

const decomposed = (graph: ReturnType<typeof graphOf>) => eliminateDeadCode(decompose(graph));

it('writes a softmax in its parts', async () => {
  const original = graphOf((x) => [tf.softmax(x!)], [3, 4, 5]);
  const graph = decomposed(original);
  expect(operatorsOf(graph)).toEqual(['ReduceMax', 'Sub', 'Exp', 'ReduceSum', 'Div']);
  await expectSameResults(graph, original);
});

it('along any dimension', async () => {
  const g = new Operators();
  const x = g.input({ shape: [3, 4, 5], dtype: 'float32' });
  const original = g.finish([g.softmax(x, 1)], 'test');
  expect(operatorsOf(decomposed(original))).not.toContain('Softmax');
  await expectSameResults(decomposed(original), original);
});

it('stays finite where exponentials would not be', async () => {
  const original = graphOf((x) => [tf.softmax(tf.mul(x!, 1e4))], [3, 4]);
  await expectSameResults(decomposed(original), original);
});

it('leaves the rest alone', () => {
  const original = graphOf((x) => [tf.tanh(tf.sum(x!, 0))], [3, 4]);
  expect(operatorsOf(decomposed(original))).toEqual(operatorsOf(original));
});
