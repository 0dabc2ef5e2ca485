import type { Alphabets, Rng } from '../../registry';
import { RecognitionTask, verdicts } from './recognition';
import { bits, uniformSymbols } from './symbols';

const marker = 2;

/** How the two halves of a word belong together. */
interface Halves {
  /** A `#` stands between them. */
  readonly isMarked: boolean;
  /** The second half is the first one backwards, or else the same once more. */
  readonly isReversed: boolean;
}

/** Recognition of w v with or without a marker between, where v is w or w backwards. */
export class MirroredHalves extends RecognitionTask {
  readonly alphabets: Alphabets;
  private readonly violation;

  constructor(private readonly halves: Halves) {
    super();
    this.alphabets = {
      input: halves.isMarked ? [...bits, '#'] : bits,
      output: verdicts,
      trace: [...bits, '!'],
    };
    this.violation = bits.length;
  }

  /**
   * The pairs of symbols compared, in the order of the first half, up to the first pair that differs, then `!`.
   * A word that has no middle of the right form has the trace `!`.
   */
  trace(input: readonly number[]): number[] {
    const steps: number[] = [];
    const isMember = this.compare(input, (left, right) => steps.push(left, right));
    return isMember ? steps : [...steps, this.violation];
  }
  traceLength(inputLength: number): number {
    return inputLength + 1;
  }

  protected contains(word: readonly number[]): boolean {
    return this.compare(word);
  }
  protected isBalanced(length: number): boolean {
    return (length % 2 === 1) === this.halves.isMarked;
  }
  protected sampleMember(rng: Rng, length: number): number[] {
    const first = uniformSymbols(rng, Math.floor(length / 2), 2);
    const second = this.halves.isReversed ? first.toReversed() : first;
    return this.halves.isMarked ? [...first, marker, ...second] : [...first, ...second];
  }

  /** Compares the halves symbol by symbol up to the first difference; whether there is none. */
  private compare(word: readonly number[], visit?: (left: number, right: number) => void): boolean {
    const { isMarked, isReversed } = this.halves;
    const half = Math.floor(word.length / 2);
    if (!this.isBalanced(word.length)) return false;
    if (isMarked && (word[half] !== marker || word.indexOf(marker) !== half || word.lastIndexOf(marker) !== half))
      return false;
    for (let i = 0; i < half; i++) {
      const left = word[i]!;
      const right = word[isReversed ? word.length - 1 - i : word.length - half + i]!;
      visit?.(left, right);
      if (left !== right) return false;
    }
    return true;
  }
}
