import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { absorbIntoProducts } from '../../../src/engine/passes/matrix-products';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

it('lets products transpose and scale, whatever the combination', async () => {
  const flags = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(flags, async ([transA, transB, copyA, copyB, scaleA, scaleB, scaleResult]) => {
      const original = graphOf(
        (x, y) => {
          const swap = [0, 2, 1];
          let a = copyA ? tf.transpose(x!, swap) : x!;
          let b = copyB ? tf.transpose(y!, swap) : y!;
          if (scaleA) a = tf.mul(a, 0.5);
          if (scaleB) b = tf.mul(3, b);
          const product = tf.matMul(a, b, transA, transB);
          return [scaleResult ? tf.mul(product, 0.25) : product];
        },
        [2, 3, 3],
        [2, 3, 3],
      );
      const graph = absorbIntoProducts(original);
      expect(graph.nodes).toHaveLength(1);
      await expectSameResults(graph, original);
    }),
    { numRuns: 40, seed: 1 },
  );
});

it('keeps other permutations, integers, and products that are used unscaled too', async () => {
  const original = graphOf(
    (x, y) => {
      const product = tf.matMul(x!, y!);
      return [
        product,
        tf.mul(product, 2),
        tf.matMul(tf.transpose(x!, [1, 0, 2]), tf.transpose(x!, [1, 0, 2]), false, true),
      ];
    },
    [2, 2, 3],
    [2, 3, 2],
  );
  expect(operatorsOf(absorbIntoProducts(original))).toEqual(operatorsOf(original));
  await expectSameResults(absorbIntoProducts(original), original);
});

it('leaves the factor of a single row beside the product', async () => {
  const original = graphOf((x, y) => [tf.matMul(tf.mul(x!, 0.5), y!, false, true)], [2, 1, 3], [2, 4, 3]);
  expect(operatorsOf(absorbIntoProducts(original))).toEqual(['Mul', 'FusedMatMul']);
  await expectSameResults(absorbIntoProducts(original), original);
});
