import { type Rng, type Task, zooError, task } from '../registry';
import { countersOf } from './parts/column-theory';
import { beck2024, thresholdComplete } from './parts/references';
import { bits, decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { uniformSubset } from './parts/subset';

/** Trace ids of the signs. */
const plus = decimalDigits.length;
const minus = plus + 1;

/** The more frequent of two symbols. */
@task({
  id: 'majority',
  version: 1,
  title: 'Majority',
  summary: 'A string of bits without a tie; the more frequent bit.',
  level: 'counter',
  circuitClass: thresholdComplete,
  reference: { ...beck2024, place: 'Majority' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: countersOf(1),
})
export class Majority implements Task {
  readonly alphabets = { input: bits, output: bits, trace: [...decimalDigits, '+', '-'] };

  /** The number of ones is uniform in 0..length without a tie, their places are a uniform choice. */
  sample(rng: Rng, length: number): number[] {
    const drawn = rng.integer(length % 2 === 0 ? length : length + 1);
    const ones = length % 2 === 0 && drawn >= length / 2 ? drawn + 1 : drawn;
    return uniformSubset(rng, length, ones).map((isOne) => (isOne ? 1 : 0));
  }
  solve(input: readonly number[]): number[] {
    let difference = 0;
    for (const bit of input) difference += bit === 1 ? 1 : -1;
    if (difference === 0) {
      const form = 'a string of bits with a majority';
      throw zooError('malformed-input', {
        task: 'majority',
        problem: 'zeros and ones are equally many',
        form,
      });
    }
    return [difference > 0 ? 1 : 0];
  }
  answerLength(): number {
    return 1;
  }
  /** Ones minus zeros after each symbol: a sign (+ for 0), then decimal digits padded to those of the input length. */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    let difference = 0;
    return input.flatMap((bit) => {
      difference += bit === 1 ? 1 : -1;
      return [difference < 0 ? minus : plus, ...toDecimal(Math.abs(difference), width)];
    });
  }
  traceLength(inputLength: number): number {
    return inputLength * (1 + decimalWidth(inputLength));
  }
}
