import * as tf from '@tensorflow/tfjs-core';
import {
  Transformer,
  TransformerHyperparameters,
  TransformerLearned,
  TransformerRandomized,
} from '../../architectures/transformer';
import { architecture, unitOf } from '../../registry';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { parametersOf } from '../support/architectures/parameters';

describe.each([
  ['learned', TransformerLearned, 1],
  ['randomized', TransformerRandomized, 8],
] as const)('transformer-%s in training', (_, unit, numbers) => {
  const hyperparameters = { layers: 1, width: 8, heads: 2, feedForwardFactor: 2 };
  const model = new unit().build(hyperparameters, 4);
  const tokens = tf.tensor2d([[0, 1, 2, 3, 2, 1, 0]], undefined, 'int32');
  const logits = (value: number) =>
    Array.from(model.forward(parametersOf(model), tokens, tf.fill([numbers], value) as tf.Tensor1D).dataSync());

  it('asks for random numbers and lets them move positions', () => {
    expect(model.noise!(7)).toBe(numbers);
    expect(logits(0.2).every(Number.isFinite)).toBe(true);
  });
  it('says something else for other positions', () => {
    const spaced = tf.tensor1d(Array.from({ length: numbers }, (__, i) => (i + 1) / (numbers + 2)));
    const moved = Array.from(model.forward(parametersOf(model), tokens, spaced).dataSync());
    expect(Math.max(...logits(0.9).map((x, i) => Math.abs(x - moved[i]!)))).toBeGreaterThan(1e-4);
  });
});

describe('absolute positions', () => {
  class Absolute extends TransformerHyperparameters {
    override positions = 'absolute' as const;
  }
  const row = architecture({
    ...unitOf(Transformer as never)!.meta,
    id: 'transformer-absolute',
    hyperparameters: Absolute,
  } as never)(class extends Transformer {} as never);
  for (const { name, applies, run } of architectureConformance(row)) (applies ? it : it.skip)(name, run);

  it('add to every token the vector of its place, and to those behind the table the last one', () => {
    const settings = Object.assign(new Absolute(), { layers: 1, width: 8, heads: 2, feedForwardFactor: 2 });
    const model = new Transformer().build(settings, 4);
    const plain = new Transformer().build(
      Object.assign(new TransformerHyperparameters(), settings, { positions: 'none' }),
      600,
    );
    const { 'positions.weight': table, ...shared } = parametersOf(model);
    expect(table!.shape).toEqual([512, 8]);
    const time = 515;
    const ids = Array.from({ length: time }, (_, at) => (at * 7) % 4);
    // The same model without positions, every token of a vocabulary of its own whose vector is the sum.
    const embedding = tf.tidy(() => {
      const places = tf.tensor1d(
        ids.map((_, at) => Math.min(at, 511)),
        'int32',
      );
      const tokens = tf.tensor1d(ids, 'int32');
      return tf.pad(tf.add(tf.gather(shared['embedding.weight']!, tokens), tf.gather(table!, places)), [
        [0, 600 - time],
        [0, 0],
      ]);
    });
    const readout = tf.pad(shared['readout.weight']!, [
      [0, 0],
      [0, 596],
    ]);
    const bias = tf.pad(shared['readout.bias']!, [[0, 596]]);
    const own = tf.tensor2d([ids.map((_, at) => at)], undefined, 'int32');
    const parameters = { ...shared, 'embedding.weight': embedding, 'readout.weight': readout, 'readout.bias': bias };
    const expected = tf.slice(plain.forward(parameters, own), [0, 0, 0], [1, time, 4]).dataSync();
    const found = model.forward(parametersOf(model), tf.tensor2d([ids], undefined, 'int32')).dataSync();
    expect(Math.max(...found.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-4);
  });
});
