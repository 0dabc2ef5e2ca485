import * as tf from '@tensorflow/tfjs-core';
import type { Program, Accumulation } from '../../../src/core/contracts/engine';
import type { Machine } from '../../../src/engine/native/compile/machine';
import { rowsOfMicroBatch, MicroBatchedProgram, typicalBytes } from '../../../src/engine/native/accumulation';
import { graphOf } from '../support/graphs';
import { describeNative, openMachine } from '../support/native';

it('the typical value is the one in which the median byte is written', () => {
  expect(typicalBytes(graphOf((x) => [tf.tanh(x!), tf.sum(x!, 1)], [10, 20]))).toBe(800);
  const manySmall = graphOf((x) => [tf.tanh(x!), ...tf.unstack(x!).map((row) => tf.sin(tf.cos(row)))], [10, 20]);
  expect(typicalBytes(manySmall)).toBe(80);
  expect(typicalBytes(graphOf((x) => [tf.reshape(x!, [4])], [2, 2]))).toBe(0);
});

const [kibi, mebi] = [2 ** 10, 2 ** 20];
it.each<[number, number, number, number, number]>([
  [64, 56 * kibi, 0, 1, 64], // fits
  [64, 4 * 56 * kibi, 0, 1, 16],
  [64, 4 * 56 * kibi, 2.625 * mebi, 1, 64], // 168 KiB more, since each slice reads all weights
  [64, 56 * kibi, 0, 3, 16], // a slice for each thread
  [60, 3.5 * 56 * kibi, 0, 1, 15], // a divisor
  [7, 1e9, 0, 1, 1],
  [2, 100, 0, 8, 1], // fewer rows than threads
])(
  'a batch of %d with values of %d bytes and %d bytes of weights on %d threads is cut into micro-batches of %d rows',
  (batch, bytes, weights, threads, rows) => {
    expect(rowsOfMicroBatch(batch, bytes, weights, threads)).toBe(rows);
  },
);

describeNative('an accumulation', () => {
  let machine: Machine;
  beforeAll(async () => (machine = await openMachine()));
  const signature = [
    { shape: [12, 3], dtype: 'float32' },
    { shape: [3, 2], dtype: 'float32' },
    { shape: [12], dtype: 'int32' },
  ] as const;
  const part: Program = (x, w, chosen) => {
    const rows = tf.mul(tf.matMul(x!, w!), tf.expandDims(tf.cast(chosen!, 'float32'), 1));
    return [tf.sum(rows, 0), tf.sum(tf.cast(chosen!, 'float32'))];
  };
  const mean: Accumulation = {
    batched: [0, 2],
    part,
    finish: (x, w, _chosen, sum, count) => [tf.div(sum!, count!), tf.add(w!, tf.sum(x!))],
  };
  const inputs = [
    Float32Array.from({ length: 36 }, (_, i) => (i * 5) % 7),
    Float32Array.of(1, 2, 3, 4, 5, 6),
    Int32Array.from({ length: 12 }, (_, i) => i % 2),
  ];

  it.each([1, 2, 5, 12, 40])('goes on with the sums of %d threads', async (threads) => {
    const program = await MicroBatchedProgram.compile(signature, mean, { label: 'test', machine, threads });
    const tensors = signature.map(({ shape, dtype }, i) => tf.tensor(inputs[i]!, [...shape], dtype));
    const [sum, count] = part(...tensors);
    const total = [...inputs[0]!].reduce((all, number) => all + number, 0);
    for (let run = 0; run < 2; run++) {
      // sums start from nothing each time
      const results = program.outputs.map(
        ({ shape }) => new Float32Array(shape.reduce((size, extent) => size * extent, 1)),
      );
      program.run(inputs, results);
      [...tf.div(sum!, count!).dataSync()].forEach((wanted, i) => expect(results[0]![i]).toBeCloseTo(wanted, 4));
      expect([...results[1]!]).toEqual([1, 2, 3, 4, 5, 6].map((weight) => weight + total));
    }
  });

  it('adds up what neither loops nor products give', async () => {
    const found: Program = (x, w, chosen) => [
      tf.unsortedSegmentSum(x!, chosen as tf.Tensor1D, 4), // each a whole output
      tf.cumsum(tf.sum(x!, 0)),
      tf.grad((table: tf.Tensor) =>
        tf.sum(tf.mul(tf.matMul(tf.cast(tf.oneHot(chosen as tf.Tensor1D, 3), 'float32'), table), tf.matMul(x!, w!))),
      )(tf.zerosLike(w!)),
    ];
    const sums: Accumulation = { batched: [0, 2], part: found, finish: (...all) => all.slice(3) };
    const program = await MicroBatchedProgram.compile(signature, sums, { label: 'test', machine, threads: 3 });
    const results = program.outputs.map(
      ({ shape }) => new Float32Array(shape.reduce((size, extent) => size * extent, 1)),
    );
    program.run(inputs, results);
    const tensors = signature.map(({ shape, dtype }, i) => tf.tensor(inputs[i]!, [...shape], dtype));
    found(...tensors).forEach((wanted, i) => expect([...results[i]!]).toEqual([...wanted.dataSync()]));
  });
});
