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
  constructor(private readonly form: NormalForm) {
    this.pairsWith = form.pairs.map(() => []);
    form.pairs.forEach((pairs, maker) => {
      for (const [left, right] of pairs) this.pairsWith[left]!.push({ maker, right });
    });
  }

  /** From the last start to the first: what stands behind a part that is found has been found before. */
  parse(word: readonly number[]): Parse {
    const symbols = this.form.pairs.length;
    const length = word.length;
    const size = (length >> 5) + 1;
    // Bit `end` of row start * symbols + symbol: whether the symbol makes the part of the word from start to end.
    const rows = new Uint32Array((length + 1) * symbols * size);
    // isAny[start * symbols + symbol]: whether the symbol makes any part from there.
    const isAny = new Uint8Array((length + 1) * symbols);
    let isAmbiguous = false;
    // Parts from the start at hand that are on the left of some pair, as symbol and end.
    const found: number[] = [];
    for (let start = length - 1; start >= 0; start--) {
      const own = start * symbols;
      const add = (symbol: number, at: number, ends: number) => {
        const place = (own + symbol) * size + at;
        if ((rows[place]! & ends) !== 0) isAmbiguous = true;
        let fresh = ends & ~rows[place]!;
        rows[place]! |= ends;
        isAny[own + symbol] = 1;
        if (this.pairsWith[symbol]!.length === 0) return;
        for (; fresh !== 0; fresh &= fresh - 1) found.push(symbol, at * 32 + 31 - Math.clz32(fresh & -fresh));
      };
      found.length = 0;
      for (const maker of this.form.makers[word[start]!]!) add(maker, (start + 1) >> 5, 1 << ((start + 1) & 31));
      for (let next = 0; next < found.length; next += 2) {
        const end = found[next + 1]!;
        for (const { maker, right } of this.pairsWith[found[next]!]!) {
          if (isAny[end * symbols + right] === 0) continue;
          const from = (end * symbols + right) * size;
          for (let at = end >> 5; at < size; at++) if (rows[from + at] !== 0) add(maker, at, rows[from + at]!);
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
