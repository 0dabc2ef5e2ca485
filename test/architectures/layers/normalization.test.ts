import * as tf from '@tensorflow/tfjs-core';
import { groupNorm, ParameterScope, rootMeanSquare, standardize, unitLength } from '../../../architectures/layers';
import { createRng } from '../../../src/core/random';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const mean = (x: tf.Tensor) => tf.mean(x, -1, true);
const centred = (x: tf.Tensor) => tf.sub(x, mean(x));

/** The definitions, for automatic differentiation. */
const norms: Readonly<Record<string, [(x: tf.Tensor) => tf.Tensor, (x: tf.Tensor) => tf.Tensor]>> = {
  standardize: [standardize, (x) => tf.div(centred(x), tf.sqrt(tf.add(mean(tf.square(centred(x))), 1e-5)))],
  rootMeanSquare: [rootMeanSquare, (x) => tf.div(x, tf.sqrt(tf.add(mean(tf.square(x)), 1e-5)))],
  unitLength: [unitLength, (x) => tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x), -1, true), 1e-6)))],
};

it.each(Object.entries(norms))(
  '%s and its gradient are what automatic differentiation makes of the definition',
  (_name, [norm, definition]) => {
    const rng = createRng(5);
    const random = () =>
      tf.tensor3d(
        Float32Array.from({ length: 2 * 3 * 5 }, () => rng.normal()),
        [2, 3, 5],
      );
    const [x, d] = [random(), random()];
    for (const scale of [1, 1e-2]) {
      const at = tf.mul(x, scale);
      const difference = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
      expect(difference(norm(at), definition(at))).toBeLessThan(1e-5);
      const [actual, expected] = [norm, definition].map((one) => tf.grad((y) => tf.mul(one(y), d))(at)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      expect(difference(actual, expected)).toBeLessThan(1e-4 / scale);
    }
  },
);

it.each([{}, { bias: false }, { epsilon: 0.5 }])(
  'normalises every group by itself, with a gain for every channel: %j',
  (options) => {
    const scope = ParameterScope.root();
    const norm = groupNorm(scope, 2, 3, options);
    expect(scope.specifications.map(({ name }) => name)).toEqual(options.bias === false ? ['gain'] : ['gain', 'bias']);
    const parameters = { gain: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), bias: tf.fill([2, 3], 10) };
    const said = norm(parameters, tf.tensor3d([1, 2, 6, -4, 0, 4], [1, 2, 3])).dataSync();
    // Means 3 and 0, variances 14/3 and 32/3
    const { epsilon = 1e-5, bias = true } = options;
    const [a, b] = [1 / Math.sqrt(14 / 3 + epsilon), 1 / Math.sqrt(32 / 3 + epsilon)];
    [-2 * a, -1 * a * 2, 3 * a * 3, -4 * b * 4, 0, 4 * b * 6].forEach((y, i) =>
      expect(said[i]).toBeCloseTo(y + (bias ? 10 : 0), 4),
    );
  },
);
