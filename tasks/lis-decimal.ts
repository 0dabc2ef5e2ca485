import { type Rng, type Task, zooError, task } from '../registry';
import { lengthsOfIncreasing } from './lis';
import { feng2023, nondeterministicLogspace } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';

/** Digits of the numbers 0..count-1. */
const widthOf = (count: number) => decimalWidth(count - 1);

/** The most numbers that fit, at least one. */
function countOf(length: number): number {
  let count = Math.max(1, Math.floor(length / decimalWidth(length)));
  while ((count + 1) * widthOf(count + 1) <= length) count++;
  return count;
}

/** The longest strictly increasing subsequence of as many numbers as there are different ones. */
@task({
  id: 'lis-decimal',
  version: 1,
  title: 'Longest increasing subsequence, decimal',
  summary: 'Numbers in decimal, as large as they are many; the length of the longest strictly increasing subsequence.',
  level: 'polynomial-time',
  circuitClass: nondeterministicLogspace,
  reference: { ...feng2023, place: 'Longest Increasing Subsequence' },
  answerLengthRule: 'as many digits as the number of numbers has',
  labels: { final: true, aligned: false },
  variantOf: 'lis',
  theory: { evenCycle: false, oddCycle: false, memory: 'linear' },
})
export class LongestIncreasingDecimal implements Task {
  readonly alphabets = { input: decimalDigits, output: decimalDigits, trace: decimalDigits };

  /** The length of the most numbers that fit. */
  inputLength(length: number): number {
    const count = countOf(length);
    return count * widthOf(count);
  }
  /** Numbers are uniform in 0..count-1. */
  sample(rng: Rng, length: number): number[] {
    const count = countOf(length);
    return Array.from({ length: count }, () => toDecimal(rng.integer(count), widthOf(count))).flat();
  }
  solve(input: readonly number[]): number[] {
    const lengths = lengthsOfIncreasing(this.numbers(input));
    return toDecimal(Math.max(...lengths), decimalWidth(lengths.length));
  }
  answerLength(inputLength: number): number {
    return decimalWidth(countOf(inputLength));
  }
  /** For each number, the longest increasing subsequence that ends with it. */
  trace(input: readonly number[]): number[] {
    const lengths = lengthsOfIncreasing(this.numbers(input));
    return lengths.flatMap((length) => toDecimal(length, decimalWidth(lengths.length)));
  }
  traceLength(inputLength: number): number {
    const count = countOf(inputLength);
    return count * decimalWidth(count);
  }

  private numbers(input: readonly number[]): number[] {
    const count = countOf(input.length);
    const width = widthOf(count);
    const numbers = new Array<number>(count).fill(0);
    input.forEach((digit, place) => {
      const index = Math.floor(place / width);
      numbers[index] = 10 * numbers[index]! + digit;
    });
    if (input.length === count * width && numbers.every((number) => number < count)) return numbers;
    const problem = 'it is not as many numbers of one width as their largest may be';
    throw zooError('malformed-input', {
      task: 'lis-decimal',
      problem,
      form: 'm decimal numbers below m, equally wide',
    });
  }
}
