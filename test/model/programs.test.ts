import * as tf from '@tensorflow/tfjs-core';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { createRng } from '../../src/core/random';
import { Optimiser } from '../../src/core/protocol';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import { inMicroBatches } from '../../src/engine/accumulation';
import type { Named } from '../../src/model/named-program';
import { ParameterLayout } from '../../src/model/parameters';
import { trainingStep, type TrainingInputs, type TrainingStep } from '../../src/model/programs';

beforeAll(() => tf.setBackend('cpu'));

/** Two symbols whose logits are `used`; `unused` is declared and never looked at, as a state between segments may be. */
const model: SequenceModel = {
  parameters: [
    { name: 'used', shape: [2], initializer: () => new Float32Array(2) },
    { name: 'unused', shape: [3], initializer: () => new Float32Array(3) },
  ],
  forward: ({ used }, tokens) => tf.add(tf.zeros([...tokens.shape, 2]), used!),
};

const scalars = { learningRate: tf.scalar(0.1), firstCorrection: tf.scalar(1), secondCorrection: tf.scalar(1) };

/** Parameters with no step behind them, none of which decays. */
const fresh = (parameters: Float32Array | number[]) => ({
  parameters: tf.tensor1d(parameters),
  firstMoment: tf.zeros<tf.Rank.R1>([parameters.length]),
  secondMoment: tf.zeros<tf.Rank.R1>([parameters.length]),
  decayMask: tf.zeros<tf.Rank.R1>([parameters.length]),
});

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);

/** Each number of each tensor. */
function expectClose(actual: number[][], expected: number[][]): void {
  expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  actual.forEach((values, at) => values.forEach((value, i) => expect(value).toBeCloseTo(expected[at]![i]!, 5)));
}

/** A step on lists, its batch in so many micro-batches. */
const inPieces = (step: TrainingStep, inputs: TrainingInputs, count: number) =>
  numbers(
    inMicroBatches(
      step.accumulation!,
      count,
    )(...step.inputs.flatten<tf.Tensor>(inputs as Named<TrainingInputs, tf.Tensor>)),
  );

it('leaves a parameter alone that the loss does not depend on, and moves the others', () => {
  const layout = new ParameterLayout(model.parameters);
  const optimiser = Object.assign(new Optimiser(), { weightDecay: 0 });
  const { parameters, loss } = trainingStep({ model, layout, optimiser, rows: 1, time: 2 }).compute({
    ...fresh([0, 0, 1, 2, 3]),
    ...scalars,
    tokens: tf.zeros([1, 2], 'int32'),
    targets: tf.ones([1, 2], 'int32'),
    weights: tf.ones([1, 2]),
  });
  const [first, second, ...unused] = parameters.arraySync();
  expect(unused).toEqual([1, 2, 3]);
  expect(first).toBeLessThan(0);
  expect(second).toBeGreaterThan(0);
  expect(loss.arraySync()).toBeCloseTo(Math.log(2), 5);
});

it('takes the same step whether or not the batch is cut into pieces', () => {
  const bigram: SequenceModel = {
    parameters: [
      { name: 'table', shape: [3, 3], initializer: (rng) => Float32Array.from({ length: 9 }, () => rng.normal()) },
    ],
    forward: ({ table }, tokens) => tf.gather(table!, tokens) as tf.Tensor3D,
  };
  const layout = new ParameterLayout(bigram.parameters);
  const rng = createRng('slices');
  const [rows, time] = [5, 4];
  const draw = (most: number) => Int32Array.from({ length: rows * time }, () => rng.integer(most));
  const inputs = {
    ...fresh(layout.initialise(rng.split('initial'))),
    ...scalars,
    tokens: tf.tensor2d(draw(3), [rows, time], 'int32'),
    targets: tf.tensor2d(draw(3), [rows, time], 'int32'),
    weights: tf.tensor2d(Float32Array.from(draw(2)), [rows, time]),
  };
  const step = trainingStep({ model: bigram, layout, optimiser: new Optimiser(), rows, time });
  const [whole, ...others] = [1, 2, 5].map((count) => inPieces(step, inputs, count));
  for (const other of others) expectClose(other, whole!);
});

