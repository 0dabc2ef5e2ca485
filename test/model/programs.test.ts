import * as tf from '@tensorflow/tfjs';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { createRng } from '../../src/core/random';
import { Optimiser } from '../../src/core/protocol';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import { inSlices } from '../../src/engine/summation';
import { scoredPositions } from '../../src/data/batch';
import { ParameterLayout } from '../../src/model/parameters';
import { trainingStep } from '../../src/model/programs';

beforeAll(() => tf.setBackend('cpu'));

/** Two symbols whose logits are `used`; `unused` is declared and never looked at, as a state between segments may be. */
const model: SequenceModel = {
  parameters: [
    { name: 'used', shape: [2], initializer: () => new Float32Array(2) },
    { name: 'unused', shape: [3], initializer: () => new Float32Array(3) },
  ],
  forward: ({ used }, tokens) => tf.add(tf.zeros([...tokens.shape, 2]), used!),
};

it('leaves a parameter alone that the loss does not depend on, and moves the others', () => {
  const layout = new ParameterLayout(model.parameters);
  const settings = Object.assign(new Optimiser(), { weightDecay: 0 });
  const { program } = trainingStep(model, layout, settings, 1, 2);
  const [start, zeros] = [tf.tensor1d([0, 0, 1, 2, 3]), tf.zeros([5])];
  const [tokens, targets, weights] = [tf.zeros([1, 2], 'int32'), tf.ones([1, 2], 'int32'), tf.ones([1, 2])];
  const one = tf.scalar(1);
  const [parameters, , , loss] = program(
    start,
    zeros,
    zeros,
    zeros,
    tokens,
    targets,
    weights,
    tf.scalar(0.1),
    one,
    one,
  );
  const [first, second, ...unused] = parameters!.arraySync() as number[];
  expect(unused).toEqual([1, 2, 3]);
  expect(first).toBeLessThan(0);
  expect(second).toBeGreaterThan(0);
  expect(loss!.arraySync()).toBeCloseTo(Math.log(2), 5);
});

it('takes the same step whether or not the batch is cut into slices', () => {
  const bigram: SequenceModel = {
    parameters: [
      { name: 'table', shape: [3, 3], initializer: (rng) => Float32Array.from({ length: 9 }, () => rng.normal()) },
    ],
    forward: ({ table }, tokens) => tf.gather(table!, tokens) as tf.Tensor3D,
  };
  const layout = new ParameterLayout(bigram.parameters);
  const rng = createRng('slices');
  const [rows, time] = [5, 4];
  const ids = () =>
    tf.tensor2d(
      Array.from({ length: rows * time }, () => rng.integer(3)),
      [rows, time],
      'int32',
    );
  const scored = tf.tensor2d(
    Array.from({ length: rows * time }, () => rng.integer(2)),
    [rows, time],
  );
  const start = tf.tensor1d(layout.initialise(rng.split('initial')));
  const [zeros, one] = [tf.zeros([layout.count]), tf.scalar(1)];
  const inputs = [start, zeros, zeros, zeros, ids(), ids(), scored, tf.scalar(0.1), one, one];
  const { summation } = trainingStep(bigram, layout, new Optimiser(), rows, time);
  const [whole, ...others] = [1, 2, 5].map((slices) =>
    inSlices(summation, slices)(...inputs).map((tensor) => [...tensor.dataSync()]),
  );
  for (const other of others) {
    other.forEach((values, at) => values.forEach((value, i) => expect(value).toBeCloseTo(whole![at]![i]!, 5)));
  }
});

it('takes the same step by way of tables, where the alphabet is small beside the batch', () => {
  const build = (vocabularySize: number) =>
    new Transformer().build(
      Object.assign(new TransformerHyperparameters(), { layers: 2, width: 8, heads: 2 }),
      vocabularySize,
    );
  const [rows, time] = [6, 4];
  const small = build(3);
  const layout = new ParameterLayout(small.parameters);
  const rng = createRng('tables');
  const ids = () =>
    tf.tensor2d(
      Array.from({ length: rows * time }, () => rng.integer(3)),
      [rows, time],
      'int32',
    );
  const start = tf.tensor1d(layout.initialise(rng.split('initial')));
  const [zeros, one] = [tf.zeros([layout.count]), tf.scalar(1)];
  const inputs = [start, zeros, zeros, zeros, ids(), ids(), tf.ones([rows, time]), tf.scalar(0.1), one, one];
  const step = trainingStep(small, layout, new Optimiser(), rows, time);
  const sums = step.summation.part(...inputs).map(({ shape }) => shape);
  expect(sums).toEqual([[], [layout.count], [3, time, 8], [3, time, 24]]);
  const [whole, ...others] = [step.program, ...[1, 2].map((slices) => inSlices(step.summation, slices))].map(
    (program) => program(...inputs).map((tensor) => [...tensor.dataSync()]),
  );
  // The gradient of a step is in its moments.
  for (const other of others)
    other.forEach((values, at) => values.forEach((value, i) => expect(value).toBeCloseTo(whole![at]![i]!, 5)));
  const large = build(4);
  expect(
    trainingStep(large, new ParameterLayout(large.parameters), new Optimiser(), rows, time).summation.part(
      ...inputs.map((input, i) => (i < 4 ? tf.zeros([new ParameterLayout(large.parameters).count]) : input)),
    ),
  ).toHaveLength(2);
});

it('takes the same step where logits are computed at scored positions alone', () => {
  const build = () =>
    new Transformer().build(Object.assign(new TransformerHyperparameters(), { layers: 2, width: 8, heads: 2 }), 3);
  const [rows, time, scored] = [6, 5, 2];
  const model = build();
  const layout = new ParameterLayout(model.parameters);
  const rng = createRng('scored');
  const ids = () => Int32Array.from({ length: rows * time }, () => rng.integer(3));
  // Two positions in each row, one in the last.
  const weights = Float32Array.from({ length: rows * time }, (_, i) =>
    Number(i % time === 1 || (i % time === 3 && i < (rows - 1) * time)),
  );
  const batch = { tokens: ids(), targets: ids(), weights, rows, time };
  const chosen = scoredPositions(batch, scored);
  const start = tf.tensor1d(layout.initialise(rng.split('initial')));
  const [zeros, one] = [tf.zeros([layout.count]), tf.scalar(1)];
  const inputs = (
    { targets, weights: counted }: typeof batch | typeof chosen,
    count: number,
    ...positions: tf.Tensor[]
  ) => [
    start,
    zeros,
    zeros,
    zeros,
    tf.tensor2d(batch.tokens, [rows, time], 'int32'),
    tf.tensor2d(targets, [rows, count], 'int32'),
    tf.tensor2d(counted, [rows, count]),
    tf.scalar(0.1),
    one,
    one,
    ...positions,
  ];
  const numbers = (tensors: tf.Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);
  const whole = numbers(trainingStep(model, layout, new Optimiser(), rows, time).program(...inputs(batch, time)));
  const step = trainingStep(model, layout, new Optimiser(), rows, time, scored);
  expect(step.signature.at(-1)).toEqual({ shape: [rows, scored], dtype: 'int32' });
  const given = inputs(chosen, scored, tf.tensor2d(chosen.positions, [rows, scored], 'int32'));
  // By way of tables in slices, and directly.
  for (const program of [step.program, inSlices(step.summation, 1), inSlices(step.summation, 3)]) {
    numbers(program(...given)).forEach((values, at) =>
      values.forEach((value, i) => expect(value).toBeCloseTo(whole[at]![i]!, 5)),
    );
  }
});
