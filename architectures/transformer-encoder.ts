import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  type Attended,
  each,
  embedding,
  feedForward,
  fromHeads,
  HeadHyperparameters,
  initializers,
  layerNorm,
  linear,
  paddingToken,
  ParameterScope,
  split,
  timeInside,
  toHeads,
} from './layers';
import { deletang2023 } from './layers/references';

export class TransformerEncoderHyperparameters extends HeadHyperparameters {
  override layers = 5;
  override heads = 8;
}

const embeddingDeviation = 0.02;
const hidden = -1e9;

/**
 * The bidirectional Transformer of Deletang et al. 2023 (appendix A), post-norm, without its dropout. Every token,
 * answer slots included, sees every other; padding is seen by none. No biases in attention. Per block:
 *   x := norm(x + attention(x)),  x := norm(x + relu(x W1 + b1) W2 + b2)
 * Embeddings are multiplied by sqrt(width); positions count down to 1 at the last token, sinusoids as in `transformer`.
 */
@architecture({
  id: 'transformer-encoder',
  version: 1,
  title: 'Transformer encoder',
  year: 2023,
  summary: 'The bidirectional reference of the Chomsky-hierarchy study: every token sees the whole sequence.',
  reference: deletang2023('appendix A'),
  capabilities: { causal: false },
  hyperparameters: TransformerEncoderHyperparameters,
})
export class TransformerEncoder implements Architecture<TransformerEncoderHyperparameters> {
  build(
    { layers, width, heads, feedForwardFactor }: TransformerEncoderHyperparameters,
    vocabularySize: number,
  ): SequenceModel {
    const scope = ParameterScope.root();
    const embed = embedding(
      scope.child('embedding'),
      vocabularySize,
      width,
      initializers.truncatedNormal(embeddingDeviation),
    );
    const blocks = Array.from({ length: layers }, (_, i) => {
      const inner = scope.child('layers').child(i);
      return {
        project: linear(inner.child('attention.queryKeyValue'), width, 3 * width, { bias: false }),
        output: linear(inner.child('attention.output'), width, width, { bias: false }),
        attentionNorm: layerNorm(inner.child('attention.norm'), width),
        feedForward: feedForward(inner.child('feedForward'), width, feedForwardFactor * width),
        feedForwardNorm: layerNorm(inner.child('feedForward.norm'), width),
      };
    });
    const readOut = linear(scope.child('readout'), width, vocabularySize);

    const attend = (
      parameters: Parameters,
      { project, output }: (typeof blocks)[number],
      x: Tensor,
      mask: Tensor,
    ): Attended => {
      const [query, key, value] = each(split(project(parameters, x), 3, 2), (part) => timeInside(toHeads(part, heads)));
      const score = tf.matMul(tf.mul(query, 1 / Math.sqrt(width / heads)), key, false, true);
      const weights = tf.softmax(tf.add(score, mask)); // [batch, heads, time, time]
      return { weights: [weights], output: output(parameters, fromHeads(timeInside(tf.matMul(weights, value)), x)) };
    };
    /** All blocks: the attention weights of each, and the output of the last. */
    const run = (parameters: Parameters, tokens: Tensor): Attended => {
      const present = tf.cast(tf.notEqual(tokens, tf.scalar(paddingToken, 'int32')), 'float32'); // [batch, time]
      const mask = tf.mul(tf.sub(1, tf.reshape(present, [tokens.shape[0], 1, 1, tokens.shape[1]!])), hidden);
      const scaled = tf.mul(embed(parameters, tokens), Math.sqrt(width));
      const weights: Tensor[] = [];
      let x: Tensor = tf.add(scaled, countedDown(present, width));
      for (const block of blocks) {
        const looked = attend(parameters, block, x, mask);
        weights.push(...looked.weights);
        x = block.attentionNorm(parameters, tf.add(x, looked.output));
        x = block.feedForwardNorm(parameters, tf.add(x, block.feedForward(parameters, x)));
      }
      return { weights, output: x };
    };
    return {
      parameters: scope.specifications,
      forward: (parameters, tokens) => readOut(parameters, run(parameters, tokens).output),
      attention: (parameters, tokens) => tf.stack([...run(parameters, tokens).weights], 1),
    };
  }
}

/** Sinusoids of the number of tokens from here to the last, itself counted: present [batch, time] -> [batch, time, width] */
function countedDown(present: Tensor, width: number): Tensor {
  const half = Math.ceil(width / 2);
  const frequencies = tf.tensor1d(Float32Array.from({ length: half }, (_, i) => 10000 ** (-i / half)));
  const remaining = tf.cumsum(present, 1, false, true); // summed from the end
  const angles = tf.mul(tf.expandDims(remaining, 2), frequencies);
  return tf.slice(tf.concat([tf.sin(angles), tf.cos(angles)], 2), [0, 0, 0], [-1, -1, width]);
}
