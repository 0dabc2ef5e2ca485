import type { Baseline, Guess } from '../core/contracts/baseline';
import type { Rng } from '../core/contracts/random';
import type { Task } from '../core/contracts/task';
import { drawInput } from '../data/lengths';
import type { Answer } from '../data/format';
import type { Predictor } from './predictor';

/** Inputs a baseline may look at, for each length. */
const samplesPerLength = 1024;

/** Answers with a baseline, fitted on samples of the length it is asked about, apart from the test set. */
export class BaselinePredictor implements Predictor {
  constructor(
    private readonly baseline: Baseline,
    private readonly task: Task,
    private readonly rng: Rng,
    private readonly length: number,
  ) {}

  predict(inputs: readonly (readonly number[])[]): Promise<Answer[]> {
    const guess = this.fit();
    return Promise.resolve(inputs.map((input) => ({ answer: guess(input) })));
  }
  dispose(): Promise<void> {
    return Promise.resolve();
  }
  private fit(): Guess {
    const stream = this.rng.split('fit').split(this.length);
    const samples = Array.from({ length: samplesPerLength }, () => drawInput(this.task, stream, this.length));
    return this.baseline.fit(this.task, samples, this.rng.split('guess').split(this.length), {
      lengths: [],
      canDraw: () => false,
    });
  }
}
