import * as tf from '@tensorflow/tfjs-core';
import { simplifyScalars } from '../../../src/engine/passes/scalars';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

type Program = Parameters<typeof graphOf>[0];

const cases: Readonly<Record<string, { program: Program; left: string[] }>> = {
  'factors in a row': { program: (x) => [tf.mul(3, tf.div(tf.mul(x!, 2), 4))], left: ['Mul'] },
  'factors that cancel': { program: (x) => [tf.exp(tf.neg(tf.neg(tf.mul(tf.div(x!, 2), 2))))], left: ['Exp'] },
  'a divisor': { program: (x) => [tf.div(x!, 5)], left: ['Mul'] },
  'adding what is negated': {
    program: (x, y) => [tf.add(x!, tf.neg(y!)), tf.add(tf.neg(x!), y!)],
    left: ['Sub', 'Sub'],
  },
  'subtracting what is negated': { program: (x, y) => [tf.sub(x!, tf.neg(y!))], left: ['Add'] },
  'negating a difference': { program: (x, y) => [tf.neg(tf.sub(x!, y!))], left: ['Sub'] },
  powers: {
    program: (x) => [tf.pow(tf.abs(x!), 1.5), tf.pow(x!, 2), tf.pow(x!, 3), tf.pow(tf.add(tf.square(x!), 1), -1)],
    left: ['Abs', 'Sqrt', 'Mul', 'Mul', 'Mul', 'Add', 'Reciprocal'], // the square is computed once
  },
  'other powers are kept': { program: (x) => [tf.pow(tf.abs(x!), 2.5)], left: ['Abs', 'Pow'] },
  'a constant over x is kept': { program: (x) => [tf.div(2, tf.add(tf.abs(x!), 1))], left: ['Abs', 'Add', 'Div'] },
};

it.each(Object.entries(cases))('%s', async (_name, { program, left }) => {
  const original = graphOf(program, [2, 3], [2, 3]);
  const graph = simplifyScalars(original);
  expect(operatorsOf(graph).sort()).toEqual([...left].sort());
  await expectSameResults(graph, original);
});

it('integers divide as integers', async () => {
  const original = graphOf((x) => [tf.floorDiv(tf.cast(tf.mul(x!, 9), 'int32'), tf.scalar(2, 'int32'))], [6]);
  await expectSameResults(simplifyScalars(original), original);
});
