import type { Point } from '../../core/contracts/figure';
import { overSeeds } from '../findings/over-seeds';
import type { EpochResult } from './body';

/** What one seed found. */
export interface Run {
  readonly specification: { readonly seed: number };
  readonly epochs: readonly EpochResult[];
}

/** A value of every epoch that all runs have, over their seeds. */
export function overEpochs(runs: readonly Run[], value: (result: EpochResult) => number): Point[] {
  const looks = runs.length === 0 ? 0 : Math.min(...runs.map(({ epochs }) => epochs.length));
  return Array.from({ length: looks }, (_, at) =>
    overSeeds(
      runs[0]!.epochs[at]!.epoch,
      runs.map(({ specification, epochs }) => ({ seed: specification.seed, y: value(epochs[at]!) })),
    ),
  );
}
