import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  byLength,
  causalAttention,
  chain,
  feedForward,
  HeadHyperparameters,
  languageModel,
  layerNorm,
  type Parameter,
  ParameterScope,
  residual,
  type SequenceLayer,
  sinusoidal,
  initializers,
  tokenwise,
} from './layers';

export class UniversalTransformerHyperparameters extends HeadHyperparameters {
  /** Blocks; `steps` times each, one after the other. */
  @IsInt() @Min(1) @Max(8) override layers = 1;
  /** How often the blocks are applied, with the same weights. */
  @IsInt() @Min(1) @Max(64) steps = 4;

  static override readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2, steps: 2 };
}

/** Steps with a learned vector of their own; later ones share the last vector. */
const knownSteps = 64;

/** x + v(step), before the blocks of a step. */
const stepSignal = (vectors: Parameter, step: number): SequenceLayer =>
  tokenwise((parameters: Parameters, x: Tensor): Tensor => {
    const row = tf.slice(vectors(parameters), [Math.min(step, knownSteps - 1), 0], [1, -1]);
    return tf.add(x, tf.reshape(row, [-1]));
  });

/** What a universal model is made of: the blocks, and how to apply them a number of times. */
function universal(
  hyperparameters: UniversalTransformerHyperparameters,
  vocabularySize: number,
  times: (time: number) => number,
): SequenceModel {
  const { layers, width, heads, feedForwardFactor } = hyperparameters;
  const scope = ParameterScope.root();
  const positions = sinusoidal(width);
  const vectors = scope.declare('steps.weight', [knownSteps, width], initializers.normal(0.02));
  return languageModel(scope, { vocabularySize, width, positions, norm: layerNorm }, () => {
    const blocks = Array.from({ length: layers }, (_, i) => {
      const inner = scope.child('layers').child(i);
      const [attention, widening] = [inner.child('attention'), inner.child('feedForward')];
      return [
        residual(layerNorm(attention.child('norm'), width), causalAttention(attention, { width, heads })),
        residual(
          layerNorm(widening.child('norm'), width),
          tokenwise(feedForward(widening, width, feedForwardFactor * width)),
        ),
      ];
    }).flat();
    const applied = (count: number) =>
      chain(Array.from({ length: count }, (_, step) => [stepSignal(vectors, step), ...blocks]).flat());
    return byLength(applied(times(0)), (time) => applied(times(time)));
  });
}

const meta = {
  id: 'universal-transformer',
  version: 1,
  title: 'Universal Transformer',
  year: 2019,
  summary: 'A Transformer whose blocks are applied several times with the same weights.',
  reference: {
    authors: 'Dehghani et al. 2019',
    title: 'Universal Transformers',
    identifier: '1807.03819',
    place: 'section 2',
  },
  capabilities: { causal: true },
  theory: { positions: 'sinusoidal' },
  hyperparameters: UniversalTransformerHyperparameters,
} satisfies ArchitectureMeta<UniversalTransformerHyperparameters>;

/**
 * Dehghani et al. 2019, without adaptive halting, pre-norm. For r = 0 .. steps - 1, the same blocks every time:
 *   x := x + v_r,  x := x + attention(norm(x)),  x := x + feedForward(norm(x))
 */
@architecture(meta)
export class UniversalTransformer implements Architecture<UniversalTransformerHyperparameters> {
  build(hyperparameters: UniversalTransformerHyperparameters, vocabularySize: number): SequenceModel {
    return universal(hyperparameters, vocabularySize, () => hyperparameters.steps);
  }
}

/** Tokens per step of the variant whose number of steps grows with the sequence. */
const tokensPerStep = 8;

@architecture({
  ...meta,
  id: 'universal-transformer-long',
  title: 'Universal Transformer, steps in proportion to length',
  summary: 'A Transformer whose blocks are applied `steps` times plus once for every eight tokens of the sequence.',
  variantOf: 'universal-transformer',
})
export class UniversalTransformerLong implements Architecture<UniversalTransformerHyperparameters> {
  build(hyperparameters: UniversalTransformerHyperparameters, vocabularySize: number): SequenceModel {
    const times = (time: number) => hyperparameters.steps + Math.floor(time / tokensPerStep);
    const { parameters, forward, attention } = universal(hyperparameters, vocabularySize, times);
    return { parameters, forward, attention };
  }
}
