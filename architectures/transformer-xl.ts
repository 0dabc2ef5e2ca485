import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  causalAttention,
  feedForward,
  HeadHyperparameters,
  relativePositions,
  residualBlocks,
  tokenwise,
} from './layers';
import { dai2019 } from './layers/references';

export class TransformerXlHyperparameters extends HeadHyperparameters {
  /** Tokens per segment; attention sees its own segment and the one before. */
  @IsInt() @Min(1) @Max(1024) segment = 16;

  static override readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2, segment: 3 };
}

/**
 * Transformer-XL (Dai et al. 2019, section 3.2): a layer attends to the outputs of the layer below in this segment, up to
 * the token itself, and in the segment before, with relative positions. Reading segment by segment and keeping the last one is the same as
 * attention with this mask over the whole sequence:
 *   s is visible from t  <=>  s <= t and floor(t / segment) - floor(s / segment) <= 1
 */
const lastTwoSegments = (segment: number) => (queries: Tensor, keys: Tensor) => {
  const [own, other] = [queries, keys].map((positions) => tf.floor(tf.div(positions, segment)));
  const back = tf.sub(tf.expandDims(own!, 1), tf.expandDims(other!, 0)); // [queries, keys]
  return tf.cast(tf.lessEqual(back, 1), 'float32');
};

@architecture({
  id: 'transformer-xl',
  version: 2,
  title: 'Transformer-XL',
  year: 2019,
  summary: 'A Transformer that reads in segments and sees, in every layer, its own segment and the one before.',
  reference: dai2019('section 3'),
  capabilities: { causal: true },
  theory: { positions: 'relative' },
  hyperparameters: TransformerXlHyperparameters,
})
export class TransformerXl implements Architecture<TransformerXlHyperparameters> {
  build(hyperparameters: TransformerXlHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, segment } = hyperparameters;
    const visible = lastTwoSegments(segment);
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        attention: (scope) =>
          causalAttention(scope, {
            width,
            heads,
            visible,
            positions: relativePositions(scope.child('positions'), width, heads),
          }),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
