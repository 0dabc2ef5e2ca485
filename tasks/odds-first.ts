import { type Rng, type Task, type TaskMeta, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { deletang2023, nc0 } from './parts/references';
import { bits, uniformSymbols } from './parts/symbols';

const common = {
  version: 1,
  level: 'context-sensitive',
  circuitClass: nc0,
  reference: deletang2023('Odds First'),
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
} satisfies Partial<TaskMeta>;

/** Positions 1, 3, 5, ... counted from 0, then 0, 2, 4, ...: what the reference code computes. */
@task({
  ...common,
  id: 'odds-first',
  title: 'Odds first',
  summary: 'A string of bits s1 s2 s3 ...; s2 s4 s6 ... followed by s1 s3 s5 ...',
})
export class OddsFirst implements Task {
  readonly alphabets = { input: bits, output: bits };
  /** Remainder modulo 2, counted from 0, of the positions that come first. */
  protected readonly first: number = 1;

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, 2);
  }
  solve(input: readonly number[]): number[] {
    const comesFirst = (_: number, place: number) => place % 2 === this.first;
    return [...input.filter(comesFirst), ...input.filter((bit, place) => !comesFirst(bit, place))];
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
}

/** Positions 0, 2, 4, ... counted from 0, then 1, 3, 5, ...: what the paper says. */
@task({
  ...common,
  id: 'odds-first-paper',
  title: 'Odds first (paper order)',
  summary: 'A string of bits s1 s2 s3 ...; s1 s3 s5 ... followed by s2 s4 s6 ...',
  variantOf: 'odds-first',
})
export class OddsFirstPaper extends OddsFirst {
  protected override readonly first = 0;
}
