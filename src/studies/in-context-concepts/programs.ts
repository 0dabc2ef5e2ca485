import * as tf from '@tensorflow/tfjs-core';
import type { TensorSpecification } from '../../core/contracts/engine';
import { NamedProgram, Signature } from '../../model/named-program';
import type { ConceptSettings } from './settings';

/** The weights of the model. */
export interface Weights {
  /** [dimension, dimension] */
  readonly attention: tf.Tensor2D;
  /** [hidden, dimension] */
  readonly readOut: tf.Tensor2D;
}

/** `Prompts` as tensors. */
export interface PromptTensors {
  readonly words: tf.Tensor3D;
  readonly labels: tf.Tensor3D;
  readonly queries: tf.Tensor2D;
  readonly targets: tf.Tensor1D;
}

export interface StepInputs extends Weights, PromptTensors {
  readonly learningRate: tf.Scalar;
}
export interface StepOutputs extends Weights {
  readonly loss: tf.Scalar;
}

export interface AnswerInputs extends Weights, PromptTensors {
  /** [count, L] */
  readonly matches: tf.Tensor2D;
}
export interface AnswerOutputs {
  /** Mean cross-entropy. */
  readonly loss: tf.Scalar;
  /** Share of prompts whose answer has the wrong sign. */
  readonly error: tf.Scalar;
  /** Attention on demonstrations with the sign of the query, mean over prompts. */
  readonly correct: tf.Scalar;
}

const float = (...shape: number[]): TensorSpecification => ({ shape, dtype: 'float32' });

function promptSpecifications(count: number, demonstrations: number, dimension: number) {
  return {
    words: float(count, demonstrations, dimension),
    labels: float(count, demonstrations, dimension),
    queries: float(count, dimension),
    targets: float(count),
  };
}
const weightSpecifications = ({ dimension, hidden }: ConceptSettings) => ({
  attention: float(dimension, dimension),
  readOut: float(hidden, dimension),
});

/** p_l = softmax_l(x_q^T A x_l): [count, L] */
function attentionOf(attention: tf.Tensor2D, { words, queries }: PromptTensors): tf.Tensor2D {
  const [count, demonstrations] = words.shape;
  const asked = tf.expandDims(tf.matMul(queries, attention), 1) as tf.Tensor3D; // [count, 1, dimension]
  return tf.softmax(tf.reshape(tf.matMul(asked, words, false, true), [count, demonstrations])) as tf.Tensor2D;
}

/** f = sum_j r_j relu(w_j . h),  h = sum_l p_l y_l,  r_j = 1/m for the first half of the m units and -1/m for the others: [count] */
function answersOf(readOut: tf.Tensor2D, weights: tf.Tensor2D, { labels }: PromptTensors): tf.Tensor1D {
  const [count, , dimension] = labels.shape;
  const gathered = tf.reshape(tf.matMul(tf.expandDims(weights, 1), labels), [count, dimension]) as tf.Tensor2D;
  const units = tf.relu(tf.matMul(gathered, readOut, false, true)); // [count, hidden]
  const hidden = readOut.shape[0];
  const signs = Array.from({ length: hidden }, (_, j) => (j < hidden / 2 ? 1 : -1) / hidden);
  return tf.sum(tf.mul(units, tf.tensor1d(signs)), 1);
}

const mean = (values: tf.Tensor): tf.Scalar => tf.div(tf.sum(values), values.size);

/** log(1 + exp(-t f)), mean over prompts */
const crossEntropy = (answers: tf.Tensor1D, targets: tf.Tensor1D): tf.Scalar =>
  mean(tf.softplus(tf.neg(tf.mul(targets, answers))));

/** One step of stochastic gradient descent with weight decay: w := w - rate (gradient + decay w) */
export function trainingStep(settings: ConceptSettings): NamedProgram<StepInputs, StepOutputs> {
  const { batchSize, demonstrations, dimension, weightDecay } = settings;
  return new NamedProgram({
    inputs: new Signature<StepInputs>({
      ...weightSpecifications(settings),
      ...promptSpecifications(batchSize, demonstrations, dimension),
      learningRate: float(),
    }),
    outputs: ['attention', 'readOut', 'loss'],
    compute: ({ attention, readOut, learningRate, ...prompts }) => {
      const { value, grads } = tf.valueAndGrads((a: tf.Tensor, w: tf.Tensor) =>
        crossEntropy(answersOf(w as tf.Tensor2D, attentionOf(a as tf.Tensor2D, prompts), prompts), prompts.targets),
      )([attention, readOut]);
      const next = (weights: tf.Tensor2D, gradient: tf.Tensor): tf.Tensor2D =>
        tf.sub(weights, tf.mul(learningRate, tf.add(gradient, tf.mul(weightDecay, weights))));
      return { attention: next(attention, grads[0]!), readOut: next(readOut, grads[1]!), loss: value as tf.Scalar };
    },
  });
}

/** Loss, error and correct attention on as many prompts at once. */
export function answering(
  settings: ConceptSettings,
  { count, demonstrations }: { readonly count: number; readonly demonstrations: number },
): NamedProgram<AnswerInputs, AnswerOutputs> {
  return new NamedProgram({
    inputs: new Signature<AnswerInputs>({
      ...weightSpecifications(settings),
      ...promptSpecifications(count, demonstrations, settings.dimension),
      matches: float(count, demonstrations),
    }),
    outputs: ['loss', 'error', 'correct'],
    compute: ({ attention, readOut, matches, ...prompts }) => {
      const weights = attentionOf(attention, prompts);
      const answers = answersOf(readOut, weights, prompts);
      const isWrong = tf.cast(tf.lessEqual(tf.mul(prompts.targets, answers), 0), 'float32');
      return {
        loss: crossEntropy(answers, prompts.targets),
        error: mean(isWrong),
        correct: mean(tf.sum(tf.mul(weights, matches), 1)),
      };
    },
  });
}
