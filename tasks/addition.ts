import { type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { fromBits, sampleOperands, splitOperands, terminated, terminator, toBits } from './parts/binary';
import { ac0Addition, deletang2023 } from './parts/references';
import { bits } from './parts/symbols';

/** The sum of two binary numbers, least significant bit first (task binary_addition of Deletang et al. 2023). */
@task({
  id: 'addition',
  version: 1,
  title: 'Binary addition',
  summary: 'Two binary numbers, least significant bit first; their sum, likewise.',
  level: 'context-sensitive',
  circuitClass: ac0Addition,
  reference: deletang2023('Binary Addition'),
  answerLengthRule: 'the input length plus 1',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  otherNames: [
    { name: 'binary_addition', source: 'the code of Deletang et al. 2023' },
    {
      name: 'binary-addition',
      source: 'FLaRe (Butoi et al. 2025)',
      differs: 'theirs asks whether a string that holds question and answer is right',
    },
  ],
})
export class Addition implements Task {
  readonly alphabets = { input: ['0', '1', '+'], output: ['0', '1', 'end'], trace: bits };

  sample(rng: Rng, length: number): number[] {
    return sampleOperands(rng, length);
  }
  /** Lengths 1 and 2 are one number, which is its own sum. */
  solve(input: readonly number[]): number[] {
    const { left, right } = this.operands(input);
    return terminated(toBits(fromBits(left) + fromBits(right)), input.length + 1);
  }
  /** The sum and its terminator; the zeros after it are not scored. */
  scored(input: readonly number[]): number {
    return this.solve(input).indexOf(terminator) + 1;
  }
  answerLength(inputLength: number): number {
    return inputLength + 1;
  }
  /** For each place, least significant first: the bit of the sum, then the carry into the next place. */
  trace(input: readonly number[]): number[] {
    const { left, right } = this.operands(input);
    let carry = 0;
    return Array.from({ length: Math.max(left.length, right.length) }, (_, place) => {
      const total = (left[place] ?? 0) + (right[place] ?? 0) + carry;
      carry = total >> 1;
      return [total & 1, carry];
    }).flat();
  }
  traceLength(inputLength: number): number {
    return 2 * Math.max(inputLength, 1);
  }

  private operands(input: readonly number[]) {
    const operands = input.length < 3 ? { left: input, right: [] } : splitOperands(input);
    const form = 'two binary numbers around one "+" (id 2), or one number of length 1 or 2';
    if (!operands)
      throw zooError('malformed-input', {
        task: 'addition',
        problem: 'no number on both sides of one "+"',
        form,
      });
    return operands;
  }
}
