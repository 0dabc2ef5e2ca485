import type { SequenceModel } from './architecture';
import type { Reference } from './reference';

/** What an intervention says of itself. */
export interface InterventionMeta<H extends object = object> {
  readonly id: string;
  /** Raised when a change can move results: records of older versions become stale. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what it changes of a trained model. */
  readonly summary: string;
  readonly reference?: Reference;
  /** Class whose fields carry class-validator constraints and defaults; absent when there is nothing to set. */
  readonly hyperparameters?: new () => H;
}

/** Changes what a trained model computes, without training: the same parameters in another function. */
export interface Intervention<H extends object = object> {
  /** Why it changes nothing of a model ("it has no attention"); absent or undefined where it does. */
  refuses?(model: SequenceModel): string | undefined;
  /** The model under the intervention: `parameters` are those of `model`. */
  applied(model: SequenceModel, hyperparameters: H): SequenceModel;
}
