import { type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { fromBits, sampleOperands, splitOperands, terminated, terminator, toBits } from './parts/binary';
import { deletang2023, thresholdComplete } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { TraceHyperparameters } from './parts/trace-length';

/** Trace id that ends one partial sum. */
const separator = 2;

/** The product of two binary numbers, least significant bit first (task binary_multiplication of Deletang et al. 2023). */
@task({
  id: 'multiplication',
  version: 1,
  title: 'Binary multiplication',
  summary: 'Two binary numbers, least significant bit first; their product, likewise.',
  level: 'context-sensitive',
  circuitClass: thresholdComplete,
  reference: deletang2023('Binary Multiplication'),
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  hyperparameters: TraceHyperparameters,
  otherNames: [
    { name: 'binary_multiplication', source: 'the code of Deletang et al. 2023' },
    {
      name: 'binary-multiplication',
      source: 'FLaRe (Butoi et al. 2025)',
      differs: 'theirs asks whether a string that holds question and answer is right',
    },
  ],
})
export class Multiplication implements Task {
  readonly alphabets;

  constructor(private readonly settings = new TraceHyperparameters()) {
    const trace = settings.trace === 'linear' ? decimalDigits : ['0', '1', ','];
    this.alphabets = { input: ['0', '1', '*'], output: ['0', '1', 'end'], trace };
  }

  sample(rng: Rng, length: number): number[] {
    return sampleOperands(rng, length);
  }
  solve(input: readonly number[]): number[] {
    if (input.length === 1) return [terminator];
    if (input.length === 2) return [0, terminator];
    const { left, right } = this.operands(input);
    return terminated(toBits(fromBits(left) * fromBits(right)), input.length);
  }
  /** The product and its terminator; the zeros after it are not scored. */
  scored(input: readonly number[]): number {
    return this.solve(input).indexOf(terminator) + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
  /**
   * Shift and add: after each bit of the second number, least significant first, the sum so far (least significant
   * bit first, width of the first number + bits consumed) and a comma; or the linear one. Lengths 1 and 2 have nothing
   * to add.
   */
  trace(input: readonly number[]): number[] {
    if (input.length < 3) return [];
    const { left, right } = this.operands(input);
    if (this.settings.trace === 'linear') return columnSums(left, right);
    const sum = new Array<number>(input.length - 1).fill(0);
    return right.flatMap((bit, shift) => {
      if (bit === 1) addAt(sum, left, shift);
      return [...sum.slice(0, left.length + shift + 1), separator];
    });
  }
  /** Longest for a first number of one bit: sums of 2, 3, ..., n - 1 bits and n - 2 commas. */
  traceLength(inputLength: number): number {
    if (inputLength < 3) return 0;
    if (this.settings.trace === 'linear') return (inputLength - 1) * (1 + decimalWidth(inputLength));
    return ((inputLength + 3) * (inputLength - 2)) / 2;
  }

  private operands(input: readonly number[]) {
    const operands = splitOperands(input);
    const form = 'two binary numbers around one "*" (id 2), or a string of length 1 or 2';
    if (!operands)
      throw zooError('malformed-input', {
        task: 'multiplication',
        problem: 'no number on both sides of one "*"',
        form,
      });
    return operands;
  }
}

/** Adds `bits`, shifted up by `shift`, to `sum` in place. */
function addAt(sum: number[], bits: readonly number[], shift: number): void {
  let carry = 0;
  for (let i = 0; i < bits.length || carry > 0; i++) {
    const total = sum[shift + i]! + (bits[i] ?? 0) + carry;
    sum[shift + i] = total & 1;
    carry = total >> 1;
  }
}

/**
 * For each bit of the product, least significant first: the sum of the products a_i b_j with i + j at its place and of what
 * the place before carries, padded to the digits of the input length; then the bit, which is that sum modulo 2. Half of it
 * is carried on.
 */
function columnSums(left: readonly number[], right: readonly number[]): number[] {
  const places = left.length + right.length;
  const width = decimalWidth(places + 1);
  let sum = 0;
  return Array.from({ length: places }, (_, place) => {
    sum >>= 1;
    for (const [i, bit] of left.entries()) sum += bit * (right[place - i] ?? 0);
    return [...toDecimal(sum, width), sum & 1];
  }).flat();
}
