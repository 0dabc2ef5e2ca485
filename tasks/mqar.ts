import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { ac0 } from './parts/references';
import { numerals } from './parts/symbols';

export class AssociativeRecallHyperparameters {
  @IsInt() @Min(1) @Max(4096) keys = 64;
  @IsInt() @Min(2) @Max(4096) values = 64;
}

/** Multi-query associative recall: the values that go with the keys asked for. */
@task({
  id: 'mqar',
  version: 1,
  title: 'Associative recall',
  summary: 'Keys with their values, then keys alone; the values of the latter.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: {
    authors: 'Arora et al. 2023',
    title: 'Zoology: Measuring and Improving Recall in Efficient Language Models',
    identifier: 'arXiv:2312.04927',
  },
  answerLengthRule: 'the number of queries: the input length minus two for each pair',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  hyperparameters: AssociativeRecallHyperparameters,
  otherNames: [
    { name: 'multiquery_ar', source: 'Zoology (Arora et al. 2024)' },
    { name: 'associative recall', source: 'Zoology (Arora et al. 2024)' },
  ],
})
export class AssociativeRecall implements Task {
  readonly alphabets: Alphabets;

  constructor(private readonly hyperparameters = new AssociativeRecallHyperparameters()) {
    const values = numerals(hyperparameters.values).map((value) => `v${value}`);
    const keys = numerals(hyperparameters.keys).map((key) => `k${key}`);
    this.alphabets = { input: [...keys, ...values], output: values };
  }

  /** One pair and one query need three symbols. */
  inputLength(length: number): number {
    return length < 3 ? 3 : length;
  }
  /** Distinct uniform keys with uniform values; the rest are queries, uniform over those keys. */
  sample(rng: Rng, length: number): number[] {
    const actual = this.inputLength(length);
    const keys = this.distinctKeys(rng, this.pairs(actual));
    const symbols: number[] = [];
    for (const key of keys) symbols.push(key, this.hyperparameters.keys + rng.integer(this.hyperparameters.values));
    while (symbols.length < actual) symbols.push(keys[rng.integer(keys.length)]!);
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    const values = new Map<number, number>();
    const isKey = (symbol: number | undefined) => symbol !== undefined && symbol < this.hyperparameters.keys;
    let place = 0;
    while (isKey(input[place]) && place + 1 < input.length && !isKey(input[place + 1])) {
      values.set(input[place]!, input[place + 1]! - this.hyperparameters.keys);
      place += 2;
    }
    const answers = input.slice(place).map((key) => values.get(key));
    if (answers.length === 0 || answers.includes(undefined)) {
      const problem = 'it does not end in keys that have a value';
      throw zooError('malformed-input', {
        task: 'mqar',
        problem,
        form: 'pairs of a key and a value, then keys',
      });
    }
    return answers as number[];
  }
  /** Inputs with fewer pairs than sampled ones have more queries. */
  answerLength(inputLength: number): number {
    return inputLength - 2 * this.pairs(inputLength);
  }

  private pairs(length: number): number {
    return Math.min(this.hyperparameters.keys, Math.floor(length / 3));
  }
  /** The first places of a shuffle (Fisher and Yates). */
  private distinctKeys(rng: Rng, count: number): number[] {
    const keys = new Array<number>(this.hyperparameters.keys);
    for (let key = 0; key < keys.length; key++) keys[key] = key;
    for (let place = 0; place < count; place++) {
      const chosen = place + rng.integer(keys.length - place);
      const key = keys[chosen]!;
      keys[chosen] = keys[place]!;
      keys[place] = key;
    }
    return keys.slice(0, count);
  }
}
