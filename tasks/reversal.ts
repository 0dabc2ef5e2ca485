import { type Rng, type Task, task } from '../registry';
import { stackOf } from './parts/column-theory';
import { deletang2023, nc0 } from './parts/references';
import { bits, decimalDigits, decimalWidth, toDecimal, uniformSymbols } from './parts/symbols';

/** A string of bits backwards (task reverse_string of Deletang et al. 2023). */
@task({
  id: 'reversal',
  version: 1,
  title: 'Reversal',
  summary: 'A string of bits; the same string backwards.',
  level: 'deterministic-context-free',
  circuitClass: nc0,
  reference: deletang2023('Reverse String'),
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  theory: { ...stackOf, realTimeTape: true },
  otherNames: [{ name: 'reverse_string', source: 'the code of Deletang et al. 2023' }],
})
export class Reversal implements Task {
  readonly alphabets = { input: bits, output: bits, trace: decimalDigits };

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  solve(input: readonly number[]): number[] {
    return input.toReversed();
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
  /** For each emitted bit: the bit, then how many are still to come, padded to the digits of the input length. */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    return input.toReversed().flatMap((bit, i) => [bit, ...toDecimal(input.length - 1 - i, width)]);
  }
  traceLength(inputLength: number): number {
    return inputLength * (1 + decimalWidth(inputLength));
  }
}
