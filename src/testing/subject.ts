import type { ArchitectureMeta, SequenceModel } from '../core/contracts/architecture';
import type { Rng } from '../core/contracts/random';

/** Between two forms of a model. */
export const stepTolerance = 1e-4;

export type Assert = (holds: boolean, problem: string) => void;

/** The model under test, with everything a check needs. */
export interface Subject {
  readonly model: SequenceModel;
  readonly meta: ArchitectureMeta;
  readonly rng: Rng;
  readonly assert: Assert;
}
