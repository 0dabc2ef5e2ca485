import { type TaskMeta, task } from '../registry';
import {
  addDigits,
  decimalTask,
  DecimalTask,
  DigitOrderHyperparameters,
  multiplyDigits,
  reversed,
} from './parts/decimal';
import { thresholdComplete } from './parts/references';
import { decimalDigits } from './parts/symbols';

/** Trace ids that end a partial product and a running sum. */
const afterProduct = decimalDigits.length;
const afterSum = afterProduct + 1;

const meta = {
  ...decimalTask,
  id: 'decimal-multiplication',
  version: 1,
  title: 'Decimal multiplication',
  summary: 'Two decimal numbers, most significant digit first; their product, likewise.',
  circuitClass: thresholdComplete,
  reference: {
    authors: 'Dziri et al. 2023',
    title: 'Faith and Fate: Limits of Transformers on Compositionality',
    identifier: 'arXiv:2305.18654',
  },
} satisfies TaskMeta;

/** The product of two decimal numbers, by long multiplication. */
@task({ ...meta, hyperparameters: DigitOrderHyperparameters })
export class DecimalMultiplication extends DecimalTask {
  readonly alphabets = {
    input: [...decimalDigits, '*'],
    output: [...decimalDigits, 'end'],
    trace: [...decimalDigits, '+', '='],
  };

  constructor(hyperparameters = new DigitOrderHyperparameters()) {
    super(meta.id, hyperparameters);
  }
  /** Lengths 1 and 2 are one number, which is its own product. */
  solve(input: readonly number[]): number[] {
    const { left, right = [1] } = this.numbers.operands(input);
    return this.numbers.answer(multiplyDigits(left, right), this.answerLength(input.length));
  }
  /**
   * Long multiplication: for digit j of the second number (from 0, least significant first) the first number times
   * that digit, one digit wider than the first number, `+`, then the sum so far in j digits more, `=`. Numbers are
   * written in the order of the task.
   */
  trace(input: readonly number[]): number[] {
    const { left, right = [1] } = this.numbers.operands(input);
    let sum = new Array<number>(left.length).fill(0);
    return right.flatMap((digit, shift) => {
      const product = multiplyDigits(left, [digit]);
      // Width of the first number + digits consumed: the carry out of it is always 0.
      const shifted = [...new Array<number>(shift).fill(0), ...product];
      sum = addDigits(sum, shifted).slice(0, left.length + shift + 1);
      return [...this.numbers.turn(product), afterProduct, ...this.numbers.turn(sum), afterSum];
    });
  }
  /** Step j has 2 (width + 1) + j + 2 symbols, width + steps = n - 1; longest for a first number of one or two digits. */
  traceLength(inputLength: number): number {
    const length = (width: number, steps: number) => steps * (2 * width + 4) + (steps * (steps - 1)) / 2;
    if (inputLength < 3) return length(inputLength, 1);
    const widths = Array.from({ length: inputLength - 2 }, (_, i) => i + 1);
    return Math.max(...widths.map((width) => length(width, inputLength - 1 - width)));
  }
}

/** The same with the least significant digit of every number first. */
@task(reversed(meta))
export class DecimalMultiplicationReversed extends DecimalMultiplication {
  constructor() {
    super({ first: 'least-significant' });
  }
}
