import { baseline, type Baseline, type Guess, type Rng, type Task } from '../registry';

@baseline({
  id: 'uniform',
  version: 1,
  title: 'Uniform guess',
  summary: 'Every answer symbol drawn uniformly from the output alphabet.',
})
export class Uniform implements Baseline {
  fit(task: Task, _samples: readonly (readonly number[])[], rng: Rng): Guess {
    const symbols = task.alphabets.output.length;
    return (input) => {
      // A stream per input: the guess does not depend on what was asked before.
      const stream = rng.split(input.join(' '));
      return Array.from({ length: task.answerLength(input.length) }, () => stream.integer(symbols));
    };
  }
}
