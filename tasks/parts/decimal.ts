import { IsIn } from 'class-validator';
import { type Alphabets, type Rng, type Task, type TaskMeta, zooError } from '../../registry';
import { remembersHalf } from './column-theory';
import { decimalDigits, uniformSymbols } from './symbols';

/** Id of the operator in inputs and of the terminator in answers. */
export const operator = decimalDigits.length;
export const terminator = operator;

export class DigitOrderHyperparameters {
  /** Which digit of every number comes first. */
  @IsIn(['most-significant', 'least-significant']) first: 'most-significant' | 'least-significant' = 'most-significant';
}

/** Two numbers and an operator in decimal, written in a chosen order of digits. */
export class DecimalNumbers {
  constructor(
    private readonly task: string,
    private readonly first: DigitOrderHyperparameters['first'],
  ) {}

  /**
   * Two numbers of uniform digits (leading zeros occur) and an operator; the width of the first is uniform in
   * 1..length-2. Lengths 1 and 2 are one number.
   */
  sample(rng: Rng, length: number): number[] {
    const digits = uniformSymbols(rng, length, 10);
    if (length > 2) digits[1 + rng.integer(length - 2)] = operator;
    return digits;
  }

  /** Digits of both numbers, least significant first; `right` is undefined at lengths 1 and 2. */
  operands(input: readonly number[]): { left: readonly number[]; right?: readonly number[] } {
    const place = input.indexOf(operator);
    if (input.length < 3 && place === -1) return { left: this.turn(input) };
    if (place < 1 || place === input.length - 1 || input.includes(operator, place + 1)) {
      const problem = 'no number on both sides of one operator';
      const form = 'two decimal numbers around one operator (id 10), or a number of length 1 or 2';
      throw zooError('malformed-input', { task: this.task, problem, form });
    }
    return { left: this.turn(input.slice(0, place)), right: this.turn(input.slice(place + 1)) };
  }

  /** Digits in the chosen order from least significant first, or back. */
  turn(digits: readonly number[]): readonly number[] {
    return this.first === 'least-significant' ? digits : digits.toReversed();
  }

  /** A number given least significant digit first: without high zeros, in the chosen order, terminated and padded. */
  answer(digits: readonly number[], length: number): number[] {
    const highest = Math.max(
      0,
      digits.findLastIndex((digit) => digit !== 0),
    );
    const answer = [...this.turn(digits.slice(0, highest + 1)), terminator];
    while (answer.length < length) answer.push(0);
    return answer;
  }
}

/** What tasks on two decimal numbers declare alike. */
export const decimalTask = {
  level: 'context-sensitive',
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
} satisfies Partial<TaskMeta>;

/** The declaration of the same task with the least significant digit of every number first. */
export const reversed = (meta: TaskMeta): TaskMeta => ({
  ...meta,
  id: `${meta.id}-reversed`,
  title: `${meta.title}, reversed`,
  summary: meta.summary.replace('most significant', 'least significant'),
  variantOf: meta.id,
});

/** A function of two decimal numbers; the answer is a number and its terminator. */
export abstract class DecimalTask implements Task {
  abstract readonly alphabets: Alphabets;
  protected readonly numbers;

  constructor(id: string, { first }: DigitOrderHyperparameters) {
    this.numbers = new DecimalNumbers(id, first);
  }
  abstract solve(input: readonly number[]): number[];

  sample(rng: Rng, length: number): number[] {
    return this.numbers.sample(rng, length);
  }
  /** The number and its terminator; the zeros after it are not scored. */
  scored(input: readonly number[]): number {
    return this.solve(input).indexOf(terminator) + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
  }
}

/** Sum of two numbers, least significant digit first; `visit` sees each digit with the carry out of its place. */
export function addDigits(
  left: readonly number[],
  right: readonly number[],
  visit?: (digit: number, carry: number) => void,
): number[] {
  const width = left.length > right.length ? left.length : right.length;
  const sum = new Array<number>(width + 1);
  let carry = 0;
  for (let place = 0; place < width; place++) {
    const total = (left[place] ?? 0) + (right[place] ?? 0) + carry;
    carry = total >= 10 ? 1 : 0;
    sum[place] = total - 10 * carry;
    visit?.(sum[place]!, carry);
  }
  sum[width] = carry;
  return sum;
}

/** Product of two numbers, least significant digit first, left.length + right.length digits wide. */
export function multiplyDigits(left: readonly number[], right: readonly number[]): number[] {
  const product = new Array<number>(left.length + right.length).fill(0);
  for (let i = 0; i < left.length; i++) {
    let carry = 0;
    for (let j = 0; j < right.length || carry > 0; j++) {
      const total = product[i + j]! + left[i]! * (right[j] ?? 0) + carry;
      product[i + j] = total % 10;
      carry = (total - product[i + j]!) / 10;
    }
  }
  return product;
}
