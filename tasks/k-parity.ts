import { IsInt, Max, Min } from 'class-validator';
import { type AnswerAutomaton, type Rng, type Task, createRng, task } from '../registry';
import { neverBack } from './parts/column-theory';
import { exploredAutomaton } from './parts/explored-automaton';
import { nc0 } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

export class SecretParityHyperparameters {
  /** How many positions are secret. */
  @IsInt() @Min(1) @Max(64) size = 3;
  /** The secret positions are among the first `window`. */
  @IsInt() @Min(1) @Max(1000) window = 20;
  /** Which secret; the same number is the same secret. */
  @IsInt() @Min(0) @Max(2 ** 31 - 1) secret = 1;
}

/** The parity of the bits at a few secret positions. */
@task({
  id: 'k-parity',
  version: 1,
  title: 'k-parity',
  summary: 'A string of bits; the parity of those at 3 secret positions.',
  level: 'regular',
  circuitClass: nc0,
  reference: {
    authors: 'Barak et al. 2022',
    title: 'Hidden Progress in Deep Learning: SGD Learns Parities Near the Computational Limit',
    identifier: 'arXiv:2207.08799',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: neverBack,
  hyperparameters: SecretParityHyperparameters,
})
export class SecretParity implements Task {
  readonly alphabets = { input: bits, output: ['even', 'odd'], trace: ['even', 'odd'] };
  /** In ascending order. */
  private readonly positions: readonly number[];

  constructor({ size, window, secret } = new SecretParityHyperparameters()) {
    const places = Array.from({ length: window }, (_, place) => place);
    this.positions = createRng(`k-parity/${secret}`)
      .shuffle(places)
      .slice(0, size)
      .sort((a, b) => a - b);
  }
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  /** Secret positions beyond the end of a short input do not count. */
  solve(input: readonly number[]): number[] {
    let parity = 0;
    for (const position of this.positions) parity ^= input[position] ?? 0;
    return [parity];
  }
  answerLength(): number {
    return 1;
  }
  /** The parity after each secret position within the input, in ascending order. */
  trace(input: readonly number[]): number[] {
    let parity = 0;
    return this.positions.filter((position) => position < input.length).map((position) => (parity ^= input[position]!));
  }
  traceLength(inputLength: number): number {
    return this.positions.filter((position) => position < inputLength).length;
  }
  /** The state is the next position, as far as it matters, and the parity so far. */
  answerAutomaton(): AnswerAutomaton | null {
    const last = this.positions.at(-1)!;
    return exploredAutomaton<readonly [position: number, parity: number]>({
      start: [0, 0],
      symbols: 2,
      next: ([position, parity], bit) => [
        Math.min(position + 1, last + 1),
        this.positions.includes(position) ? parity ^ bit : parity,
      ],
      answer: ([, parity]) => parity,
    });
  }
}
