import { baseline, type Baseline, type Guess, type Shown, type Task } from '../registry';

@baseline({
  id: 'uniform',
  version: 1,
  title: 'Uniform guess',
  summary: 'Every answer symbol drawn uniformly from the output alphabet.',
})
export class Uniform implements Baseline {
  fit(task: Task, { rng }: Shown): Guess {
    const symbols = task.alphabets.output.length;
    return (input) => Array.from({ length: task.answerLength(input.length) }, () => rng.integer(symbols));
  }
}
