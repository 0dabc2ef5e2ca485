import { type AnswerAutomaton, type Rng, type Task, task } from '../registry';
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
  otherNames: [
    { name: 'parity_check', source: 'the code of Deletang et al. 2023' },
    {
      name: 'cumulative_parity',
      source: 'Zoology (Arora et al. 2024)',
      differs: 'theirs has a label for every prefix: parity with the scoring "aligned"',
    },
  ],
})
export class Parity implements Task {
  readonly alphabets = { input: bits, output: ['even', 'odd'], trace: [...bits, 'even', 'odd'] };

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
  /** Each symbol and the parity so far: first what is looked up, then what follows from it and the last parity. */
  trace(input: readonly number[]): number[] {
    const parities = this.aligned(input);
    return input.flatMap((bit, i) => [bit, bits.length + parities[i]!]);
  }
  traceLength(inputLength: number): number {
    return 2 * inputLength;
  }
  answerAutomaton(): AnswerAutomaton {
    return {
      transitions: [
        [0, 1],
        [1, 0],
      ],
      answers: [0, 1],
    };
  }
  /** The parity of the symbols so far, after each symbol. */
  aligned(input: readonly number[]): number[] {
    let parity = 0;
    return input.map((bit) => (parity ^= bit));
  }
}
