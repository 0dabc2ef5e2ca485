import { IsIn, IsOptional } from 'class-validator';
import { type Rng, type Task, zooError, task } from '../registry';
import { remainderCycles } from './parts/column-theory';
import { counterLanguages, thresholdComplete } from './parts/references';
import { decimalDigits, decimalWidth, toDecimal } from './parts/symbols';
import { Counting } from './counting';

/** How letters are written as symbols: the symbols, how many letters so many of them hold, and the way there and back. */
interface Spelling {
  readonly symbols: readonly string[];
  readonly lettersIn: (length: number) => number;
  readonly lengthOf: (letters: number) => number;
  readonly spell: (letters: readonly number[]) => number[];
}

const letters: Spelling = {
  symbols: ['a', 'b'],
  lettersIn: (length) => length,
  lengthOf: (letters) => letters,
  spell: (letters) => [...letters],
};
/** Two letters are one symbol, so a symbol does not show what it holds. */
const pairs: Spelling = {
  symbols: ['aa', 'ab', 'ba', 'bb'],
  lettersIn: (length) => 2 * length,
  lengthOf: (letters) => letters / 2,
  spell: (letters) => letters.flatMap((letter, i) => (i % 2 === 0 ? 2 * letter + letters[i + 1]! : [])),
};
const [comma, quote] = [2, 3];
/** Symbols before and behind every letter, and a comma between two letters. */
const separated = (symbols: readonly string[], around: readonly number[]): Spelling => {
  const item = 1 + 2 * around.length;
  return {
    symbols,
    lettersIn: (length) => Math.max(1, Math.floor((length + 1) / (item + 1))),
    lengthOf: (letters) => letters * (item + 1) - 1,
    spell: (letters) => letters.flatMap((letter, i) => [...(i > 0 ? [comma] : []), ...around, letter, ...around]),
  };
};
const spellings = {
  pairs,
  separated: separated(['a', 'b', ','], []),
  quoted: separated(['a', 'b', ',', '"'], [quote]),
};

export class SpellingHyperparameters {
  /** `pairs`: two letters are one symbol; `separated`: a comma between letters; `quoted`: quotation marks besides; absent: one symbol each. */
  @IsOptional() @IsIn(Object.keys(spellings)) tokens?: keyof typeof spellings;
}

/** `counting` with a numeral for an answer. */
@task({
  id: 'counting-decimal',
  version: 1,
  title: 'Counting, decimal',
  summary: "A string over a and b; the number of a's in decimal.",
  level: 'counter',
  circuitClass: thresholdComplete,
  reference: counterLanguages,
  answerLengthRule: 'as many digits as the number of letters has',
  labels: { final: true, aligned: false },
  theory: ({ tokens }: SpellingHyperparameters) => ({
    cRasp: false,
    cRaspWithPositions: false,
    ...(tokens === undefined && remainderCycles(10)),
    memory: 'logarithmic',
  }),
  hyperparameters: SpellingHyperparameters,
})
export class CountingDecimal implements Task {
  readonly alphabets;

  private readonly counting = new Counting();
  private readonly spelling: Spelling;

  constructor({ tokens } = new SpellingHyperparameters()) {
    this.spelling = tokens ? spellings[tokens] : letters;
    this.alphabets = { input: this.spelling.symbols, output: decimalDigits, trace: decimalDigits };
  }
  inputLength(length: number): number {
    return this.spelling.lengthOf(this.spelling.lettersIn(length));
  }
  sample(rng: Rng, length: number): number[] {
    return this.spelling.spell(this.counting.sample(rng, this.spelling.lettersIn(length)));
  }
  solve(input: readonly number[]): number[] {
    const read = this.read(input);
    return toDecimal(read.filter((letter) => letter === 0).length, decimalWidth(read.length));
  }
  answerLength(inputLength: number): number {
    return decimalWidth(this.spelling.lettersIn(inputLength));
  }
  /** The count after each letter, padded like the answer. */
  trace(input: readonly number[]): number[] {
    const read = this.read(input);
    const width = decimalWidth(read.length);
    let count = 0;
    return read.flatMap((letter) => toDecimal(letter === 0 ? ++count : count, width));
  }
  traceLength(inputLength: number): number {
    const count = this.spelling.lettersIn(inputLength);
    return count * decimalWidth(count);
  }

  /** Letters of an input: 0 for a, 1 for b. */
  private read(input: readonly number[]): number[] {
    const { spelling } = this;
    const read = spelling === pairs ? input.flatMap((id) => [id >> 1, id & 1]) : input.filter((id) => id < comma);
    const again = read.length > 0 ? spelling.spell(read) : [];
    if (again.length === input.length && again.every((id, i) => id === input[i])) return read;
    const problem = 'its letters are not written as the hyperparameter "tokens" says';
    throw zooError('malformed-input', { task: 'counting-decimal', problem, form: 'letters in that form' });
  }
}
