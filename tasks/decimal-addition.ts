import { type TaskMeta, task } from '../registry';
import { addDigits, decimalTask, DecimalTask, DigitOrderHyperparameters, reversed } from './parts/decimal';
import { ac0Addition } from './parts/references';
import { decimalDigits } from './parts/symbols';

const meta = {
  ...decimalTask,
  id: 'decimal-addition',
  version: 1,
  title: 'Decimal addition',
  summary: 'Two decimal numbers, most significant digit first; their sum, likewise.',
  circuitClass: ac0Addition,
  reference: {
    authors: 'Lee et al. 2023',
    title: 'Teaching Arithmetic to Small Transformers',
    identifier: 'arXiv:2307.03381',
  },
} satisfies TaskMeta;

/** The sum of two decimal numbers. */
@task({ ...meta, hyperparameters: DigitOrderHyperparameters })
export class DecimalAddition extends DecimalTask {
  readonly alphabets = {
    input: [...decimalDigits, '+'],
    output: [...decimalDigits, 'end'],
    trace: decimalDigits,
  };

  constructor(hyperparameters = new DigitOrderHyperparameters()) {
    super(meta.id, hyperparameters);
  }
  /** Lengths 1 and 2 are one number, which is its own sum. */
  solve(input: readonly number[]): number[] {
    const { left, right = [] } = this.numbers.operands(input);
    return this.numbers.answer(addDigits(left, right), this.answerLength(input.length));
  }
  /** For each place, least significant first: the digit of the sum, then the carry into the next place. */
  trace(input: readonly number[]): number[] {
    const { left, right = [] } = this.numbers.operands(input);
    const steps: number[] = [];
    addDigits(left, right, (digit, carry) => steps.push(digit, carry));
    return steps;
  }
  traceLength(inputLength: number): number {
    return 2 * inputLength;
  }
}

/** The same with the least significant digit of every number first. */
@task(reversed(meta))
export class DecimalAdditionReversed extends DecimalAddition {
  constructor() {
    super({ first: 'least-significant' });
  }
}
