import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import { type Branches, gatedFeedForward, residualBlocks, tokenwise } from './layers';
import { beck2024 } from './layers/references';
import { matrixMemory, MLstmHyperparameters } from './mlstm';
import { depthOf, scalarMemory } from './slstm';

export class XLstmHyperparameters extends MLstmHyperparameters {
  /** Hidden width of the feed-forward branch of sLSTM blocks as a multiple of `width`. */
  @IsInt() @Min(1) @Max(16) feedForwardFactor = 4;

  static override readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2 };
}

/** xLSTM[1:1] (Beck et al. 2024, section 2.4): mLSTM and sLSTM blocks in turn, the first an mLSTM. */
@architecture({
  id: 'xlstm',
  version: 2,
  title: 'xLSTM[1:1]',
  year: 2024,
  summary: 'mLSTM blocks, which remember much in parallel, and sLSTM blocks, which track state, in turn.',
  reference: beck2024('section 2.4'),
  capabilities: { causal: true },
  hyperparameters: XLstmHyperparameters,
})
export class XLstm implements Architecture<XLstmHyperparameters> {
  build(hyperparameters: XLstmHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return residualBlocks({ vocabularySize, width, layers }, (layer): Branches =>
      layer % 2 === 0
        ? { matrixMemory: (scope) => matrixMemory(scope, hyperparameters) }
        : {
            scalarMemory: (scope) => scalarMemory(scope, hyperparameters, depthOf(layer, layers)),
            feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
          },
    );
  }
}
