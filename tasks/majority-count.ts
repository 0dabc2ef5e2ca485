import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, task } from '../registry';
import { remainderCycles } from './parts/column-theory';
import { beck2024, threshold } from './parts/references';
import { decimalDigits, decimalWidth, numerals, toDecimal, uniformSymbols } from './parts/symbols';

export class MajorityCountHyperparameters {
  /** Number of different symbols; counts are taken modulo one less. */
  @IsInt() @Min(3) @Max(1000) symbols = 64;
}

/** How often the most frequent of 64 symbols occurs, modulo 63. */
@task({
  id: 'majority-count',
  version: 1,
  title: 'Majority count',
  summary: 'A string over 64 symbols; how often the most frequent one occurs, modulo 63.',
  level: 'counter',
  circuitClass: threshold,
  reference: { ...beck2024, place: 'Majority Count' },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
  theory: ({ symbols }: MajorityCountHyperparameters) => ({
    cRasp: false,
    cRaspWithPositions: false,
    ...remainderCycles(symbols - 1),
    memory: 'logarithmic',
  }),
  hyperparameters: MajorityCountHyperparameters,
})
export class MajorityCount implements Task {
  readonly alphabets: Alphabets;
  private readonly symbols;

  constructor({ symbols } = new MajorityCountHyperparameters()) {
    this.symbols = symbols;
    const input = numerals(symbols).map((symbol) => `s${symbol}`);
    this.alphabets = { input, output: numerals(symbols - 1), trace: decimalDigits };
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.symbols);
  }
  /** On a tie the count is the same whichever symbol is taken. */
  solve(input: readonly number[]): number[] {
    return [this.largestCounts(input).at(-1)! % (this.symbols - 1)];
  }
  answerLength(): number {
    return 1;
  }
  /** After each symbol, how often that symbol has occurred so far, padded to the digits of the input length. */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    const counts = new Array<number>(this.symbols).fill(0);
    return input.flatMap((symbol) => toDecimal(++counts[symbol]!, width));
  }
  traceLength(inputLength: number): number {
    return inputLength * decimalWidth(inputLength);
  }
  aligned(input: readonly number[]): number[] {
    return this.largestCounts(input).map((count) => count % (this.symbols - 1));
  }

  private largestCounts(input: readonly number[]): number[] {
    const counts = new Array<number>(this.symbols).fill(0);
    let largest = 0;
    return input.map((symbol) => {
      const count = ++counts[symbol]!;
      if (count > largest) largest = count;
      return largest;
    });
  }
}
