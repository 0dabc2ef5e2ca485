import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type TaskMeta, task, type UnitClass } from '../registry';
import { countersOf } from './parts/column-theory';
import { bracketSymbols, freePath, isOpening, kindOf } from './parts/bracket-words';
import { RecognitionTask, verdicts } from './parts/recognition';
import { bhattamishra2020, threshold } from './parts/references';
import { ShuffleSplits } from './parts/shuffle-splits';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';

export class ShuffleDyckHyperparameters {
  /** Kinds of brackets. */
  @IsInt() @Min(1) @Max(16) kinds = 3;
}

const violation = decimalDigits.length;

const meta = {
  id: 'shuffle-dyck',
  version: 1,
  title: 'Shuffle-Dyck language',
  summary: 'A string of brackets of several kinds; whether the brackets of each kind alone are well nested.',
  level: 'counter',
  circuitClass: threshold,
  reference: bhattamishra2020,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
} satisfies TaskMeta;

/** Recognition of shuffles of k Dyck-1 words, one for each kind of brackets. */
@task({
  ...meta,
  hyperparameters: ShuffleDyckHyperparameters,
  theory: ({ kinds }: ShuffleDyckHyperparameters) => countersOf(kinds),
})
export class ShuffleDyck extends RecognitionTask {
  readonly alphabets: Alphabets;
  private readonly kinds;
  private readonly splits;

  constructor({ kinds } = new ShuffleDyckHyperparameters()) {
    super();
    this.kinds = kinds;
    this.splits = new ShuffleSplits(kinds);
    this.alphabets = { input: bracketSymbols(kinds), output: verdicts, trace: [...decimalDigits, '!'] };
  }

  /**
   * The depths of all kinds after each symbol, in decimal, padded to the digits of the input length. The trace ends
   * with `!` at the first bracket that closes nothing.
   */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    const steps: number[] = [];
    this.depthsAfter(input, (depths) => {
      if (!depths) steps.push(violation);
      else for (const depth of depths) steps.push(...toDecimal(depth, width));
    });
    return steps;
  }
  traceLength(inputLength: number): number {
    return inputLength * this.kinds * decimalWidth(inputLength);
  }

  protected contains(word: readonly number[]): boolean {
    return this.depthsAfter(word)?.every((depth) => depth === 0) ?? false;
  }
  protected isBalanced(length: number): boolean {
    return length % 2 === 0;
  }
  /** A Dyck-1 word for each kind, and a uniform shuffle of them. */
  protected sampleMember(rng: Rng, length: number): number[] {
    const left = this.splits.sample(rng, length / 2).map((pairs) => 2 * pairs);
    const words = left.map((symbols) => freePath(rng, symbols));
    const shuffled = new Array<number>(length);
    for (let place = 0; place < length; place++) {
      // The next symbol is of each kind with its share of the symbols left.
      let kind = 0;
      for (let drawn = rng.integer(length - place); drawn >= left[kind]!; kind++) drawn -= left[kind]!;
      const word = words[kind]!;
      shuffled[place] = 2 * kind + (word[word.length - left[kind]!--] ? 0 : 1);
    }
    return shuffled;
  }

  /** Depths of all kinds at the end, or undefined after a violation; `visit` sees them after each symbol up to there. */
  private depthsAfter(
    word: readonly number[],
    visit?: (depths: readonly number[] | undefined) => void,
  ): number[] | undefined {
    const depths = new Array<number>(this.kinds).fill(0);
    for (const symbol of word) {
      const depth = (depths[kindOf(symbol)]! += isOpening(symbol) ? 1 : -1);
      if (depth < 0) return void visit?.(undefined);
      visit?.(depths);
    }
    return depths;
  }
}

/** The same with its kinds fixed, under a name of its own. */
function variant(kinds: number): UnitClass<'task'> {
  const otherNames = [{ name: `Shuffle-${kinds}`, source: 'Bhattamishra et al. 2020' }];
  const theory = countersOf(kinds);
  @task({
    ...meta,
    theory,
    id: `shuffle-dyck-${kinds}`,
    title: `Shuffle-Dyck-${kinds}`,
    variantOf: 'shuffle-dyck',
    otherNames,
  })
  class ShuffleDyckVariant extends ShuffleDyck {
    constructor() {
      super({ kinds });
    }
  }
  return ShuffleDyckVariant;
}

export const ShuffleDyck2 = variant(2);
export const ShuffleDyck4 = variant(4);
export const ShuffleDyck6 = variant(6);
