import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type AnswerAutomaton, type Rng, type Task, task } from '../registry';
import { neverBack } from './parts/column-theory';
import { exploredAutomaton } from './parts/explored-automaton';
import { ac0, feng2023 } from './parts/references';
import { decimalDigits, decimalWidth, numerals, toDecimal, uniformSymbols } from './parts/symbols';

export class LongestIncreasingHyperparameters {
  /** The numbers of the sequence are 0..numbers-1. */
  @IsInt() @Min(2) @Max(4096) numbers = 64;
}

/** An automaton has two to the power of the numbers many states. */
const mostNumbers = 8;

/** The length of the longest strictly increasing subsequence. */
@task({
  id: 'lis',
  version: 1,
  title: 'Longest increasing subsequence',
  summary: 'A sequence of numbers; the length of its longest strictly increasing subsequence in decimal.',
  level: 'regular',
  circuitClass: ac0,
  reference: { ...feng2023, place: 'Longest Increasing Subsequence' },
  answerLengthRule: 'as many digits as the input length has',
  labels: { final: true, aligned: false },
  theory: neverBack,
  hyperparameters: LongestIncreasingHyperparameters,
  otherNames: [{ name: 'longest increasing subsequence', source: 'Feng et al. 2023' }],
})
export class LongestIncreasing implements Task {
  readonly alphabets: Alphabets;
  private readonly numbers;

  constructor({ numbers } = new LongestIncreasingHyperparameters()) {
    this.numbers = numbers;
    this.alphabets = { input: numerals(numbers), output: decimalDigits, trace: decimalDigits };
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.numbers);
  }
  solve(input: readonly number[]): number[] {
    let longest = 0;
    for (const length of lengthsOfIncreasing(input)) if (length > longest) longest = length;
    return toDecimal(longest, decimalWidth(input.length));
  }
  answerLength(inputLength: number): number {
    return decimalWidth(inputLength);
  }
  /** The table of the dynamic program: for each number, the longest increasing subsequence that ends with it. */
  trace(input: readonly number[]): number[] {
    return lengthsOfIncreasing(input).flatMap((length) => toDecimal(length, decimalWidth(input.length)));
  }
  traceLength(inputLength: number): number {
    return inputLength * decimalWidth(inputLength);
  }
  /** The state is the table of tails, a set of numbers; with more than a few there are too many sets. */
  answerAutomaton(): AnswerAutomaton | null {
    if (this.numbers > mostNumbers) return null;
    return exploredAutomaton<readonly number[]>({
      start: [],
      symbols: this.numbers,
      next: (tails, number) => {
        const place = tails.findIndex((tail) => tail >= number);
        return place < 0 ? [...tails, number] : tails.with(place, number);
      },
      answer: (tails) => tails.length,
    });
  }
}

/** Of each number, the longest strictly increasing subsequence that ends with it. */
export function lengthsOfIncreasing(input: readonly number[]): number[] {
  // Fredman 1975: tails[l] is the smallest number that ends an increasing subsequence of length l + 1.
  const tails: number[] = [];
  return input.map((number) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tails[middle]! < number) low = middle + 1;
      else high = middle;
    }
    tails[low] = number;
    return low + 1;
  });
}
