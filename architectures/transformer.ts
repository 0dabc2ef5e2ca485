import { IsIn } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  causalAttention, feedForward, HeadHyperparameters, positionKinds, positionsOf, residualBlocks, tokenwise, type PositionKind,
} from './layers';

export class TransformerHyperparameters extends HeadHyperparameters {
  @IsIn(positionKinds) positions: PositionKind = 'rotary';
}

/**
 * Decoder-only Transformer, pre-norm (Vaswani et al. 2017; Xiong et al. 2020, figure 1b). Per block:
 *   x := x + attention(norm(x))
 *   x := x + relu(norm(x) W1 + b1) W2 + b2
 */
@architecture({
  id: 'transformer',
  version: 1,
  title: 'Transformer',
  year: 2017,
  summary: 'Causal softmax attention over all earlier tokens, and a feed-forward network, in pre-norm residual blocks.',
  reference: { authors: 'Vaswani et al. 2017', title: 'Attention Is All You Need', identifier: '1706.03762' },
  capabilities: { causal: true, state: 'growing' },
  hyperparameters: TransformerHyperparameters,
  claims: [
    {
      task: 'parity',
      range: 'far',
      atMost: 0.62,
      reference: {
        authors: 'Deletang et al. 2023',
        title: 'Neural Networks and the Chomsky Hierarchy',
        identifier: '2207.02098',
        place: 'main results: 52.0 at lengths 41..500, best of five position encodings',
      },
    },
  ],
})
export class Transformer implements Architecture<TransformerHyperparameters> {
  build(hyperparameters: TransformerHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor } = hyperparameters;
    const positions = positionsOf(hyperparameters.positions, width, heads);
    return residualBlocks(
      { vocabularySize, width, layers, positions },
      {
        attention: (scope) => causalAttention(scope, { width, heads, positions }),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
