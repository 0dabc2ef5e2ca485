import type { Baseline, Guess, Shown, Trained } from '../core/contracts/baseline';
import type { Rng } from '../core/contracts/random';
import type { Protocol } from '../core/protocol';
import type { Answer } from '../data/format';
import { lengthsWithin } from '../data/lengths';
import type { Split } from '../data/split';
import type { Predictor } from './predictor';

/** Inputs a baseline may look at, for each length. */
const samplesPerLength = 1024;

/** What training within these lengths can have shown. */
export const trainedOn = (split: Split, { minimum, maximum }: Protocol['trainingLengths']): Trained => ({
  lengths: lengthsWithin(split.task, minimum, maximum, 'training'),
  canDraw: (input) => input.length >= minimum && split.canDraw(input),
});

/** Draws samples for those that look at them; most do not. */
class ShownOnDemand implements Shown {
  private known?: Shown['samples'];

  constructor(
    private readonly drawn: () => Shown['samples'],
    readonly rng: Rng,
    readonly trained: Trained,
  ) {}
  get samples(): Shown['samples'] {
    return (this.known ??= this.drawn());
  }
}

/** Answers with a baseline, fitted on samples of the length it is asked about, apart from the test set. */
export class BaselinePredictor implements Predictor {
  constructor(
    private readonly baseline: Baseline,
    private readonly split: Split,
    private readonly trained: Trained,
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
    const { split, length, trained } = this;
    const drawn = () => {
      const stream = this.rng.split('fit').split(length);
      return Array.from({ length: samplesPerLength }, () => split.draw('training', stream, length));
    };
    const rng = this.rng.split('guess').split(length);
    return this.baseline.fit(split.task, new ShownOnDemand(drawn, rng, trained));
  }
}
