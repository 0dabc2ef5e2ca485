import { IsIn } from 'class-validator';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Reference,
  type SequenceModel,
} from '../registry';
import {
  absolutePositions,
  decoder,
  DecoderHyperparameters,
  firePositions,
  learnedPositions,
  type PositionKind,
  positionKinds,
  type PositionScheme,
  positionsOf,
  randomizedPositions,
  relativePositions,
} from './layers';
import { dai2019, press2022, su2021 } from './layers/references';

export class TransformerHyperparameters extends DecoderHyperparameters {
  /** `absolute`: a learned vector for each of 512 positions. */
  @IsIn([...positionKinds, 'absolute']) positions: PositionKind | 'absolute' = 'rotary';
}

const meta = {
  id: 'transformer',
  version: 1,
  title: 'Transformer',
  year: 2017,
  summary: 'Causal softmax attention over all earlier tokens, and a feed-forward network, in pre-norm residual blocks.',
  reference: { authors: 'Vaswani et al. 2017', title: 'Attention Is All You Need', identifier: '1706.03762' },
  capabilities: { causal: true },
  hyperparameters: TransformerHyperparameters,
} satisfies ArchitectureMeta<TransformerHyperparameters>;

@architecture({
  ...meta,
  otherNames: [
    { name: 'SAN', source: 'Bhattamishra et al. 2020' },
    { name: 'GPT', source: 'minGPT' },
  ],
})
export class Transformer implements Architecture<TransformerHyperparameters> {
  build(hyperparameters: TransformerHyperparameters, vocabularySize: number): SequenceModel {
    const { width, heads, positions } = hyperparameters;
    return decoder(hyperparameters, vocabularySize, {
      shared: (scope) =>
        positions === 'absolute' ? absolutePositions(scope, width) : positionsOf(positions, width, heads),
    });
  }
}

/** A row for one way of telling positions. */
const variant = (name: string, title: string, what: string, reference: Reference, version: number = meta.version) =>
  architecture({
    ...meta,
    version,
    id: `transformer-${name}`,
    title: `Transformer, ${title}`,
    summary: `The Transformer ${what}.`,
    reference,
    variantOf: 'transformer',
    theory: { positions: name },
    hyperparameters: DecoderHyperparameters,
  });

abstract class FixedPositions implements Architecture<DecoderHyperparameters> {
  protected abstract scheme(hyperparameters: DecoderHyperparameters): PositionScheme;

  build(hyperparameters: DecoderHyperparameters, vocabularySize: number): SequenceModel {
    return decoder(hyperparameters, vocabularySize, this.scheme(hyperparameters));
  }
}

@variant('none', 'no positions', 'with nothing but the causal mask to tell positions by', meta.reference)
export class TransformerNone extends FixedPositions {
  protected scheme = (): PositionScheme => ({});
}

@variant('sinusoidal', 'sinusoids', 'with sines and cosines of the position added to the embedding', meta.reference)
export class TransformerSinusoidal extends FixedPositions {
  protected scheme = ({ width, heads }: DecoderHyperparameters): PositionScheme => ({
    shared: () => positionsOf('sinusoidal', width, heads),
  });
}

@variant('rotary', 'rotary', 'with queries and keys turned by their position', su2021())
export class TransformerRotary extends FixedPositions {
  protected scheme = ({ width, heads }: DecoderHyperparameters): PositionScheme => ({
    shared: () => positionsOf('rotary', width, heads),
  });
}

@variant('alibi', 'ALiBi', 'with scores lowered in proportion to the distance', press2022())
export class TransformerAlibi extends FixedPositions {
  protected scheme = ({ width, heads }: DecoderHyperparameters): PositionScheme => ({
    shared: () => positionsOf('alibi', width, heads),
  });
}

@variant('learned', 'learned positions', 'with a learned vector per position, and random offsets in training', {
  authors: 'Huang et al. 2025',
  title: 'A Formal Framework for Understanding Length Generalization in Transformers',
  identifier: '2410.02140',
})
export class TransformerLearned extends FixedPositions {
  protected scheme = ({ width }: DecoderHyperparameters): PositionScheme => ({
    shared: (scope) => learnedPositions(scope, width),
  });
}

@variant(
  'relative',
  'relative',
  'with scores that depend on the content and the distance of both tokens',
  dai2019('section 3.3'),
  2,
)
export class TransformerRelative extends FixedPositions {
  protected scheme = ({ width, heads }: DecoderHyperparameters): PositionScheme => ({
    perLayer: (scope) => relativePositions(scope, width, heads),
  });
}

@variant('fire', 'FIRE', 'with scores biased by a learned function of the relative distance', {
  authors: 'Li et al. 2024',
  title: 'Functional Interpolation for Relative Positions Improves Long Context Transformers',
  identifier: '2310.04418',
})
export class TransformerFire extends FixedPositions {
  protected scheme = ({ heads }: DecoderHyperparameters): PositionScheme => ({
    perLayer: (scope) => firePositions(scope, heads),
  });
}

@variant('randomized', 'randomized positions', 'with sinusoids at random, sorted positions in training', {
  authors: 'Ruoss et al. 2023',
  title: 'Randomized Positional Encodings Boost Length Generalization of Transformers',
  identifier: '2305.16843',
})
export class TransformerRandomized extends FixedPositions {
  protected scheme = ({ width }: DecoderHyperparameters): PositionScheme => ({
    shared: () => randomizedPositions(width),
  });
}
