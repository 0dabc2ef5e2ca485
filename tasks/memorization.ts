import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type AnswerAutomaton, createRng, type Rng, type Task, type TaskMeta, task } from '../registry';
import { starFreeColumn } from './parts/column-theory';
import { exploredAutomaton } from './parts/explored-automaton';
import { keysAndValues } from './parts/recall';
import { nc0, poli2024 } from './parts/references';
import { uniformSymbols } from './parts/symbols';

export class MemorizationHyperparameters {
  /** Keys and values together; half of them, rounded down, are keys. */
  @IsInt() @Min(4) @Max(8192) vocabulary = 32;
  /** How many keys are asked for: the last ones of the input. */
  @IsInt() @Min(1) @Max(4096) queries = 1;
  /** Draws the table of keys and values. */
  @IsInt() @Min(0) @Max(2 ** 31) tableSeed = 12345;
}

/** Lists of keys beyond which the automaton is not made. */
const mostStates = 1000;

const meta = {
  id: 'memorization',
  version: 1,
  title: 'Memorization',
  summary: 'Keys; the values that the last of them have in a table that never changes and is never shown.',
  level: 'regular',
  circuitClass: nc0,
  reference: { ...poli2024, place: 'memorization' },
  answerLengthRule: 'the number of keys asked for, at most the input length',
  labels: { final: true, aligned: true },
  theory: { ...starFreeColumn, cRasp: false, cRaspWithPositions: true },
} satisfies TaskMeta;

/** A table that has to be learnt by heart, in the weights (memorization of MAD). */
@task({ ...meta, hyperparameters: MemorizationHyperparameters })
export class Memorization implements Task {
  readonly alphabets: Alphabets;
  /** Value of each key; no two keys have the same. */
  private readonly table: readonly number[];
  private readonly queries: number;

  constructor({ vocabulary, queries, tableSeed } = new MemorizationHyperparameters()) {
    const { keys, values } = keysAndValues(vocabulary);
    this.alphabets = { input: keys, output: values };
    const shuffled = createRng('memorization')
      .split(tableSeed)
      .shuffle([...values.keys()]);
    this.table = shuffled.slice(0, keys.length);
    this.queries = queries;
  }

  /** Uniform keys. */
  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.table.length);
  }
  solve(input: readonly number[]): number[] {
    return this.aligned(input.slice(-this.queries));
  }
  answerLength(inputLength: number): number {
    return Math.min(inputLength, this.queries);
  }
  /** The state is the keys that are asked for if the input ends here; with many questions they are too many. */
  answerAutomaton(): AnswerAutomaton | null {
    if (this.table.length ** this.queries > mostStates) return null;
    return exploredAutomaton<readonly number[]>({
      start: [],
      symbols: this.table.length,
      next: (last, key) => [...last, key].slice(-this.queries),
      answer: (last) => (last.length === 0 ? null : last.reduce((number, key) => number * this.table.length + key, 0)),
    });
  }
  /** The value of every key. */
  aligned(input: readonly number[]): number[] {
    return input.map((key) => this.table[key]!);
  }
}

/** With the vocabulary and the number of questions of MAD's configuration. */
@task({ ...meta, id: 'memorization-256', title: 'Memorization of 128 keys', variantOf: 'memorization' })
export class Memorization256 extends Memorization {
  constructor() {
    super({ ...new MemorizationHyperparameters(), vocabulary: 256, queries: 16 });
  }
}
