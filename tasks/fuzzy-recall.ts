import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { HoldsMotifs, runsOf, sampleMotif, withoutLeading } from './parts/motifs';
import { ask, keysAndValues, RecallHyperparameters, recallTheory } from './parts/recall';
import { ac0, poli2024 } from './parts/references';

export class FuzzyRecallHyperparameters extends RecallHyperparameters {
  @HoldsMotifs('keyMotifSize', 'valueMotifSize') declare vocabulary: number;
  /** Most symbols of a key. */
  @IsInt() @Min(1) @Max(16) keyMotifSize = 3;
  /** Most symbols of a value. */
  @IsInt() @Min(1) @Max(16) valueMotifSize = 3;
}

/** Recall of values that take one or more symbols by keys that take one or more (fuzzy in-context recall of MAD). */
@task({
  id: 'fuzzy-recall',
  version: 1,
  title: 'Fuzzy in-context recall',
  summary: 'Pairs of a key and a value of one or more symbols each; then keys alone, whose values are the answer.',
  level: 'context-sensitive',
  circuitClass: ac0,
  reference: { ...poli2024, place: 'fuzzy in-context recall' },
  answerLengthRule: 'the longest value for each key asked for, shorter values filled up with blanks',
  labels: { final: true, aligned: false },
  theory: recallTheory,
  hyperparameters: FuzzyRecallHyperparameters,
  otherNames: [
    {
      name: 'fuzzy-in-context-recall',
      source: 'MAD (Poli et al. 2024)',
      differs: 'queries stand at the end here, not in place',
    },
  ],
})
export class FuzzyRecall implements Task {
  readonly alphabets: Alphabets;
  private readonly keys: number;
  private readonly blank: number;
  private readonly mark: number;
  /** Of the longest pair, and of a query with its mark. */
  private readonly pairSize: number;
  private readonly querySize: number;

  constructor(private readonly hyperparameters = new FuzzyRecallHyperparameters()) {
    const { keys, values } = keysAndValues(hyperparameters.vocabulary);
    this.alphabets = { input: [...keys, ...values, '_', ask], output: [...values, '_'] };
    this.keys = keys.length;
    this.blank = hyperparameters.vocabulary;
    this.mark = this.blank + 1;
    this.pairSize = hyperparameters.keyMotifSize + hyperparameters.valueMotifSize;
    this.querySize = 1 + hyperparameters.keyMotifSize;
  }

  /** Room for the longest pair and one query. */
  inputLength(length: number): number {
    return Math.max(this.pairSize + this.querySize, length);
  }
  /** Blanks, pairs until another might not fit, and keys of these pairs, each behind a mark and blanks that fill it up. */
  sample(rng: Rng, length: number): number[] {
    const { keyMotifSize, valueMotifSize } = this.hyperparameters;
    const actual = this.inputLength(length);
    const room = actual - this.queries(actual) * this.querySize;
    const pairs = new Map<string, { readonly key: number[]; readonly value: number[] }>();
    const body: number[] = [];
    while (body.length + this.pairSize <= room) {
      const key = sampleMotif(rng, 0, this.keys, keyMotifSize);
      const known = pairs.get(key.join());
      const value = known?.value ?? sampleMotif(rng, this.keys, this.blank, valueMotifSize);
      pairs.set(key.join(), { key, value });
      body.push(...key, ...value);
    }
    const given = [...pairs.values()];
    const symbols = [...this.blanks(room - body.length), ...body];
    while (symbols.length < actual) {
      const { key } = rng.choice(given);
      symbols.push(this.mark, ...this.blanks(keyMotifSize - key.length), ...key);
    }
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    const { keyMotifSize, valueMotifSize } = this.hyperparameters;
    const start = input.indexOf(this.mark);
    const values = this.valuesOf(withoutLeading(this.blank, input.slice(0, Math.max(0, start))));
    const answers: number[] = [];
    for (let place = start; place < input.length; place += this.querySize) {
      const key = input.slice(place + 1, place + this.querySize);
      if (input[place] !== this.mark || key.length < keyMotifSize)
        throw this.malformed(`what is asked for is not "${ask}" and ${keyMotifSize} places`);
      const value = values.get(withoutLeading(this.blank, key).join());
      if (!value) throw this.malformed('a key is asked for that was not given');
      answers.push(...value.map((symbol) => symbol - this.keys));
      while (answers.length % valueMotifSize > 0) answers.push(this.blank - this.keys);
    }
    return answers;
  }
  answerLength(inputLength: number): number {
    return this.queries(inputLength) * this.hyperparameters.valueMotifSize;
  }

  /** One for two of the longest pairs. */
  private queries(length: number): number {
    if (!this.hyperparameters.multiQuery) return 1;
    return Math.max(1, Math.floor(length / (2 * this.pairSize + this.querySize)));
  }
  private valuesOf(body: readonly number[]): Map<string, number[]> {
    const { keyMotifSize, valueMotifSize } = this.hyperparameters;
    const isKey = (symbol: number) => symbol < this.keys;
    const motifs = runsOf(body, isKey);
    const fits = ({ length }: number[], at: number) => length <= (at % 2 === 0 ? keyMotifSize : valueMotifSize);
    if (body.includes(this.blank) || !motifs.every(fits) || motifs.length % 2 === 1 || !isKey(body[0] ?? 0))
      throw this.malformed(`what comes before "${ask}" is no list of keys with their values`);
    return new Map(motifs.flatMap((run, at) => (at % 2 === 0 ? [[run.join(), motifs[at + 1]!] as const] : [])));
  }
  private blanks = (count: number): number[] => Array<number>(count).fill(this.blank);

  private malformed(problem: string) {
    const form = `blanks, keys with their values, and keys, each behind "${ask}" and blanks that fill it up`;
    return zooError('malformed-input', { task: 'fuzzy-recall', problem, form });
  }
}