const transformer = (vocabularySize: number) =>
  new Transformer().build(
    Object.assign(new TransformerHyperparameters(), { layers: 2, width: 8, heads: 2 }),
    vocabularySize,
  );

it('takes the same step by way of tables, where the alphabet is small beside the batch', () => {
  const [rows, time] = [6, 4];
  const optimiser = new Optimiser();
  const rng = createRng('tables');
  const ids = () =>
    tf.tensor2d(
      Array.from({ length: rows * time }, () => rng.integer(3)),
      [rows, time],
      'int32',
    );
  const small = transformer(3);
  const layout = new ParameterLayout(small.parameters);
  const start = layout.initialise(rng.split('initial'));
  const batch = { ...scalars, tokens: ids(), targets: ids(), weights: tf.ones<tf.Rank.R2>([rows, time]) };
  const inputs = { ...fresh(start), ...batch };
  const step = trainingStep({ model: small, layout, optimiser, rows, time });
  const list = step.inputs.flatten<tf.Tensor>(inputs);
  expect(step.accumulation!.part(...list).map(({ shape }) => shape)).toEqual([
    [],
    [layout.count],
    [3, time, 8],
    [3, time, 24],
  ]);
  // The gradient of a step is in its moments.
  const whole = numbers(step.program(...list));
  for (const count of [1, 2]) expectClose(inPieces(step, inputs, count), whole);

  const large = transformer(4);
  const wide = new ParameterLayout(large.parameters);
  const other = trainingStep({ model: large, layout: wide, optimiser, rows, time });
  const given = { ...fresh(new Float32Array(wide.count)), ...batch };
  expect(other.accumulation!.part(...other.inputs.flatten<tf.Tensor>(given))).toHaveLength(2);
});

it('takes the same step where logits are computed at scored positions alone', () => {
  const [rows, time, scored] = [6, 5, 2];
  const model = transformer(3);
  const layout = new ParameterLayout(model.parameters);
  const rng = createRng('scored');
  const start = layout.initialise(rng.split('initial'));
  const tokens = tf.tensor2d(
    Int32Array.from({ length: rows * time }, () => rng.integer(3)),
    [rows, time],
    'int32',
  );
  // Positions 1 and 3 of each row, 1 alone in the last.
  const places = Array.from({ length: rows }, (_, row) => [1, row < rows - 1 ? 3 : 0]);
  const weights = places.map((at) => at.map((position) => Number(position > 0)));
  const targets = places.map((at) => at.map(() => rng.integer(3)));
  const everywhere = <T>(values: readonly (readonly T[])[], otherwise: T) =>
    places.map((at, row) =>
      Array.from({ length: time }, (_, position) =>
        position > 0 ? (values[row]![at.indexOf(position)] ?? otherwise) : otherwise,
      ),
    );
  const common = { ...fresh(start), ...scalars, tokens };
  const settings = { model, layout, optimiser: new Optimiser(), rows, time };
  const whole = trainingStep(settings).compute({
    ...common,
    targets: tf.tensor2d(everywhere(targets, 0), [rows, time], 'int32'),
    weights: tf.tensor2d(everywhere(weights, 0), [rows, time]),
  });
  const step = trainingStep({ ...settings, scored });
  expect(step.signature.at(-1)).toEqual({ shape: [rows, scored], dtype: 'int32' });
  const inputs = {
    ...common,
    targets: tf.tensor2d(targets, [rows, scored], 'int32'),
    weights: tf.tensor2d(weights, [rows, scored]),
    positions: tf.tensor2d(places, [rows, scored], 'int32'),
  };
  // Moments and loss: where a gradient is nothing but rounding, the parameters follow its sign.
  const expected = numbers([whole.firstMoment, whole.secondMoment, whole.loss]);
  expectClose(numbers(step.program(...step.inputs.flatten<tf.Tensor>(inputs))).slice(1), expected);
  // By way of tables in micro-batches.
  for (const count of [1, 3]) expectClose(inPieces(step, inputs, count).slice(1), expected);
});
