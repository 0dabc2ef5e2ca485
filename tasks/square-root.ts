import { type Rng, type Task, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { fromBits, positiveBits, toBits } from './parts/binary';
import { deletang2023, thresholdDivision } from './parts/references';
import { bits } from './parts/symbols';

/** Trace id that ends one step. */
const separator = 2;

/** The floor of a square root, most significant bit first (task compute_sqrt of Deletang et al. 2023). */
@task({
  id: 'square-root',
  version: 1,
  title: 'Square root',
  summary: 'A binary number, most significant bit first; the floor of its square root, likewise.',
  level: 'context-sensitive',
  circuitClass: thresholdDivision,
  reference: deletang2023('Compute Sqrt'),
  answerLengthRule: 'half the input length, rounded up',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  otherNames: [
    { name: 'compute_sqrt', source: 'the code of Deletang et al. 2023' },
    {
      name: 'compute-sqrt',
      source: 'FLaRe (Butoi et al. 2025)',
      differs: 'theirs asks whether a string that holds question and answer is right',
    },
  ],
})
export class SquareRoot implements Task {
  readonly alphabets = { input: bits, output: bits, trace: ['0', '1', ','] };

  /** Uniform in 1..2^length - 1. */
  sample(rng: Rng, length: number): number[] {
    return positiveBits(rng, length);
  }
  solve(input: readonly number[]): number[] {
    return bigEndian(floorSquareRoot(fromBits(input.toReversed())), this.answerLength(input.length));
  }
  answerLength(inputLength: number): number {
    return Math.ceil(inputLength / 2);
  }
  /**
   * The method of long hand: bits are taken in pairs from the most significant end. Step k: the next bit of the root,
   * then the remainder in k + 1 bits, most significant first, and a comma.
   */
  trace(input: readonly number[]): number[] {
    const padded = input.length % 2 === 0 ? input : [0, ...input];
    const steps: number[] = [];
    let root = 0n;
    let remainder = 0n;
    for (let step = 1; step <= padded.length / 2; step++) {
      remainder = 4n * remainder + BigInt(2 * padded[2 * step - 2]! + padded[2 * step - 1]!);
      // (2r + b)^2 = 4r^2 + b(4r + 1) for a bit b: it is 1 where 4r + 1 still fits.
      const bit = remainder >= 4n * root + 1n;
      if (bit) remainder -= 4n * root + 1n;
      root = 2n * root + (bit ? 1n : 0n);
      steps.push(bit ? 1 : 0, ...bigEndian(remainder, step + 1), separator);
    }
    return steps;
  }
  /** Step k has k + 3 symbols. */
  traceLength(inputLength: number): number {
    const steps = this.answerLength(inputLength);
    return (steps * (steps + 7)) / 2;
  }
}

function bigEndian(value: bigint, width: number): number[] {
  const digits = toBits(value);
  return Array.from({ length: width }, (_, place) => digits[width - 1 - place] ?? 0);
}

/** Newton's iteration from above: it falls until it reaches the floor of the root. */
function floorSquareRoot(value: bigint): bigint {
  if (value === 0n) return 0n;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
