import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { embedding, ParameterScope } from '../../architectures/layers';
import { createRng } from '../../src/core/random';
import type { ArchitectureMeta, SequenceModel, State } from '../../src/core/contracts/architecture';
import { vocabularySize } from '../../src/testing/models';
import { updateIsAsRead } from '../../src/testing/state-update';

beforeAll(() => tf.setBackend('cpu'));

/** A model whose state is updated in one way when it is computed, and in another when its program is read. */
function twoFaced(computed: (h: Tensor, x: Tensor) => Tensor, read: (h: Tensor, x: Tensor) => Tensor): SequenceModel {
  const scope = ParameterScope.root();
  const embed = embedding(scope.child('embedding'), vocabularySize, 3);
  return {
    parameters: scope.specifications,
    forward: (parameters, tokens) => embed(parameters, tokens),
    initialState: (batch) => ({ h: tf.zeros([batch, 3]) }),
    step: (parameters, { h }: State, token) => {
      const x = embed(parameters, token);
      const next = tf.getBackend() === 'cpu' ? computed(h!, x) : read(h!, x);
      return { state: { h: next }, logits: x };
    },
  };
}
const check = (model: SequenceModel) => () =>
  tf.tidy(() =>
    updateIsAsRead({
      model,
      meta: {} as ArchitectureMeta,
      rng: createRng('two-faced'),
      assert: (holds, problem) => {
        if (!holds) throw new Error(problem);
      },
    }),
  );

const ways: Readonly<Record<string, (h: Tensor, x: Tensor) => Tensor>> = {
  fresh: (_, x) => x,
  moved: (h) => tf.reverse(h, 1),
  affine: (h, x) => tf.add(tf.mul(h, tf.sigmoid(x)), x),
  'max-plus': (h, x) => tf.maximum(tf.add(h, x), x),
  'non-linear': (h, x) => tf.tanh(tf.add(tf.sum(h, 1, true), x)),
};
const names = Object.keys(ways);

it.each(names)('agrees with what is read where it is what is computed: %s', (way) =>
  expect(check(twoFaced(ways[way]!, ways[way]!))).not.toThrow(),
);

it.each([
  ['non-linear', 'affine'],
  ['non-linear', 'moved'],
  ['non-linear', 'fresh'],
  ['non-linear', 'max-plus'],
  ['max-plus', 'affine'],
])('sees that what is computed is %s where %s is read', (computed, read) =>
  expect(check(twoFaced(ways[computed]!, ways[read]!))).toThrow(`h: read as ${read}, but off by`),
);

it.each(['affine', 'moved', 'fresh'])('finds nothing non-linear in what is %s', (computed) =>
  expect(check(twoFaced(ways[computed]!, ways['non-linear']!))).toThrow('no state shows it'),
);
