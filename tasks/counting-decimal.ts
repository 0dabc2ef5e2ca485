import { type Rng, type Task, task } from '../registry';
import { remainderCycles } from './parts/column-theory';
import { counterLanguages, thresholdComplete } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { Counting } from './counting';

/** `counting` with a numeral for an answer. */
@task({
  id: 'counting-decimal',
  version: 1,
  title: 'Counting, decimal',
  summary: "A string over a and b; the number of a's in decimal.",
  level: 'counter',
  circuitClass: thresholdComplete,
  reference: counterLanguages,
  answerLengthRule: 'as many digits as the input length has',
  labels: { final: true, aligned: false },
  theory: { cRasp: false, cRaspWithPositions: false, ...remainderCycles(10), memory: 'logarithmic' },
})
export class CountingDecimal implements Task {
  readonly alphabets = { input: ['a', 'b'], output: decimalDigits, trace: decimalDigits };

  private readonly counting = new Counting();

  sample(rng: Rng, length: number): number[] {
    return this.counting.sample(rng, length);
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
