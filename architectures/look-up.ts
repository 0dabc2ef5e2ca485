import { baseline, type Baseline, type Guess, scoredAnswer, type Shown, type Task } from '../registry';

@baseline({
  id: 'look-up',
  version: 1,
  title: 'Look-up of trained inputs',
  summary:
    'The right answer to every input that training can draw; to any other the whole answer that is most frequent at its length.',
})
export class LookUp implements Baseline {
  fit(task: Task, { samples, trained }: Shown): Guess {
    const constant = mostFrequentAnswer(task, samples);
    return (input) => (trained.canDraw(input) ? task.solve(input) : constant);
  }
}

/** The first of several that are equally frequent. */
function mostFrequentAnswer(task: Task, samples: readonly (readonly number[])[]): number[] {
  const counts = new Map<string, { count: number; readonly answer: number[] }>();
  for (const input of samples) {
    const answer = scoredAnswer(task, input);
    const text = answer.join();
    const known = counts.get(text) ?? { count: 0, answer };
    known.count++;
    counts.set(text, known);
  }
  return [...counts.values()].reduce((best, other) => (other.count > best.count ? other : best)).answer;
}
