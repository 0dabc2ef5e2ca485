import {
  baseline,
  type Baseline,
  type Guess,
  type Rng,
  scoredAnswer,
  type Shown,
  type Task,
  type Trained,
} from '../registry';

/** Inputs of each trained length whose answers are looked at. */
const looks = 256;
/** An answer that gets less than `slow` times longer where the input gets `factor` times longer is a numeral. */
const growth = { factor: 16, slow: 4 };

@baseline({
  id: 'ceiling',
  version: 1,
  title: 'Ceiling of a perfect learner',
  summary:
    'The right answer wherever its symbols, and of a numeral their places, occur in answers at trained lengths; nothing else.',
  usesSolver: true,
})
export class Ceiling implements Baseline {
  private readonly known = new WeakMap<Task, Set<string>>();

  fit(task: Task, { rng, trained }: Shown): Guess {
    const longest = Math.max(...trained.lengths);
    const isNumeral = task.answerLength(growth.factor * longest) < growth.slow * task.answerLength(longest);
    const partsOf = (answer: readonly number[]) =>
      answer.map((symbol, place) => (isNumeral ? [symbol, place, answer.length].join() : String(symbol)));
    const shown = this.known.get(task) ?? new Set(trainedAnswers(task, rng, trained).flatMap(partsOf));
    this.known.set(task, shown);
    return (input) => {
      const answer = task.solve(input);
      const isShown = partsOf(scoredAnswer(task, input)).every((part) => shown.has(part));
      return input.length <= longest || isShown ? answer : [];
    };
  }
}

const trainedAnswers = (task: Task, rng: Rng, { lengths }: Trained): number[][] =>
  lengths.flatMap((length) => {
    const stream = rng.split('trained').split(length);
    return Array.from({ length: looks }, () => scoredAnswer(task, task.sample(stream, length)));
  });
