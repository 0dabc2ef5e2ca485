import * as tf from '@tensorflow/tfjs-core';
import { standardize } from '../../../../architectures/layers';
import { recogniseLayerNormalization } from '../../../../src/engine/onnx/passes/layer-normalization';
import { simplify } from '../../../../src/engine/passes/simplify';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

type Program = Parameters<typeof graphOf>[0];
const recognised = (graph: ReturnType<typeof graphOf>) => recogniseLayerNormalization(simplify(graph));

it.each<[string, Program]>([
  ['plain', (x) => [standardize(x!)]],
  ['with gain', (x, gain) => [tf.mul(standardize(x!), gain!)]],
  ['with gain and bias', (x, gain, bias) => [tf.add(bias!, tf.mul(gain!, standardize(x!)))]],
  [
    'written by hand',
    (x) => {
      const centred = tf.sub(x!, tf.mean(x!, 2, true));
      return [tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), 2, true), 0.1)))];
    },
  ],
])('is one operator: %s', async (_name, program) => {
  const original = graphOf(program, [2, 3, 8], [8], [8]);
  expect(operatorsOf(recognised(original))).toEqual(['LayerNormalization']);
  await expectSameResults(recognised(original), original, 1e-5);
});

it('gives the deviation to the gradient', async () => {
  const original = graphOf((x, y) => tf.grads((a, b) => tf.mul(standardize(a!), b!))([x!, y!]), [2, 3, 8], [2, 3, 8]);
  const graph = recognised(original);
  expect(operatorsOf(graph)).toContain('LayerNormalization');
  expect(operatorsOf(graph)).not.toContain('Sqrt');
  await expectSameResults(graph, original, 1e-5);
});

it.each<[string, Program]>([
  [
    'whose difference is used elsewhere',
    (x) => {
      const centred = tf.sub(x!, tf.mean(x!, -1, true));
      return [tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5))), centred];
    },
  ],
  [
    'over other dimensions',
    (x) => {
      const centred = tf.sub(x!, tf.mean(x!, 1, true));
      return [tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-5)))];
    },
  ],
])('leaves alone what is standardized %s', async (_name, program) => {
  const original = graphOf(program, [2, 3, 8]);
  expect(operatorsOf(recognised(original))).not.toContain('LayerNormalization');
  await expectSameResults(recognised(original), original);
});
