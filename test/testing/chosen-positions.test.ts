import * as tf from '@tensorflow/tfjs';
import { Lstm } from '../../architectures/lstm';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { RecurrentHyperparameters } from '../../architectures/layers';
import { createRng, unitOf, type ArchitectureMeta, type SequenceModel } from '../../registry';
import { positionsAgree } from '../../src/testing/chosen-positions';
import { vocabularySize } from '../../src/testing/models';

beforeAll(() => tf.setBackend('cpu'));

const transformer = new Transformer().build(Object.assign(new TransformerHyperparameters(), { layers: 2, width: 4, heads: 2 }), vocabularySize);
const { forwardAt, tableForm } = transformer;

/** What the check says of a model; nothing if it passes. */
function problemOf(model: SequenceModel): string | undefined {
  const meta = unitOf(Transformer)!.meta as ArchitectureMeta;
  try {
    tf.tidy(() => positionsAgree({ model, meta, rng: createRng('positions'), assert: (holds, problem) => {
      if (!holds) throw new Error(problem);
    } }));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

it('passes models whose forms agree, and those that have but one', () => {
  expect(forwardAt).toBeDefined();
  expect(problemOf(transformer)).toBeUndefined();
  // Nothing of a recurrent network but its read-out could be spared.
  const lstm = new Lstm().build(Object.assign(new RecurrentHyperparameters(), { hiddenSize: 4, embeddingWidth: 3 }), vocabularySize);
  expect(lstm.forwardAt).toBeUndefined();
  expect(problemOf(lstm)).toBeUndefined();
});

it.each<[string, Partial<SequenceModel>, RegExp]>([
  ['other positions', { forwardAt: (parameters, tokens, at) => forwardAt!(parameters, tokens, tf.sub(tf.scalar(6, 'int32'), at) as tf.Tensor2D) }, /^forwardAt: logits differ/],
  ['all positions', { forwardAt: (parameters, tokens) => transformer.forward(parameters, tokens) }, /^forwardAt: logits have the shape/],
  ['no gradient', { forwardAt: (...given) => tf.customGrad((x) => ({ value: tf.clone(x as tf.Tensor), gradFunc: (dy) => tf.mul(dy, 0.5) }))(forwardAt!(...given)) as tf.Tensor3D }, /^forwardAt: the gradients of .* differ/],
  ['tables at other positions', { tableForm: { ...tableForm!, forward: (parameters, entries, at) => tableForm!.forward(parameters, entries, tf.sub(tf.scalar(6, 'int32'), at!) as tf.Tensor2D) } }, /^the table form: logits differ/],
])('finds %s', (_what, change, problem) => {
  expect(problemOf({ ...transformer, ...change })).toMatch(problem);
});
