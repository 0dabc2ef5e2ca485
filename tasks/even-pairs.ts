import { type AnswerAutomaton, type Rng, type Task, task } from '../registry';
import { exploredAutomaton } from './parts/explored-automaton';
import { deletang2023, nc0 } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

/** Whether the number of unequal neighbours is even (task even_pairs of Deletang et al. 2023). */
@task({
  id: 'even-pairs',
  version: 1,
  title: 'Even pairs',
  summary: 'A string of bits; whether the number of neighbours that differ is even or odd.',
  level: 'regular',
  circuitClass: nc0,
  reference: deletang2023('Even Pairs'),
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: true },
})
export class EvenPairs implements Task {
  readonly alphabets = { input: bits, output: ['even', 'odd'], trace: ['even', 'odd'] };

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  /** Every difference toggles the bit, so their number is odd exactly when the first and last bits differ. */
  solve(input: readonly number[]): number[] {
    return [input[0]! ^ input.at(-1)!];
  }
  answerLength(): number {
    return 1;
  }
  /** The parity of the differences so far, after each symbol. */
  trace(input: readonly number[]): number[] {
    let parity = 0;
    return input.map((bit, i) => (i === 0 ? 0 : (parity ^= bit ^ input[i - 1]!)));
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
  aligned(input: readonly number[]): number[] {
    return this.trace(input);
  }
  /** The state is the first bit and the last. */
  answerAutomaton(): AnswerAutomaton | null {
    return exploredAutomaton<readonly number[]>({
      start: [],
      symbols: 2,
      next: ([first], bit) => [first ?? bit, bit],
      answer: ([first, last]) => (first === undefined ? null : first ^ last!),
    });
  }
}
