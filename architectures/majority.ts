import { baseline, type Baseline, type Guess, scoredAnswer, type Shown, type Task } from '../registry';

/** Index of the largest count; the first of several. */
export const mostFrequent = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts));

@baseline({
  id: 'majority',
  version: 1,
  title: 'Majority symbol',
  summary: 'Everywhere the answer symbol that is most frequent at this length.',
})
export class Majority implements Baseline {
  fit(task: Task, { samples }: Shown): Guess {
    const counts = task.alphabets.output.map(() => 0);
    for (const input of samples) for (const symbol of scoredAnswer(task, input)) counts[symbol]!++;
    const symbol = mostFrequent(counts);
    return (input) => Array<number>(task.answerLength(input.length)).fill(symbol);
  }
}
