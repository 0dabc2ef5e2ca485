import type { Alphabets, Rng, Task } from '../../registry';

export const no = 0;
export const yes = 1;
/** Answers of every recognition task. */
export const verdicts = ['no', 'yes'];

/** Edits tried on one member before a random non-member is taken instead. */
const editAttempts = 8;

/**
 * Whether a word is in a language. Both answers are equally likely. Half of the negatives are members with one or two
 * edits, checked to be non-members; the other half are uniform non-members.
 */
export abstract class RecognitionTask implements Task {
  abstract readonly alphabets: Alphabets;

  /** Whether the word is in the language. */
  protected abstract contains(word: readonly number[]): boolean;
  /** Whether both members and non-members of this length exist. */
  protected abstract isBalanced(length: number): boolean;
  /** A uniform member of a balanced length. */
  protected abstract sampleMember(rng: Rng, length: number): number[];

  /** The nearest length below or at the one asked for that has members and non-members; failing that, above it. */
  inputLength(length: number): number {
    for (let shorter = length; shorter >= 1; shorter--) if (this.isBalanced(shorter)) return shorter;
    for (let longer = length + 1; ; longer++) if (this.isBalanced(longer)) return longer;
  }
  sample(rng: Rng, length: number): number[] {
    const actual = this.inputLength(length);
    if (rng.integer(2) === yes) return this.sampleMember(rng, actual);
    return (rng.integer(2) === 0 ? this.nearMiss(rng, actual) : undefined) ?? this.sampleNonMember(rng, actual);
  }
  solve(input: readonly number[]): number[] {
    return [this.contains(input) ? yes : no];
  }
  answerLength(): number {
    return 1;
  }

  /** A uniform non-member of a balanced length, by rejection: members are rare among all words. */
  protected sampleNonMember(rng: Rng, length: number): number[] {
    for (;;) {
      const word = new Array<number>(length);
      for (let i = 0; i < length; i++) word[i] = rng.integer(this.alphabets.input.length);
      if (!this.contains(word)) return word;
    }
  }
  /** A uniform member with one or two edits that put it outside the language; undefined where they keep it inside. */
  private nearMiss(rng: Rng, length: number): number[] | undefined {
    const member = this.sampleMember(rng, length);
    for (let attempt = 0; attempt < editAttempts; attempt++) {
      const word = [...member];
      for (let edits = 1 + rng.integer(2); edits > 0; edits--) edit(rng, word, this.alphabets.input.length);
      if (!this.contains(word)) return word;
    }
    return undefined;
  }
}

/** Replaces one symbol by another, or exchanges two places: each half of the time. The length stays. */
function edit(rng: Rng, word: number[], symbols: number): void {
  const place = rng.integer(word.length);
  if (rng.integer(2) === 0) word[place] = (word[place]! + 1 + rng.integer(symbols - 1)) % symbols;
  else {
    const other = rng.integer(word.length);
    [word[place], word[other]] = [word[other]!, word[place]!];
  }
}
