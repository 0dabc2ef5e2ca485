import * as tf from '@tensorflow/tfjs-core';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { modelShortcuts, shortenedModel, type ModelShortcuts } from '../../architectures/layers/shortcuts';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import { positionsAgree } from '../../src/testing/chosen-positions';
import { vocabularySize } from '../../src/testing/models';
import { problemOf } from '../support/architectures/problem';

beforeAll(() => tf.setBackend('cpu'));

const transformer = new Transformer().build(
  Object.assign(new TransformerHyperparameters(), { layers: 2, width: 4, heads: 2 }),
  vocabularySize,
);
const { forwardAt, tableForm } = modelShortcuts(transformer);
/** The Transformer with other shortcuts. */
const shortened = (shortcuts: ModelShortcuts): SequenceModel => ({
  ...transformer,
  forward: shortenedModel((...given) => transformer.forward(...given), { forwardAt, tableForm, ...shortcuts }),
});

it('passes a model whose forms agree', () => {
  expect(forwardAt).toBeDefined();
  expect(problemOf(positionsAgree, transformer)).toBeUndefined();
});

it.each<[string, ModelShortcuts, RegExp]>([
  [
    'other positions',
    {
      forwardAt: (parameters, tokens, at) =>
        forwardAt!(parameters, tokens, tf.sub(tf.scalar(6, 'int32'), at) as tf.Tensor2D),
    },
    /^forwardAt: logits differ/,
  ],
  [
    'all positions',
    { forwardAt: (parameters, tokens) => transformer.forward(parameters, tokens) },
    /^forwardAt: logits have the shape/,
  ],
  [
    'no gradient',
    {
      forwardAt: (...given) =>
        tf.customGrad((x) => ({ value: tf.clone(x as tf.Tensor), gradFunc: (dy) => tf.mul(dy, 0.5) }))(
          forwardAt!(...given),
        ) as tf.Tensor3D,
    },
    /^forwardAt: the gradients of .* differ/,
  ],
  [
    'tables at other positions',
    {
      tableForm: {
        ...tableForm!,
        forward: (parameters, entries, at) =>
          tableForm!.forward(parameters, entries, tf.sub(tf.scalar(6, 'int32'), at!) as tf.Tensor2D),
      },
    },
    /^the table form: logits differ/,
  ],
])('finds %s', (_what, change, problem) => {
  expect(problemOf(positionsAgree, shortened(change))).toMatch(problem);
});
