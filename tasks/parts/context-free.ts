import type { Rng } from '../../registry';
import { invalid, type Rules } from './backus-naur';
import { ExactChoice } from './exact-choice';
import { normalForm, type NormalForm } from './normal-form';

/** Trees drawn before a grammar is called too ambiguous to draw its words uniformly. */
const mostTrees = 2000;

type Ends = (number[] | undefined)[];

/** The words of a context-free grammar: counting, drawing and recognising them. */
export class ContextFreeLanguage {
  readonly terminals: readonly string[];
  private readonly form: NormalForm;
  /** counts[length][symbol]: derivation trees of the symbol with that many leaves. */
  private readonly counts: bigint[][] = [[]];
  /** choices[length][symbol]: the pair and the length of its left side, weighted by their trees. */
  private readonly choices: (ExactChoice | undefined)[][] = [];
  /** pairsWith[symbol]: the pairs that have it on the left, with the symbol that makes them. */
  private readonly pairsWith: { maker: number; right: number }[][];
  /** leaves[symbol]: the terminals it makes. */
  private readonly leaves: number[][];

  constructor(rules: Rules) {
    const named = [...rules.values()].flat(2).filter(({ isTerminal }) => isTerminal);
    this.terminals = [...new Set(named.map(({ name }) => name))].sort();
    this.form = normalForm(rules, this.terminals);
    this.leaves = this.form.pairs.map(() => []);
    this.form.makers.forEach((makers, terminal) => makers.forEach((maker) => this.leaves[maker]!.push(terminal)));
    this.pairsWith = this.form.pairs.map(() => []);
    this.form.pairs.forEach((pairs, maker) => {
      for (const [left, right] of pairs) this.pairsWith[left]!.push({ maker, right });
    });
  }

  /** Derivation trees of this length; at least as many as words, and 0 exactly when there is no word. */
  countTrees(length: number): bigint {
    return this.countsOf(length)[this.form.start]!;
  }

  /**
   * A uniform word: a uniform derivation tree, accepted with one over the number of trees of its word.
   * @throws invalid-language where words have so many trees that hardly any is accepted.
   */
  sample(rng: Rng, length: number): number[] {
    for (let tree = 0; tree < mostTrees; tree++) {
      const word: number[] = [];
      this.grow(rng, this.form.start, length, word);
      if (rng.bigInteger(this.parse(word).trees()) === 0n) return word;
    }
    throw invalid(`its words of length ${length} have too many derivations to draw them uniformly`);
  }
  contains(word: readonly number[]): boolean {
    return this.parse(word).isWord;
  }

  private grow(rng: Rng, symbol: number, length: number, word: number[]): void {
    if (length === 1) {
      const makes = this.form.makers.flatMap((makers, terminal) => (makers.includes(symbol) ? [terminal] : []));
      return void word.push(rng.choice(makes));
    }
    const pairs = this.form.pairs[symbol]!;
    const drawn = this.choiceOf(symbol, length).draw(rng);
    const [left, right] = pairs[drawn % pairs.length]!;
    const split = 1 + Math.floor(drawn / pairs.length);
    this.grow(rng, left, split, word);
    this.grow(rng, right, length - split, word);
  }
  private countsOf(length: number): bigint[] {
    for (let n = this.counts.length; n <= length; n++) {
      this.counts.push(
        this.form.pairs.map((_, symbol) =>
          n === 1
            ? BigInt(this.leaves[symbol]!.length)
            : this.weights(symbol, n).reduce((sum, weight) => sum + weight, 0n),
        ),
      );
    }
    return this.counts[length]!;
  }
  /** Trees for each length of the left side, from 1, and each pair. */
  private weights(symbol: number, length: number): bigint[] {
    const splits = Array.from({ length: length - 1 }, (_, i) => i + 1);
    return splits.flatMap((split) =>
      this.form.pairs[symbol]!.map(
        ([left, right]) => this.counts[split]![left]! * this.counts[length - split]![right]!,
      ),
    );
  }
  private choiceOf(symbol: number, length: number): ExactChoice {
    this.countsOf(length);
    return ((this.choices[length] ??= [])[symbol] ??= new ExactChoice(this.weights(symbol, length)));
  }

  /**
   * Which parts of the word each symbol makes (Younger 1967), from the last start to the first. A part found for the
   * left side of a pair is joined at once with the parts that begin behind it, so only what exists costs time.
   */
  private parse(word: readonly number[]) {
    const symbols = this.form.pairs.length;
    /** ends[start * symbols + symbol]: ends of the parts from `start` that the symbol makes. */
    const ends: Ends = new Array<number[] | undefined>(word.length * symbols);
    let isAmbiguous = false;
    for (let start = word.length - 1; start >= 0; start--) {
      const made: number[] = [];
      const madeEnds: number[] = [];
      const add = (symbol: number, end: number) => {
        const known = (ends[start * symbols + symbol] ??= []);
        if (known.includes(end)) return void (isAmbiguous = true);
        known.push(end);
        made.push(symbol);
        madeEnds.push(end);
      };
      for (const maker of this.form.makers[word[start]!]!) add(maker, start + 1);
      for (let i = 0; i < made.length; i++)
        for (const { maker, right } of this.pairsWith[made[i]!]!)
          for (const end of ends[madeEnds[i]! * symbols + right] ?? []) add(maker, end);
    }
    return {
      isWord: ends[this.form.start]?.includes(word.length) ?? false,
      // Where no part was found twice, every part has one derivation.
      trees: () => (isAmbiguous ? this.countParses(ends, this.form.start, 0, word.length, new Map()) : 1n),
    };
  }
  /** Derivation trees by which a symbol makes the part of a word between two places. */
  private countParses(ends: Ends, symbol: number, start: number, end: number, known: Map<string, bigint>): bigint {
    const symbols = this.form.pairs.length;
    if (!ends[start * symbols + symbol]?.includes(end)) return 0n;
    if (end === start + 1) return 1n;
    const key = `${symbol} ${start} ${end}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let trees = 0n;
    for (const [left, right] of this.form.pairs[symbol]!)
      for (const middle of ends[start * symbols + left] ?? [])
        if (middle < end && ends[middle * symbols + right]?.includes(end))
          trees +=
            this.countParses(ends, left, start, middle, known) * this.countParses(ends, right, middle, end, known);
    known.set(key, trees);
    return trees;
  }
}
