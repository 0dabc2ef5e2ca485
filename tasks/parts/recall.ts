import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type DeclaredColumn, type Rng, type Task, zooError } from '../../registry';
import { remembersHalf, starFreeColumn } from './column-theory';
import { numerals } from './symbols';

/** What tasks of recall in context let a person set. */
export class RecallHyperparameters {
  /** Keys and values together; half of them, rounded down, are keys. */
  @IsInt() @Min(4) @Max(8192) vocabulary = 16;
  /** Whether about as many keys are asked for as there are pairs, or one alone. */
  @IsBoolean() multiQuery = true;
}

/** Pairs that say nothing, between those that are asked for. */
export interface Noise {
  /** Symbols that they are made of. */
  readonly noiseVocabulary: number;
  /** Probability that a pair is one of them. */
  readonly noiseFraction: number;
}

/** Many queries are copied with values in their places; one alone is an automaton's business. */
export const recallTheory = ({ multiQuery }: RecallHyperparameters): DeclaredColumn =>
  multiQuery ? remembersHalf : { ...starFreeColumn, level: 'regular' };

/** Marks what is asked for. */
export const ask = '?';

/** How a vocabulary is divided: k0 k1 ... come first in an alphabet, v0 v1 ... behind them. */
export function keysAndValues(vocabulary: number): { readonly keys: string[]; readonly values: string[] } {
  const keys = Math.floor(vocabulary / 2);
  return {
    keys: numerals(keys).map((key) => `k${key}`),
    values: numerals(vocabulary - keys).map((value) => `v${value}`),
  };
}

/**
 * Recall in context as MAD has it: pairs of a key and a value, keys drawn with replacement and each with one value
 * throughout, some pairs noise; then a mark, and keys whose values are the answer.
 */
export abstract class ContextRecall implements Task {
  readonly alphabets: Alphabets;
  private readonly keys: number;
  /** Ids of input symbols: keys below `keys`, values below `noise`, noise below `mark`. */
  private readonly noise: number;
  private readonly mark: number;

  constructor(
    private readonly id: string,
    private readonly hyperparameters: RecallHyperparameters,
    private readonly noisy: Noise = { noiseVocabulary: 0, noiseFraction: 0 },
  ) {
    const { keys, values } = keysAndValues(hyperparameters.vocabulary);
    const noise = numerals(noisy.noiseVocabulary).map((symbol) => `n${symbol}`);
    this.alphabets = { input: [...keys, ...values, ...noise, ask], output: values };
    this.keys = keys.length;
    this.noise = hyperparameters.vocabulary;
    this.mark = this.noise + noise.length;
  }

  /** One pair, the mark and one key need four symbols; with a single query, what comes before the mark is even. */
  inputLength(length: number): number {
    return Math.max(4, this.hyperparameters.multiQuery ? length : length - (length % 2));
  }
  sample(rng: Rng, length: number): number[] {
    const actual = this.inputLength(length);
    const pairs = this.pairs(actual);
    const certain = rng.integer(pairs); // this pair is no noise, so that there is something to ask for
    const values = new Map<number, number>();
    const symbols: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      if (pair !== certain && rng.uniform() < this.noisy.noiseFraction) {
        for (let i = 0; i < 2; i++) symbols.push(this.noise + rng.integer(this.noisy.noiseVocabulary));
        continue;
      }
      const key = rng.integer(this.keys);
      const value = values.get(key) ?? this.keys + rng.integer(this.noise - this.keys);
      values.set(key, value);
      symbols.push(key, value);
    }
    const given = [...values.keys()];
    symbols.push(this.mark);
    while (symbols.length < actual) symbols.push(rng.choice(given));
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    const end = input.indexOf(this.mark);
    const queries = input.slice(end + 1);
    if (end < 0 || queries.length === 0) throw this.malformed(`it does not end in "${ask}" and keys`);
    if (end % 2 === 1) throw this.malformed(`what comes before "${ask}" is no list of pairs`);
    const values = new Map<number, number>();
    for (let place = 0; place < end; place += 2) {
      const [first, second] = [input[place]!, input[place + 1]!];
      const isNoise = first >= this.noise && second >= this.noise;
      const isPair = first < this.keys && second >= this.keys && second < this.noise;
      if (!isNoise && !isPair) throw this.malformed(`position ${place} does not begin a pair`);
      if (isPair) values.set(first, second - this.keys);
    }
    return queries.map((key) => {
      const value = values.get(key);
      if (value === undefined) throw this.malformed('a key is asked for that was not given');
      return value;
    });
  }
  answerLength(inputLength: number): number {
    return inputLength - 1 - 2 * this.pairs(inputLength);
  }

  private pairs(length: number): number {
    return this.hyperparameters.multiQuery ? Math.max(1, Math.floor((length - 1) / 3)) : (length - 2) / 2;
  }
  private malformed(problem: string) {
    return zooError('malformed-input', {
      task: this.id,
      problem,
      form: `pairs of a key and a value, "${ask}", then keys that were given`,
    });
  }
}
