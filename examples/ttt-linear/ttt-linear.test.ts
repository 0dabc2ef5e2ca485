import * as tf from '@tensorflow/tfjs-core';
import { createRng } from 'chomsky-zoo';
import { ParameterScope } from 'chomsky-zoo/layers';
import { architectureConformance } from 'chomsky-zoo/testing';
import { epsilon, tttLinear, TttLinear } from './ttt-linear';

describe('what every row of the zoo keeps', () => {
  for (const { name, applies, run } of architectureConformance(TttLinear)) (applies ? test : test.skip)(name, run);
});

type Matrix = number[][];
const sizes = { width: 6, heads: 2 };
const d = sizes.width / sizes.heads;

const times = (x: number[], w: Matrix): number[] =>
  w[0]!.map((_, j) => x.reduce((sum, each, i) => sum + each * w[i]![j]!, 0));
const sum = (x: number[]): number => x.reduce((total, each) => total + each, 0);

/** f(x; W) = x + LN(x W) */
function inner(x: number[], w: Matrix, gain: number[], bias: number[]): number[] {
  const z = times(x, w);
  const mean = sum(z) / d;
  const deviation = Math.sqrt(sum(z.map((each) => (each - mean) ** 2)) / d + epsilon);
  return z.map((each, i) => x[i]! + (gain[i]! * (each - mean)) / deviation + bias[i]!);
}

/** dl/dW by central differences: nothing of the closed form is used. */
function gradientOf(loss: (w: Matrix) => number, w: Matrix): Matrix {
  const h = 1e-5;
  const moved = (i: number, j: number, by: number) =>
    loss(w.map((row, a) => row.map((each, b) => (a === i && b === j ? each + by : each))));
  return w.map((row, i) => row.map((_, j) => (moved(i, j, h) - moved(i, j, -h)) / (2 * h)));
}

/** The layer in loops, in double precision, one head and one token after the other: x [time][width] */
function plain(values: Readonly<Record<string, tf.Tensor>>, x: Matrix): Matrix {
  const numbers = (name: string) => values[name]!.arraySync();
  const projections = numbers('projections.weight') as Matrix;
  const rates = numbers('rates.weight') as Matrix;
  const rateBias = numbers('rates.bias') as number[];
  const output = numbers('output.weight') as Matrix;
  const initial = numbers('initial') as Matrix[];
  const [gains, biases] = [numbers('gain') as Matrix, numbers('bias') as Matrix];
  const memories = initial.map((w) => w.map((row) => [...row]));
  return x.map((token) => {
    const projected = times(token, projections);
    const z = memories.flatMap((w, head) => {
      const [k, v, q] = [0, 1, 2].map((part) =>
        projected.slice(part * sizes.width + head * d, part * sizes.width + (head + 1) * d),
      );
      const eta = 1 / (1 + Math.exp(-(times(token, rates)[head]! + rateBias[head]!))) / d;
      const loss = (at: Matrix) =>
        sum(inner(k!, at, gains[head]!, biases[head]!).map((each, i) => (each - v![i]!) ** 2)) / 2;
      const gradient = gradientOf(loss, w);
      memories[head] = w.map((row, i) => row.map((each, j) => each - eta * gradient[i]![j]!));
      return inner(q!, memories[head]!, gains[head]!, biases[head]!);
    });
    return times(z, output);
  });
}

test('says what its equations say, computed in loops with the inner gradient by differences', async () => {
  await tf.setBackend('cpu');
  const scope = ParameterScope.root();
  const layer = tttLinear(scope, sizes);
  const rng = createRng('ttt-linear');
  const values = Object.fromEntries(
    scope.specifications.map(({ name, shape }) => {
      const count = shape.reduce((product, extent) => product * extent, 1);
      return [
        name,
        tf.tensor(
          Float32Array.from({ length: count }, () => rng.normal() / 2),
          [...shape],
        ),
      ];
    }),
  );
  const x = Array.from({ length: 7 }, () => Array.from({ length: sizes.width }, () => rng.normal()));
  const [computed] = layer.forward(values, tf.tensor3d([x])).arraySync() as Matrix[];
  const expected = plain(values, tf.tensor2d(x).arraySync());
  computed!.forEach((token, t) => token.forEach((each, i) => expect(each).toBeCloseTo(expected[t]![i]!, 4)));
  // The step of gradient descent is felt: without it the answers are others.
  const still = plain({ ...values, 'rates.bias': tf.fill([sizes.heads], -1e9) }, x);
  expect(Math.abs(still[6]![0]! - expected[6]![0]!)).toBeGreaterThan(1e-2);
});
