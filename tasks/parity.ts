import type { Rng, Task } from '../registry/contracts';
import { task } from '../registry/units';
import { deletang2023, solvableGroup } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

/** Whether a string of bits holds an even or an odd number of ones (task parity_check of Deletang et al. 2023). */
@task({
  id: 'parity',
  version: 1,
  title: 'Parity',
  summary: 'A string of bits; whether the number of ones is even or odd.',
  level: 'regular',
  circuitClass: solvableGroup,
  reference: deletang2023('Parity Check'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
})
export class Parity implements Task {
  readonly alphabets = { input: bits, output: ['even', 'odd'], trace: ['even', 'odd'] };

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  solve(input: readonly number[]): number[] {
    let parity = 0;
    for (const bit of input) parity ^= bit;
    return [parity];
  }
  answerLength(): number {
    return 1;
  }
  /** The parity of the symbols so far, after each symbol. */
  trace(input: readonly number[]): number[] {
    let parity = 0;
    return input.map((bit) => (parity ^= bit));
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
  aligned(input: readonly number[]): number[] {
    return this.trace(input);
  }
}
