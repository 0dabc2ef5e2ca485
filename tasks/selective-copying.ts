import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { starFreeColumn } from './parts/column-theory';
import { ac0, poli2024 } from './parts/references';
import { uniformSubset } from './parts/subset';
import { numerals } from './parts/symbols';

export class SelectiveCopyingHyperparameters {
  /** Symbols to copy are drawn from so many; the blank comes besides. */
  @IsInt() @Min(2) @Max(8192) vocabulary = 16;
  /** Symbols among the blanks; short inputs have half as many as they are long. */
  @IsInt() @Min(1) @Max(4096) tokensToCopy = 16;
}

/** The symbols that stand among blanks, in order (selective copying of MAD). */
@task({
  id: 'selective-copying',
  version: 1,
  title: 'Selective copying',
  summary: 'A few symbols with blanks in between at random; the symbols in order, without the blanks.',
  level: 'regular',
  circuitClass: ac0,
  reference: { ...poli2024, place: 'selective copying' },
  answerLengthRule: 'the number of symbols to copy: 16, at most half of the input, rounded up',
  labels: { final: true, aligned: false },
  theory: starFreeColumn,
  hyperparameters: SelectiveCopyingHyperparameters,
})
export class SelectiveCopying implements Task {
  readonly alphabets: Alphabets;
  private readonly blank: number;

  constructor(private readonly hyperparameters = new SelectiveCopyingHyperparameters()) {
    const symbols = numerals(hyperparameters.vocabulary);
    this.alphabets = { input: [...symbols, '_'], output: symbols };
    this.blank = symbols.length;
  }

  /** Uniform symbols at places that are a uniform choice. */
  sample(rng: Rng, length: number): number[] {
    const isCopied = uniformSubset(rng, length, this.answerLength(length));
    return isCopied.map((copied) => (copied ? rng.integer(this.blank) : this.blank));
  }
  solve(input: readonly number[]): number[] {
    const symbols = input.filter((symbol) => symbol !== this.blank);
    const most = this.answerLength(input.length);
    if (symbols.length >= 1 && symbols.length <= most) return symbols;
    throw zooError('malformed-input', {
      task: 'selective-copying',
      problem: `${symbols.length} of its symbols are to be copied, and there must be 1 to ${most}`,
      form: 'blanks, and among them at most as many other symbols as an input of its length has',
    });
  }
  answerLength(inputLength: number): number {
    return Math.min(this.hyperparameters.tokensToCopy, Math.ceil(inputLength / 2));
  }
}
