import { type Rng, type Task, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { deletang2023, nc0 } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

/** A string of bits twice (task duplicate_string of Deletang et al. 2023). */
@task({
  id: 'duplicate-string',
  version: 1,
  title: 'Duplicate string',
  summary: 'A string of bits; the string twice in a row.',
  level: 'context-sensitive',
  circuitClass: nc0,
  reference: deletang2023('Duplicate String'),
  answerLengthRule: 'twice the input length',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
})
export class DuplicateString implements Task {
  readonly alphabets = { input: bits, output: bits };

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  solve(input: readonly number[]): number[] {
    return [...input, ...input];
  }
  answerLength(inputLength: number): number {
    return 2 * inputLength;
  }
}
