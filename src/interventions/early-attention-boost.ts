import 'reflect-metadata';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsBoolean, IsNumber, Max, Min } from 'class-validator';
import { type AttentionHook, attentionShapes, hookedModel } from '../../architectures/layers/attention-hook';
import { intervention } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Intervention } from '../core/contracts/intervention';
import { tracedForward } from '../model/traced-forward';

export class EarlyAttentionBoostSettings {
  /** alpha: how much more weight the boosted entries of the second layer get, nearly; 0 changes nothing. */
  @IsNumber() @Min(-1) @Max(100) alpha = 0.2;
  /** tau: entries of the first layer with more weight than this are boosted in deeper layers. */
  @IsNumber() @Min(0) @Max(1) threshold = 0.01;
  /** Whether the weights of a query are divided by what they then sum to, which the authors do not do. */
  @IsBoolean() renormalise = false;
}

/** Tokens that a model is traced on to see its attention. */
const tracedTokens = 3;

/**
 * Liao and Vargas 2024, as their code has it. Of a model with attention A_0 .. A_{L-1}, for each head and query:
 *   M = A_0 > tau, the diagonal cleared
 *   A_l := A_l * (1 + alpha (1 - l / (L - 1)) M)     l = 1 .. L-1, after softmax; rows then sum to more than 1
 * The first layer stays as it is, and so does the last one, whose factor is 1.
 */
@intervention({
  id: 'early-attention-boost',
  version: 1,
  title: 'Early attention, boosted',
  summary: 'Gives the entries that the first layer attends to more weight in deeper layers, less the deeper they are.',
  reference: {
    authors: 'Liao and Vargas 2024',
    title: 'Extending Token Computation for LLM Reasoning',
    identifier: '2403.14932',
  },
  hyperparameters: EarlyAttentionBoostSettings,
})
export class EarlyAttentionBoost implements Intervention<EarlyAttentionBoostSettings> {
  refuses(model: SequenceModel): string | undefined {
    const shapes = [...attentionShapes(() => tracedForward(model, tracedTokens)).values()];
    if (shapes.length === 0) return 'it has no attention';
    if (shapes.every(({ length }) => length < 3))
      return 'it has fewer than three layers of attention, of which the first and the last stay as they are';
    const areAlike = shapes.every(([first, ...deeper]) => deeper.every((shape) => String(shape) === String(first)));
    return areAlike ? undefined : 'its layers attend with different numbers of heads or keys';
  }

  applied(model: SequenceModel, settings: EarlyAttentionBoostSettings): SequenceModel {
    return hookedModel(model, () => boost(settings));
  }
}

function boost({ alpha, threshold, renormalise }: EarlyAttentionBoostSettings): AttentionHook {
  const masks = new Map<string, Tensor>(); // of the first layer, by name: [batch, heads, queries, keys]
  return (weights, { name, layer, layers, own }) => {
    if (layer === 0) {
      const strong = tf.cast(tf.greater(weights, threshold), 'float32');
      masks.set(name, own ? tf.mul(strong, tf.sub(1, own())) : strong);
      return weights;
    }
    // A * (1 + alpha (1 - l / (L - 1)) M)
    const factor = tf.add(1, tf.mul(masks.get(name)!, alpha * (1 - layer / (layers - 1))));
    const boosted = tf.mul(weights, factor);
    if (!renormalise) return boosted;
    // By how much the sum has grown, which is exactly 1 where nothing was boosted.
    return tf.div(boosted, tf.div(tf.sum(boosted, -1, true), tf.sum(weights, -1, true)));
  };
}
