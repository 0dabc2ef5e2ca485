import { IsInt, Max, Min } from 'class-validator';
import { type Rng, type Task, task } from '../registry';
import { deletang2023, thresholdComplete } from './parts/references';
import { decimalDigits, decimalWidth, numerals, toDecimal, uniformSymbols } from './parts/symbols';

export class BucketSortHyperparameters {
  /** Number of different symbols. */
  @IsInt() @Min(2) @Max(1000) symbols = 5;
}

/** A string in ascending order (task bucket_sort of Deletang et al. 2023). */
@task({
  id: 'bucket-sort',
  version: 1,
  title: 'Bucket sort',
  summary: 'A string over 5 ordered symbols; the same symbols in ascending order.',
  level: 'context-sensitive',
  circuitClass: thresholdComplete,
  reference: deletang2023('Bucket Sort'),
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  theory: { cRasp: true, cRaspWithPositions: true, evenCycle: false, oddCycle: false, memory: 'logarithmic' },
  hyperparameters: BucketSortHyperparameters,
})
export class BucketSort implements Task {
  readonly alphabets;

  constructor(private readonly hyperparameters = new BucketSortHyperparameters()) {
    const symbols = numerals(hyperparameters.symbols);
    this.alphabets = { input: symbols, output: symbols, trace: decimalDigits };
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.hyperparameters.symbols);
  }
  solve(input: readonly number[]): number[] {
    const sorted = new Array<number>(input.length);
    let filled = 0;
    this.count(input).forEach((count, symbol) => sorted.fill(symbol, filled, (filled += count)));
    return sorted;
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
  /** How often each symbol occurs, in their order, in decimal, padded to the digits of the input length. */
  trace(input: readonly number[]): number[] {
    return this.count(input).flatMap((count) => toDecimal(count, decimalWidth(input.length)));
  }
  traceLength(inputLength: number): number {
    return this.hyperparameters.symbols * decimalWidth(inputLength);
  }

  private count(input: readonly number[]): number[] {
    const counts = new Array<number>(this.hyperparameters.symbols).fill(0);
    for (const symbol of input) counts[symbol]!++;
    return counts;
  }
}
