import type { Answer } from '../data/format';

/** Answers inputs of one length, whatever is behind it: a trained model in one of its modes, or a baseline. */
export interface Predictor {
  predict(inputs: readonly (readonly number[])[]): Promise<Answer[]>;
  dispose(): Promise<void>;
}
