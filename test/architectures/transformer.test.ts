import * as tf from '@tensorflow/tfjs';
import { TransformerLearned, TransformerRandomized } from '../../architectures/transformer';
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
