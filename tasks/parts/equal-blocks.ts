import type { Alphabets, Rng } from '../../registry';
import { RecognitionTask, verdicts } from './recognition';
import { decimalDigits, decimalWidth, toDecimal } from './symbols';

/** Recognition of a^m b^m ...: one block for each letter, in their order, all of the same length. */
export class EqualBlocks extends RecognitionTask {
  readonly alphabets: Alphabets;

  constructor(private readonly letters: readonly string[]) {
    super();
    this.alphabets = { input: letters, output: verdicts, trace: decimalDigits };
  }

  /** How often each letter occurred, after each symbol, padded to the digits of the input length. */
  trace(input: readonly number[]): number[] {
    const width = decimalWidth(input.length);
    const counts = this.letters.map(() => 0);
    return input.flatMap((letter) => {
      counts[letter]!++;
      return counts.flatMap((count) => toDecimal(count, width));
    });
  }
  traceLength(inputLength: number): number {
    return inputLength * this.letters.length * decimalWidth(inputLength);
  }

  protected contains(word: readonly number[]): boolean {
    const block = word.length / this.letters.length;
    return Number.isInteger(block) && word.every((letter, place) => letter === Math.floor(place / block));
  }
  protected isBalanced(length: number): boolean {
    return length % this.letters.length === 0;
  }
  /** There is one member of each length. */
  protected sampleMember(_: Rng, length: number): number[] {
    return Array.from({ length }, (_, place) => Math.floor((place * this.letters.length) / length));
  }
}
