import * as tf from '@tensorflow/tfjs-core';
import { removeIdentities } from '../../../src/engine/passes/identities';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

type Program = Parameters<typeof graphOf>[0];

const cases: Readonly<Record<string, { program: Program; shape: number[]; left: string[] }>> = {
  'neutral numbers': {
    program: (x) => [tf.div(tf.mul(1, tf.add(0, tf.sub(x!, tf.scalar(0)))), 1)],
    shape: [3],
    left: [],
  },
  'neutral numbers that broadcast are kept': {
    program: (x) => [tf.add(x!, tf.zeros([2, 3]))],
    shape: [3],
    left: ['Add'],
  },
  'numbers minus x are kept': { program: (x) => [tf.sub(0, x!), tf.div(1, x!)], shape: [3], left: ['Sub', 'Div'] },
  'reshapes in a row': { program: (x) => [tf.reshape(tf.reshape(x!, [6]), [3, 2])], shape: [2, 3], left: ['Reshape'] },
  'reshapes there and back': {
    program: (x) => [tf.exp(tf.reshape(tf.reshape(x!, [6]), [2, 3]))],
    shape: [2, 3],
    left: ['Exp'],
  },
  'transposes in a row': {
    program: (x) => [tf.transpose(tf.transpose(x!, [1, 2, 0]), [1, 0, 2])],
    shape: [2, 3, 4],
    left: ['Transpose'],
  },
  'transposes there and back': {
    program: (x) => [tf.exp(tf.transpose(tf.transpose(x!)))],
    shape: [2, 3],
    left: ['Exp'],
  },
  'transposes of extents of 1': { program: (x) => [tf.transpose(x!, [1, 0, 2])], shape: [1, 3, 4], left: ['Reshape'] },
  'sums over extents of 1': { program: (x) => [tf.sum(x!, 1)], shape: [3, 1, 4], left: ['Reshape'] },
};

it.each(Object.entries(cases))('%s', async (_name, { program, shape, left }) => {
  const original = graphOf(program, shape);
  const graph = removeIdentities(original);
  expect(operatorsOf(graph)).toEqual(left);
  await expectSameResults(graph, original);
});
