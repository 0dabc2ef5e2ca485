import { type Rng, type Task, task } from '../registry';
import { counterLanguages, thresholdComplete } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { uniformSubset } from './parts/subset';

/** How many a's a string over a and b holds, in decimal. */
@task({
  id: 'counting',
  version: 1,
  title: 'Counting',
  summary: "A string over a and b; the number of a's in decimal.",
  level: 'counter',
  circuitClass: thresholdComplete,
  reference: counterLanguages,
  answerLengthRule: 'as many digits as the input length has',
  labels: { final: true, aligned: false },
})
export class Counting implements Task {
  readonly alphabets = { input: ['a', 'b'], output: decimalDigits, trace: decimalDigits };

  /** The number of a's is uniform in 0..length, their places are a uniform choice. */
  sample(rng: Rng, length: number): number[] {
    return uniformSubset(rng, length, rng.integer(length + 1)).map((isA) => (isA ? 0 : 1));
  }
  solve(input: readonly number[]): number[] {
    return toDecimal(input.filter((symbol) => symbol === 0).length, decimalWidth(input.length));
  }
  answerLength(inputLength: number): number {
    return decimalWidth(inputLength);
  }
  /** The count after each symbol, padded like the answer. */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    let count = 0;
    return input.flatMap((symbol) => toDecimal(symbol === 0 ? ++count : count, width));
  }
  traceLength(inputLength: number): number {
    return inputLength * decimalWidth(inputLength);
  }
}
