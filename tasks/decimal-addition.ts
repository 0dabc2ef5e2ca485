import type { Rng, Task, TaskMeta } from '../registry/contracts';
import { task } from '../registry/units';
import { addDigits, DecimalNumbers, DigitOrderHyperparameters, terminator } from './parts/decimal';
import { ac0Addition } from './parts/references';
import { decimalDigits } from './parts/symbols';

const meta = {
  id: 'decimal-addition',
  version: 1,
  title: 'Decimal addition',
  summary: 'Two decimal numbers, most significant digit first; their sum, likewise.',
  level: 'context-sensitive',
  circuitClass: ac0Addition,
  reference: {
    authors: 'Lee et al. 2023',
    title: 'Teaching Arithmetic to Small Transformers',
    identifier: 'arXiv:2307.03381',
  },
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
} satisfies TaskMeta;

/** The sum of two decimal numbers. */
@task({ ...meta, hyperparameters: DigitOrderHyperparameters })
export class DecimalAddition implements Task {
  readonly alphabets = {
    input: [...decimalDigits, '+'],
    output: [...decimalDigits, 'end'],
    trace: decimalDigits,
  };
  private readonly numbers;

  constructor({ first } = new DigitOrderHyperparameters()) {
    this.numbers = new DecimalNumbers(meta.id, first);
  }
  sample(rng: Rng, length: number): number[] {
    return this.numbers.sample(rng, length);
  }
  /** Lengths 1 and 2 are one number, which is its own sum. */
  solve(input: readonly number[]): number[] {
    const { left, right = [] } = this.numbers.operands(input);
    return this.numbers.answer(addDigits(left, right), this.answerLength(input.length));
  }
  /** The sum and its terminator; the zeros after it are not scored. */
  scored(input: readonly number[]): number {
    return this.solve(input).indexOf(terminator) + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
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
@task({
  ...meta,
  id: 'decimal-addition-reversed',
  title: 'Decimal addition, reversed',
  summary: 'Two decimal numbers, least significant digit first; their sum, likewise.',
  variantOf: 'decimal-addition',
})
export class DecimalAdditionReversed extends DecimalAddition {
  constructor() {
    super({ first: 'least-significant' });
  }
}
