import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type Rng, type Task, zooError, task } from '../registry';
import { feng2023, nondeterministicLogspace } from './parts/references';
import { uniformSubset } from './parts/subset';
import { decimalDigits, decimalWidth, toDecimal, uniformSymbols } from './parts/symbols';

export class EditDistanceHyperparameters {
  /** Letters a, b, c, ... of both strings. */
  @IsInt() @Min(2) @Max(26) letters = 4;
}

/** Trace id that ends a row. */
const endOfRow = decimalDigits.length;

/** How many insertions, deletions and replacements lead from one string to another. */
@task({
  id: 'edit-distance',
  version: 1,
  title: 'Edit distance',
  summary: 'Two strings; the number of insertions, deletions and replacements between them in decimal.',
  level: 'polynomial-time',
  circuitClass: nondeterministicLogspace,
  reference: { ...feng2023, place: 'Edit Distance' },
  answerLengthRule: 'as many digits as the input length has',
  labels: { final: true, aligned: false },
  theory: { evenCycle: false, oddCycle: false, memory: 'linear' },
  hyperparameters: EditDistanceHyperparameters,
  otherNames: [{ name: 'ED', source: 'Feng et al. 2023' }],
})
export class EditDistance implements Task {
  readonly alphabets: Alphabets;
  private readonly letters;

  constructor({ letters } = new EditDistanceHyperparameters()) {
    this.letters = letters;
    const alphabet = Array.from({ length: letters }, (_, letter) => String.fromCharCode(97 + letter));
    this.alphabets = { input: [...alphabet, '#'], output: decimalDigits, trace: [...decimalDigits, ','] };
  }

  /**
   * A uniform string of (length - 1) / 2 letters, rounded down, `#`, and a copy in which a uniform number of uniform
   * places is drawn again; if the length is even, one uniform letter is inserted into the copy at a uniform place.
   */
  sample(rng: Rng, length: number): number[] {
    const left = uniformSymbols(rng, Math.floor((length - 1) / 2), this.letters);
    const redrawn = uniformSubset(rng, left.length, rng.integer(left.length + 1));
    const right = left.map((letter, place) => (redrawn[place] ? rng.integer(this.letters) : letter));
    if (length % 2 === 0) right.splice(rng.integer(right.length + 1), 0, rng.integer(this.letters));
    return [...left, this.letters, ...right];
  }
  solve(input: readonly number[]): number[] {
    let [left, right] = this.strings(input);
    // Equal beginnings and ends cost nothing and need no table.
    let start = 0;
    while (start < left.length && left[start] === right[start]) start++;
    let end = 0;
    while (end < left.length - start && left.at(-1 - end) === right.at(-1 - end) && end < right.length - start) end++;
    left = left.slice(start, left.length - end);
    right = right.slice(start, right.length - end);
    let distance = 0;
    this.fillTable(left, right, (row) => (distance = row.at(-1)!));
    return toDecimal(distance, decimalWidth(input.length));
  }
  answerLength(inputLength: number): number {
    return decimalWidth(inputLength);
  }
  /** The table of the dynamic program row by row, from the empty prefix of the first string on; a comma after each row. */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    const width = decimalWidth(input.length);
    this.fillTable(...this.strings(input), (row) => {
      for (const distance of row) steps.push(...toDecimal(distance, width));
      steps.push(endOfRow);
    });
    return steps;
  }
  /** (a + 1) (b + 1) numbers with a + b = n - 1, most for equal strings, and a + 1 <= n commas. */
  traceLength(inputLength: number): number {
    return (
      Math.floor((inputLength + 1) / 2) * Math.ceil((inputLength + 1) / 2) * decimalWidth(inputLength) + inputLength
    );
  }

  private strings(input: readonly number[]): [number[], number[]] {
    const marker = input.indexOf(this.letters);
    if (marker !== -1 && !input.includes(this.letters, marker + 1))
      return [input.slice(0, marker), input.slice(marker + 1)];
    const problem = 'there is not exactly one "#"';
    throw zooError('malformed-input', {
      task: 'edit-distance',
      problem,
      form: 'two strings with one "#" between',
    });
  }
  /** Wagner and Fischer 1974: the distance of each prefix on the left to every prefix on the right, row by row in place. */
  private fillTable(left: readonly number[], right: readonly number[], visit: (row: readonly number[]) => void): void {
    const row = [0, ...right.map((_, place) => place + 1)];
    visit(row);
    for (let i = 0; i < left.length; i++) {
      const letter = left[i];
      let diagonal = i;
      let before = (row[0] = i + 1);
      for (let j = 1; j < row.length; j++) {
        // d(i, j) = min(d(i - 1, j) + 1, d(i, j - 1) + 1, d(i - 1, j - 1) + [letters differ])
        const above = row[j]!;
        const changed = letter === right[j - 1] ? diagonal : diagonal + 1;
        const shorter = (above < before ? above : before) + 1;
        row[j] = before = shorter < changed ? shorter : changed;
        diagonal = above;
      }
      visit(row);
    }
  }
}
