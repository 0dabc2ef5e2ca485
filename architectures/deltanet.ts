import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type ArchitectureMeta, type SequenceModel } from '../registry';
import {
  deltaRule,
  gatedFeedForward,
  householders,
  HeadHyperparameters,
  residualBlocks,
  rootMeanSquareNorm,
  tokenwise,
} from './layers';
import { grazzi2025 } from './layers/references';

export class DeltaNetHyperparameters extends HeadHyperparameters {
  /** Kernel size of the short convolutions, in tokens. */
  @IsInt() @Min(2) @Max(16) taps = 4;
}

const meta = {
  id: 'deltanet',
  version: 2,
  title: 'DeltaNet',
  year: 2024,
  summary: 'Linear attention that corrects what the memory holds for a key instead of adding to it.',
  reference: {
    authors: 'Yang et al. 2024',
    title: 'Parallelizing Linear Transformers with the Delta Rule over Sequence Length',
    identifier: '2406.06484',
  },
  capabilities: { causal: true },
  theory: (hyperparameters) => householders(hyperparameters, 1),
  hyperparameters: DeltaNetHyperparameters,
} satisfies ArchitectureMeta<DeltaNetHyperparameters>;

/**
 * The delta rule as a layer (Schlag et al. 2021; Yang et al. 2024, section 2):
 *   S_t = S_{t-1} (I - beta_t k_t k_t^T) + beta_t v_t k_t^T,  beta_t in (0, 1)
 */
@architecture({
  ...meta,
})
export class DeltaNet implements Architecture<DeltaNetHyperparameters> {
  protected readonly largestBeta: 1 | 2 = 1;

  build(hyperparameters: DeltaNetHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, taps } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        deltaRule: (scope) => deltaRule(scope, { width, heads, kernelSize: taps, largestBeta: this.largestBeta }),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}

/** beta_t in (0, 2): the eigenvalue of I - beta k k^T along k is in (-1, 1), so a token can flip what is stored. */
@architecture({
  ...meta,
  id: 'deltanet-negative',
  title: 'DeltaNet, eigenvalues in (-1, 1)',
  year: 2025,
  summary: 'DeltaNet with write rates up to 2, which can flip the sign of what the memory holds.',
  reference: grazzi2025(),
  variantOf: 'deltanet',
  theory: (hyperparameters) => householders(hyperparameters, 2),
})
export class DeltaNetNegative extends DeltaNet {
  protected override readonly largestBeta = 2;
}
