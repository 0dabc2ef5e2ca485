import * as tf from '@tensorflow/tfjs-core';
import type { Program, TensorSpecification } from '../../../../src/core/contracts/engine';
import type { Graph } from '../../../../src/engine/ir/graph';
import { associateProducts } from '../../../../src/engine/passes/associations';
import { absorbIntoProducts } from '../../../../src/engine/passes/matrix-products';
import { lookUpRows } from '../../../../src/engine/native/passes/row-look-ups';
import { simplify } from '../../../../src/engine/passes/simplify';
import { selectEngine } from '../../../support/engine-choice';
import { capture } from '../../../../src/engine/trace/capture';
import { evaluate, expectClose, type HostTensor } from '../../support/engines';
import { operatorsOf } from '../../support/graphs';
import { describeNative, openNative } from '../../support/native';

const [batch, time, classes, width] = [3, 4, 5, 2];
const tokens: HostTensor = {
  shape: [batch, time],
  dtype: 'int32',
  data: Int32Array.of(4, 0, 1, 1, 2, 2, 0, 4, 1, 0, 0, 3),
};
const table: HostTensor = {
  shape: [classes, width],
  dtype: 'float32',
  data: Float32Array.from({ length: classes * width }, (_, i) => i + 0.5),
};
const inputs = [tokens, table] as const;

const oneHot = (indices: tf.Tensor) =>
  tf.cast(tf.oneHot(tf.cast(tf.reshape(indices, [-1]), 'int32') as tf.Tensor1D, classes), 'float32');
const rowsOf = (indices: tf.Tensor, rows: tf.Tensor) => tf.matMul(oneHot(indices), rows);

const programs: Readonly<Record<string, { program: Program; uses: readonly string[] }>> = {
  'a product with one-hot rows': { program: (indices, rows) => [rowsOf(indices!, rows!)], uses: ['LookUp'] },
  'its gradient': {
    program: (indices, rows) => [tf.grad((given: tf.Tensor) => tf.sum(tf.sin(rowsOf(indices!, given))))(rows!)],
    uses: ['LookUp', 'SumRows'],
  },
  'one-hot rows step by step': {
    program: (indices, rows) =>
      tf.unstack(tf.reshape(oneHot(indices!), [batch, time, classes]), 1).map((step) => tf.matMul(step, rows!)),
    uses: ['LookUp', 'LookUp', 'LookUp', 'LookUp'],
  },
  'one-hot rows in another order': {
    program: (indices, rows) => {
      const turned = tf.transpose(tf.reshape(oneHot(indices!), [batch, time, classes]), [1, 0, 2]);
      return [tf.matMul(tf.reshape(turned, [-1, classes]), rows!)];
    },
    uses: ['LookUp'],
  },
  'a table that is a product itself': {
    program: (indices, rows) => [
      tf.matMul(
        rowsOf(indices!, rows!),
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
      ),
    ],
    uses: ['LookUp'],
  },
  'rows plus a bias, which they take along': {
    program: (indices, rows) => [
      tf.add(rowsOf(indices!, rows!), tf.tensor1d([7, -9])),
      tf.add(tf.tensor2d([[3, 4]]), rowsOf(tf.neg(indices!), rows!)),
    ],
    uses: ['LookUp', 'LookUp'],
  },
  'rows that are wanted without the bias too, or with a sum that is none': {
    program: (indices, rows) => {
      const found = rowsOf(indices!, rows!);
      return [found, tf.add(found, tf.tensor1d([7, -9])), tf.add(rowsOf(tf.neg(indices!), rows!), tf.tensor1d([2]))];
    },
    uses: ['LookUp', 'LookUp'],
  },
  'what is one-hot along another dimension': {
    program: (indices, rows) => [
      tf.matMul(tf.transpose(oneHot(indices!)), tf.slice(tf.tile(rows!, [3, 1]), [0, 0], [batch * time, width])),
    ],
    uses: ['SumRows'],
  },
  'what is scattered row by row': {
    program: (indices, rows) => [
      tf.unsortedSegmentSum(
        tf.gather(rows!, tf.reshape(indices!, [-1]) as tf.Tensor1D),
        tf.reshape(indices!, [-1]) as tf.Tensor1D,
        100,
      ),
    ],
    uses: ['SumRows'],
  },
  'other comparisons': {
    program: (indices, rows) => {
      const flat = tf.reshape(indices!, [-1, 1]);
      return [
        tf.matMul(tf.cast(tf.equal(flat, tf.tensor1d([0, 2, 1, 3, 4], 'int32')), 'float32'), rows!),
        tf.matMul(tf.cast(tf.less(flat, tf.range(0, classes, 1, 'int32')), 'float32'), rows!),
      ];
    },
    uses: [],
  },
};

function lookedUp(program: Program): Graph {
  const signature = inputs.map(({ shape, dtype }): TensorSpecification => ({ shape, dtype }));
  return lookUpRows(associateProducts(absorbIntoProducts(simplify(capture(program, signature, 'test', 'native')))));
}

it.each(Object.entries(programs))('%s', (_name, { program, uses }) => {
  expect(operatorsOf(lookedUp(program)).filter((operator) => ['LookUp', 'SumRows'].includes(operator))).toEqual(uses);
});

it('a bias is taken along once, and only where nothing else wants the rows', () => {
  const added = (name: string) =>
    operatorsOf(lookedUp(programs[name]!.program)).filter((operator) => operator === 'Add').length;
  expect(added('rows plus a bias, which they take along')).toBe(0);
  expect(added('rows that are wanted without the bias too, or with a sum that is none')).toBe(2);
});

describeNative('looked up', () => {
  it.each(Object.entries(programs))('%s is the same', async (_name, { program }) => {
    const cpu = await selectEngine('cpu', { threads: 1 });
    expectClose(await evaluate(await openNative(), program, inputs), await evaluate(cpu, program, inputs), 1e-6);
  });

  it('an index out of range is no row at all', async () => {
    const outside = { ...tokens, data: Int32Array.of(-1, 5, 1000, 0, -5, 1, 2, 3, 4, 4, 5, -7) };
    const cpu = await selectEngine('cpu', { threads: 1 });
    for (const name of ['its gradient', 'rows plus a bias, which they take along']) {
      const { program } = programs[name]!;
      expectClose(
        await evaluate(await openNative(), program, [outside, table]),
        await evaluate(cpu, program, [outside, table]),
        1e-6,
      );
    }
  });
});
