import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type Reference,
  type SequenceModel,
} from '../registry';
import {
  type Attended,
  attentionWeights,
  bidirectionalAlibi,
  embedding,
  feedForward,
  fromHeads,
  HeadHyperparameters,
  hidden,
  initializers,
  layerNorm,
  linear,
  paddingToken,
  ParameterScope,
  type Positions,
  queryKeyValue,
  range,
  relativePositions,
  rotary,
  scoresOf,
  sinusoidal,
  timeInside,
} from './layers';
import { dai2019, deletang2023, press2022, su2021 } from './layers/references';

export class TransformerEncoderHyperparameters extends HeadHyperparameters {
  override layers = 5;
  override heads = 8;
}

/** Codes added to the embeddings, or positions that every attention declares in its scope. */
interface PositionScheme {
  /** present [batch, time], 1 or 0 for padding -> [batch, time, width] */
  readonly added?: (present: Tensor, width: number) => Tensor;
  readonly perLayer?: (scope: ParameterScope, hyperparameters: TransformerEncoderHyperparameters) => Positions;
}

const embeddingDeviation = 0.02;

const meta = {
  id: 'transformer-encoder',
  version: 1,
  title: 'Transformer encoder',
  year: 2023,
  summary: 'The bidirectional reference of the Chomsky-hierarchy study: every token sees the whole sequence.',
  reference: deletang2023('appendix A'),
  capabilities: { causal: false },
  theory: { positions: 'sinusoidal' },
  hyperparameters: TransformerEncoderHyperparameters,
} satisfies ArchitectureMeta<TransformerEncoderHyperparameters>;

/**
 * The bidirectional Transformer of Deletang et al. 2023 (appendix A), post-norm, without its dropout. Every token,
 * answer slots included, sees every other; padding is seen by none. No biases in attention. Per block:
 *   x := norm(x + attention(x)),  x := norm(x + relu(x W1 + b1) W2 + b2)
 * Embeddings are multiplied by sqrt(width); positions count down to 1 at the last token, sinusoids as in `transformer`.
 */
@architecture(meta)
export class TransformerEncoder implements Architecture<TransformerEncoderHyperparameters> {
  protected readonly scheme: PositionScheme = { added: countedDown };

  build(hyperparameters: TransformerEncoderHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor } = hyperparameters;
    const { added, perLayer } = this.scheme;
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
        positions: perLayer?.(inner.child('attention.positions'), hyperparameters) ?? {},
        attentionNorm: layerNorm(inner.child('attention.norm'), width),
        feedForward: feedForward(inner.child('feedForward'), width, feedForwardFactor * width),
        feedForwardNorm: layerNorm(inner.child('feedForward.norm'), width),
      };
    });
    const readOut = linear(scope.child('readout'), width, vocabularySize);

    const attend = (
      parameters: Parameters,
      { project, output, positions }: (typeof blocks)[number],
      x: Tensor,
      mask: Tensor,
    ): Attended => {
      const at = range(x.shape[1]!);
      const { query, key, value } = queryKeyValue(project(parameters, x), heads, positions, at);
      const score = scoresOf(parameters, positions, query, at)(key, at);
      const weights = attentionWeights(tf.softmax(tf.add(score, mask)), { own: () => tf.eye(at.size) }); // [batch, heads, time, time]
      return { weights: [weights], output: output(parameters, fromHeads(timeInside(tf.matMul(weights, value)), x)) };
    };
    /** All blocks: the attention weights of each, and the output of the last. */
    const run = (parameters: Parameters, tokens: Tensor): Attended => {
      const present = tf.cast(tf.notEqual(tokens, tf.scalar(paddingToken, 'int32')), 'float32'); // [batch, time]
      const mask = tf.mul(tf.sub(1, tf.reshape(present, [tokens.shape[0], 1, 1, tokens.shape[1]!])), hidden);
      const scaled = tf.mul(embed(parameters, tokens), Math.sqrt(width));
      const weights: Tensor[] = [];
      let x: Tensor = added ? tf.add(scaled, added(present, width)) : scaled;
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
  const remaining = tf.cumsum(present, 1, false, true); // summed from the end
  return tf.reshape(sinusoidal(width).embed!({}, remaining), [...present.shape, width]);
}

/** A row for another of the study's ways of telling positions; the base has its default. */
const variant = (name: string, title: string, what: string, reference: Reference) =>
  architecture({
    ...meta,
    id: `transformer-encoder-${name}`,
    title: `Transformer encoder, ${title}`,
    summary: `The bidirectional Transformer ${what}.`,
    reference,
    variantOf: 'transformer-encoder',
    theory: { positions: name },
  });

@variant('none', 'no positions', 'with nothing to tell positions by', deletang2023('appendix A'))
export class TransformerEncoderNone extends TransformerEncoder {
  protected override readonly scheme: PositionScheme = {};
}

@variant('rotary', 'rotary', 'with queries and keys turned by their position', su2021('equation 34'))
export class TransformerEncoderRotary extends TransformerEncoder {
  protected override readonly scheme: PositionScheme = {
    perLayer: (_, { width, heads }) => rotary(width / heads, 'adjacent'),
  };
}

@variant('alibi', 'ALiBi', 'with scores lowered in proportion to the distance, on either side', press2022())
export class TransformerEncoderAlibi extends TransformerEncoder {
  protected override readonly scheme: PositionScheme = {
    perLayer: (_, { heads }) => bidirectionalAlibi(heads),
  };
}

@variant(
  'relative',
  'relative',
  'with scores that depend on the content and the signed distance of both tokens',
  dai2019('section 3.3'),
)
export class TransformerEncoderRelative extends TransformerEncoder {
  protected override readonly scheme: PositionScheme = {
    perLayer: (scope, { width, heads }) => relativePositions(scope, width, heads),
  };
}
