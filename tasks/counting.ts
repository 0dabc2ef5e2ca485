import { type Rng, type Task, task } from '../registry';
import { countersOf } from './parts/column-theory';
import { counterLanguages, thresholdComplete } from './parts/references';
import { uniformSubset } from './parts/subset';

const a = 0;
const [mark, end] = [0, 1];

/** How many a's a string over a and b holds, as a tally: a form in which a larger number holds nothing new. */
@task({
  id: 'counting',
  version: 2,
  title: 'Counting',
  summary: "A string over a and b; as many marks as there are a's, then end.",
  level: 'counter',
  circuitClass: thresholdComplete,
  reference: counterLanguages,
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
  theory: countersOf(1),
})
export class Counting implements Task {
  readonly alphabets = { input: ['a', 'b'], output: ['/', 'end'], trace: ['/', '.'] };

  /** The number of a's is uniform in 0..length, their places are a uniform choice. */
  sample(rng: Rng, length: number): number[] {
    return uniformSubset(rng, length, rng.integer(length + 1)).map((isA) => (isA ? 0 : 1));
  }
  solve(input: readonly number[]): number[] {
    return new Array<number>(input.length + 1).fill(end).fill(mark, 0, countOf(input));
  }
  /** The marks and one end. */
  scored(input: readonly number[]): number {
    return countOf(input) + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
  }
  /** What each symbol adds to the tally: a mark or, for a b, a dot. */
  trace(input: readonly number[]): number[] {
    return [...input];
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
}

const countOf = (input: readonly number[]): number => input.filter((symbol) => symbol === a).length;
