import { type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { li2024 } from './parts/references';
import { decimalDigits, uniformSymbols } from './parts/symbols';

const square = decimalDigits.length;

/** Digits of both numbers: a quarter of the input each, at least one. */
const widthOf = (length: number) => Math.max(1, Math.floor(length / 4));

/** A number squared again and again, modulo a number as long as it is: the problem that time-lock puzzles rest on. */
@task({
  id: 'iterated-squaring-decimal',
  version: 1,
  title: 'Iterated squaring, decimal',
  summary: 'A modulus and a number in decimal, and squaring signs; the number squared that often modulo the modulus.',
  level: 'polynomial-time',
  circuitClass: {
    name: 'P, not in NC',
    conjectured: true,
    reference: {
      authors: 'Rivest, Shamir and Wagner 1996',
      title: 'Time-lock puzzles and timed-release crypto',
      identifier: 'MIT/LCS/TR-684',
    },
  },
  reference: { ...li2024, place: 'Iterated Squaring' },
  answerLengthRule: 'a quarter of the input length, at least 1',
  labels: { final: true, aligned: false },
  variantOf: 'iterated-squaring',
  theory: remembersHalf,
})
export class IteratedSquaringDecimal implements Task {
  readonly alphabets = { input: [...decimalDigits, '^2'], output: decimalDigits, trace: decimalDigits };

  /** Both numbers have a digit. */
  inputLength(length: number): number {
    return Math.max(2, length);
  }
  /** The modulus is uniform among those of its digits that are 4 or more, the number uniform in 2..modulus-2. */
  sample(rng: Rng, length: number): number[] {
    const symbols = new Array<number>(this.inputLength(length)).fill(square);
    const width = widthOf(symbols.length);
    const draw = (holds: (number: bigint, digits: readonly number[]) => boolean) => {
      for (;;) {
        const digits = uniformSymbols(rng, width, 10);
        if (holds(fromDecimal(digits), digits)) return digits;
      }
    };
    const modulus = draw((number, [first]) => first! > 0 && number >= 4n);
    const most = fromDecimal(modulus) - 2n;
    symbols.splice(0, 2 * width, ...modulus, ...draw((number) => number >= 2n && number <= most));
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    return this.values(input).at(-1)!;
  }
  answerLength(inputLength: number): number {
    return widthOf(inputLength);
  }
  /** The number, then its value after each squaring, each as wide as the modulus. */
  trace(input: readonly number[]): number[] {
    return this.values(input).flat();
  }
  traceLength(inputLength: number): number {
    const width = widthOf(inputLength);
    return width * (inputLength - 2 * width + 1);
  }

  private values(input: readonly number[]): number[][] {
    const width = widthOf(input.length);
    const modulus = fromDecimal(input.slice(0, width));
    let value = fromDecimal(input.slice(width, 2 * width));
    const isWritten = input.length >= 2 && input.every((symbol, place) => (symbol === square) === place >= 2 * width);
    if (!isWritten || value >= modulus) {
      const form = 'a modulus, a smaller number of as many digits, a quarter of the input each, and squaring signs';
      throw zooError('malformed-input', { task: 'iterated-squaring-decimal', problem: 'it has another form', form });
    }
    const values = [input.slice(width, 2 * width)];
    for (let place = 2 * width; place < input.length; place++) {
      value = (value * value) % modulus;
      values.push(Array.from(String(value).padStart(width, '0'), Number));
    }
    return values;
  }
}

const fromDecimal = (digits: readonly number[]): bigint => BigInt(digits.join('') || 0);
