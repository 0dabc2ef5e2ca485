import { baseline, type Baseline, type Guess, scoredAnswer, type Shown, type Task } from '../registry';
import { mostFrequent } from './majority';

@baseline({
  id: 'position-table',
  version: 1,
  title: 'Table over length and position',
  summary:
    'At every position the answer symbol that is most frequent there: the best that knows length and position alone.',
})
export class PositionTable implements Baseline {
  fit(task: Task, { samples }: Shown): Guess {
    const counts: number[][] = [];
    for (const input of samples) {
      scoredAnswer(task, input).forEach((symbol, position) => {
        counts[position] ??= task.alphabets.output.map(() => 0);
        counts[position][symbol]!++;
      });
    }
    const table = counts.map(mostFrequent);
    return (input) => Array.from({ length: task.answerLength(input.length) }, (_, position) => table[position] ?? 0);
  }
}
