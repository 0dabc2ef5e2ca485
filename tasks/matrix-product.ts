import { IsIn } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { groupColumn } from './parts/column-theory';
import { eliminate } from './parts/elimination';
import { merrill2026, nonSolvableGroup } from './parts/references';
import { numerals, uniformSymbols } from './parts/symbols';

export class MatrixProductHyperparameters {
  /** A prime. */
  @IsIn([2, 3, 5, 7, 11, 13]) modulus = 5;
}

const size = 3;
const entries = size * size;
const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** One entry of a product of 3x3 matrices modulo m. */
@task({
  id: 'matrix-product',
  version: 1,
  title: 'Matrix product',
  summary: 'Invertible 3x3 matrices modulo 5, row by row; the first entry of their product.',
  level: 'regular',
  circuitClass: { ...nonSolvableGroup, name: 'NC1-complete (PNC1-complete over the integers)' },
  reference: merrill2026,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: {
    ...groupColumn,
    solvable: false,
    evenCycle: false,
    oddCycle: false,
    blockEvenCycle: true,
    blockOddCycle: true,
  },
  hyperparameters: MatrixProductHyperparameters,
})
export class MatrixProduct implements Task {
  readonly alphabets: Alphabets;
  private readonly modulus;

  constructor({ modulus } = new MatrixProductHyperparameters()) {
    this.modulus = modulus;
    const numbers = numerals(modulus);
    this.alphabets = { input: numbers, output: numbers, trace: numbers };
  }

  /** A whole number of matrices, at least one. */
  inputLength(length: number): number {
    return entries * Math.max(1, Math.floor(length / entries));
  }
  /** Independent matrices, uniform among the invertible ones: with others, the product would soon be 0. */
  sample(rng: Rng, length: number): number[] {
    const symbols: number[] = [];
    while (symbols.length < this.inputLength(length)) {
      const matrix = uniformSymbols(rng, entries, this.modulus);
      const rows = [matrix.slice(0, 3), matrix.slice(3, 6), matrix.slice(6)];
      if (eliminate(rows, size, this.modulus)) symbols.push(...matrix);
    }
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    let product = identity;
    this.multiply(input, (next) => (product = next));
    return [product[0]!];
  }
  answerLength(): number {
    return 1;
  }
  /** The product after each matrix, row by row. */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    this.multiply(input, (product) => steps.push(...product));
    return steps;
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }

  private multiply(input: readonly number[], visit: (product: number[]) => void): void {
    if (input.length === 0 || input.length % entries !== 0) {
      const problem = `${input.length} symbols are not a whole number of matrices`;
      throw zooError('malformed-input', {
        task: 'matrix-product',
        problem,
        form: '3x3 matrices, nine entries each',
      });
    }
    let product = identity;
    for (let start = 0; start < input.length; start += entries) {
      const next = new Array<number>(entries).fill(0);
      for (let i = 0; i < entries; i++) {
        const [row, column] = [i - (i % size), i % size];
        for (let k = 0; k < size; k++) next[i]! += product[row + k]! * input[start + size * k + column]!;
        next[i]! %= this.modulus;
      }
      visit((product = next));
    }
  }
}
