import { IsIn, IsNumber, IsOptional, Max, Min } from 'class-validator';
import type { SequenceModel } from '../../registry';
import { causalAttention } from './attention';
import { feedForward } from './feed-forward';
import { HeadHyperparameters } from './hyperparameters';
import { normal } from './initializers';
import { type Normalisation, normalisations, residualBlocks } from './language-model';
import { type NoiseKind, noiseKinds, orthogonalNoise } from './orthogonal-noise';
import { ParameterScope } from './parameters';
import type { Positions } from './positions';
import { tokenwise } from './sequence-layer';

/** Of decoder-only Transformers, whatever their positions. */
export class DecoderHyperparameters extends HeadHyperparameters {
  /** Norms before the branches of a block, or behind their sums. Absent: before. */
  @IsOptional() @IsIn(normalisations) normalisation?: Normalisation;
  /** Every weight matrix begins normal with standard deviation fanIn^-exponent. Absent: as the layers have it. */
  @IsOptional() @IsNumber() @Min(0) @Max(4) initialisationExponent?: number;
  /** Fixed matrices added to the products of attention, with trainable scales. Absent: none. */
  @IsOptional() @IsIn(noiseKinds) orthogonalNoise?: NoiseKind;
}

/** Positions of the whole model, declared in its scope, or of every attention, declared in that layer's. */
export interface PositionScheme {
  readonly shared?: (scope: ParameterScope) => Positions;
  readonly perLayer?: (scope: ParameterScope) => Positions;
}

/**
 * Decoder-only Transformer, pre-norm (Vaswani et al. 2017; Xiong et al. 2020, figure 1b) unless told otherwise. Per block:
 *   x := x + attention(norm(x))                       x := norm(x + attention(x))
 *   x := x + relu(norm(x) W1 + b1) W2 + b2     post:  x := norm(x + relu(x W1 + b1) W2 + b2)
 */
export function decoder(
  hyperparameters: DecoderHyperparameters,
  vocabularySize: number,
  { shared, perLayer }: PositionScheme,
): SequenceModel {
  const { layers, width, heads, feedForwardFactor, normalisation, orthogonalNoise: kind } = hyperparameters;
  const scope = ParameterScope.root();
  const positions = shared?.(scope.child('positions'));
  const model = residualBlocks(
    { vocabularySize, width, layers, scope, positions, normalisation },
    {
      attention: (inner, at) =>
        causalAttention(inner, {
          width,
          heads,
          positions: perLayer?.(inner.child('positions')) ?? positions,
          noise: kind && orthogonalNoise(inner.child('noise'), { kind, layer: at + 1, width }),
        }),
      feedForward: (inner) => tokenwise(feedForward(inner, width, feedForwardFactor * width)),
    },
  );
  return withExponent(model, hyperparameters.initialisationExponent);
}

/** Vectors that are looked up: what a product with them would sum over is their width. */
const isTable = (name: string) => name === 'embedding.weight' || name === 'positions.weight';

/** Every weight matrix normal with standard deviation fanIn^-exponent; gains, biases and scales stay as they are. */
function withExponent(model: SequenceModel, exponent: number | undefined): SequenceModel {
  if (exponent === undefined) return model;
  const parameters = model.parameters.map((specification) => {
    const { name, shape, weightDecay } = specification;
    if (!(weightDecay ?? shape.length > 1)) return specification;
    const fanIn = shape.at(isTable(name) ? -1 : -2)!;
    return { ...specification, initializer: normal(fanIn ** -exponent) };
  });
  return { ...model, parameters };
}
