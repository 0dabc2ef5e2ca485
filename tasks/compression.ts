import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, task } from '../registry';
import { remembersHalf } from './parts/column-theory';
import { nc0, poli2024 } from './parts/references';
import { numerals, uniformSymbols } from './parts/symbols';

export class CompressionHyperparameters {
  @IsInt() @Min(2) @Max(8192) vocabulary = 16;
}

/** The whole input again, after all of it was read (compression of MAD). */
@task({
  id: 'compression',
  version: 1,
  title: 'Compression',
  summary: 'A string of symbols; the same string.',
  level: 'context-sensitive',
  circuitClass: nc0,
  reference: { ...poli2024, place: 'compression' },
  answerLengthRule: 'the input length',
  labels: { final: true, aligned: false },
  theory: remembersHalf,
  hyperparameters: CompressionHyperparameters,
})
export class Compression implements Task {
  readonly alphabets: Alphabets;

  constructor(private readonly hyperparameters = new CompressionHyperparameters()) {
    const symbols = numerals(hyperparameters.vocabulary);
    this.alphabets = { input: symbols, output: symbols };
  }

  sample(rng: Rng, length: number): number[] {
    return uniformSymbols(rng, length, this.hyperparameters.vocabulary);
  }
  solve(input: readonly number[]): number[] {
    return [...input];
  }
  answerLength(inputLength: number): number {
    return inputLength;
  }
}
