import type { NormalForm } from './normal-form';

/** What a word is made of: which parts of it each symbol of the normal form makes. */
export interface Parse {
  readonly isWord: boolean;
  /** Derivation trees of the word; 0 where it is none. */
  trees(): bigint;
}

/**
 * Recognition of Younger 1967 with sets of ends as bits, 32 at a time: for words of n symbols n^3 / 64 steps for each pair
 * of the form at most, and fewer where few parts of the word are made by anything.
 */
export class Younger {
  /** pairsWith[symbol]: the pairs that have it on the left, with the symbol that makes them. */
  private readonly pairsWith: { readonly maker: number; readonly right: number }[][];
  /** Symbols that are on the left of some pair. */
  private readonly lefts: number[];

  constructor(private readonly form: NormalForm) {
    this.pairsWith = form.pairs.map(() => []);
    form.pairs.forEach((pairs, maker) => {
      for (const [left, right] of pairs) this.pairsWith[left]!.push({ maker, right });
    });
    this.lefts = this.pairsWith.flatMap((pairs, symbol) => (pairs.length > 0 ? [symbol] : []));
  }

  /** From the last start to the first, and there from the nearest end to the furthest: what a pair needs is complete. */
  parse(word: readonly number[]): Parse {
    const symbols = this.form.pairs.length;
    const length = word.length;
    const size = (length >> 5) + 1;
    // Bit `end` of row start * symbols + symbol: whether the symbol makes the part of the word from start to end.
    const rows = new Uint32Array((length + 1) * symbols * size);
    let isAmbiguous = false;
    for (let start = length - 1; start >= 0; start--) {
      const own = start * symbols * size;
      for (const maker of this.form.makers[word[start]!]!) set(rows, own + maker * size, start + 1);
      for (let end = start + 1; end < length; end++) {
        const [place, bit] = [end >> 5, 1 << (end & 31)];
        for (const left of this.lefts) {
          if ((rows[own + left * size + place]! & bit) === 0) continue;
          for (const { maker, right } of this.pairsWith[left]!) {
            const from = (end * symbols + right) * size;
            const to = own + maker * size;
            for (let at = place; at < size; at++) {
              const ends = rows[from + at]!;
              if (ends === 0) continue;
              if ((rows[to + at]! & ends) !== 0) isAmbiguous = true;
              rows[to + at]! |= ends;
            }
          }
        }
      }
    }
    const isMade = (symbol: number, start: number, end: number) =>
      (rows[(start * symbols + symbol) * size + (end >> 5)]! & (1 << (end & 31))) !== 0;
    const isWord = length > 0 && isMade(this.form.start, 0, length);
    return {
      isWord,
      trees: () => {
        if (!isWord) return 0n;
        // Where no part was made twice, every part has one derivation.
        return isAmbiguous ? this.countTrees(length, isMade) : 1n;
      },
    };
  }

  private countTrees(length: number, isMade: (symbol: number, start: number, end: number) => boolean): bigint {
    const known = new Map<number, bigint>();
    const count = (symbol: number, start: number, end: number): bigint => {
      if (end === start + 1) return 1n;
      const key = (symbol * length + start) * (length + 1) + end;
      const before = known.get(key);
      if (before !== undefined) return before;
      let trees = 0n;
      for (const [left, right] of this.form.pairs[symbol]!)
        for (let middle = start + 1; middle < end; middle++)
          if (isMade(left, start, middle) && isMade(right, middle, end))
            trees += count(left, start, middle) * count(right, middle, end);
      known.set(key, trees);
      return trees;
    };
    return count(this.form.start, 0, length);
  }
}

function set(rows: Uint32Array, row: number, bit: number): void {
  rows[row + (bit >> 5)]! |= 1 << (bit & 31);
}
