import { createRng, type Rng } from '../../registry';
import { associativeForm } from './associative-form';
import type { Rules } from './grammar-rules';
import { ExactChoice } from './exact-choice';
import { normalForm, type NormalForm } from './normal-form';
import { type Parse, Younger } from './younger';

/** Trees drawn before one is taken as it is; where words are drawn uniformly about every second or third is accepted. */
const mostTrees = 2000;
/** Lengths at which it is found out how ambiguous words are, the length that is reached from there, and trees drawn at each. */
const probed = { lengths: [24, 48], reached: 256, trees: 48 } as const;
/** Where fewer trees than this share would be accepted, trees are drawn instead of words. */
const leastAccepted = 1 / 16;

/** By what law words are drawn: each word equally likely, or each derivation tree. */
export type Law = 'words' | 'trees';

/** The words of a context-free grammar: counting, drawing and recognising them. */
export class ContextFreeLanguage {
  readonly terminals: readonly string[];
  /** Whether the empty word is one of them. */
  readonly hasEmptyWord: boolean;
  private readonly form: NormalForm;
  private readonly younger: Younger;
  /** counts[length][symbol]: derivation trees of the symbol with that many leaves. */
  private readonly counts: bigint[][] = [[]];
  /** choices[length][symbol]: the pair and the length of its left side, weighted by their trees. */
  private readonly choices: (Split | undefined)[][] = [];
  /** leaves[symbol]: the terminals it makes. */
  private readonly leaves: number[][];
  private knownLaw?: Law;

  constructor(rules: Rules, terminals = terminalsOf(rules)) {
    this.terminals = terminals;
    this.form = normalForm(associativeForm(rules), this.terminals);
    this.hasEmptyWord = this.form.hasEmptyWord;
    this.younger = new Younger(this.form);
    this.leaves = this.form.pairs.map(() => []);
    this.form.makers.forEach((makers, terminal) => makers.forEach((maker) => this.leaves[maker]!.push(terminal)));
  }

  /** Derivation trees of this length; at least as many as words, and 0 exactly when there is no word. */
  countTrees(length: number): bigint {
    return this.countsOf(length)[this.form.start]!;
  }

  /**
   * How words are drawn: uniformly, unless so many trees of a word of 256 symbols would have to be drawn for that that it
   * would take too long. One law holds for all lengths, so that long words differ from short ones in length alone.
   */
  get law(): Law {
    return (this.knownLaw ??= this.acceptedAt(probed.reached) < leastAccepted ? 'trees' : 'words');
  }

  /** A uniform word: a uniform tree, accepted with one over the number of trees of its word; or a uniform tree. */
  sample(rng: Rng, length: number): number[] {
    for (let tree = 1; ; tree++) {
      const word = this.sampleTree(rng, length);
      if (this.law === 'trees' || tree === mostTrees || rng.bigInteger(this.parse(word).trees()) === 0n) return word;
    }
  }
  contains(word: readonly number[]): boolean {
    return word.length === 0 ? this.hasEmptyWord : this.parse(word).isWord;
  }

  /** The first words of this length in the order of their symbols, of the first trees. */
  first(length: number, most: number): number[][] {
    const symbols = this.terminals.length;
    const compare = (a: readonly number[], b: readonly number[]) => {
      const at = a.findIndex((symbol, place) => symbol !== b[place]);
      return at < 0 ? 0 : a[at]! - b[at]!;
    };
    if (length === 0) return this.hasEmptyWord ? [[]] : [];
    if (symbols ** length <= mostTrees)
      return wordsOf(symbols, length)
        .filter((word) => this.contains(word))
        .slice(0, most);
    const words = new Map<string, number[]>();
    for (const word of this.trees(this.form.start, length)) {
      words.set(word.join(), word);
      if (words.size === mostTrees) break;
    }
    return [...words.values()].sort(compare).slice(0, most);
  }

  private parse(word: readonly number[]): Parse {
    return this.younger.parse(word);
  }
  private sampleTree(rng: Rng, length: number): number[] {
    const word: number[] = [];
    this.grow(rng, this.form.start, length, word);
    return word;
  }
  private grow(rng: Rng, symbol: number, length: number, word: number[]): void {
    if (length === 1) return void word.push(rng.choice(this.leaves[symbol]!));
    const { choice, options } = this.choiceOf(symbol, length);
    const { pair, split } = options[choice.draw(rng)]!;
    this.grow(rng, pair[0], split, word);
    this.grow(rng, pair[1], length - split, word);
  }
  /** The words of all trees, one after the other. */
  private *trees(symbol: number, length: number): Generator<number[]> {
    if (length === 1) for (const leaf of this.leaves[symbol]!) yield [leaf];
    for (const [left, right] of this.form.pairs[symbol]!)
      for (let split = 1; split < length; split++) {
        if (this.countsOf(split)[left] === 0n || this.countsOf(length - split)[right] === 0n) continue;
        for (const before of this.trees(left, split))
          for (const after of this.trees(right, length - split)) yield [...before, ...after];
      }
  }

  /**
   * The share of trees that would be accepted at a length, from what it is at two shorter ones: ambiguity grows by the same
   * factor with every symbol, or more slowly.
   */
  private acceptedAt(length: number): number {
    const points = probed.lengths.flatMap((most) => {
      const had = Array.from({ length: most }, (_, i) => most - i).find((each) => this.countTrees(each) > 0n);
      return had === undefined ? [] : [{ length: had, share: this.shareAccepted(had) }];
    });
    const [short, long] = [points[0], points.at(-1)];
    if (!short || !long) return 1;
    if (short.length === long.length || long.share >= short.share) return long.share;
    const perSymbol = Math.log(long.share / short.share) / (long.length - short.length);
    return long.share * Math.exp(perSymbol * (length - long.length));
  }
  private shareAccepted(length: number): number {
    const rng = createRng(`law/${length}`);
    const shares = Array.from(
      { length: probed.trees },
      () => 1 / Number(this.parse(this.sampleTree(rng, length)).trees()),
    );
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  }

  private countsOf(length: number): bigint[] {
    for (let n = this.counts.length; n <= length; n++) {
      this.counts.push(
        this.form.pairs.map((_, symbol) => {
          if (n === 1) return BigInt(this.leaves[symbol]!.length);
          let sum = 0n;
          this.eachSplit(symbol, n, (trees) => (sum += trees));
          return sum;
        }),
      );
    }
    return this.counts[length]!;
  }
  /** Trees for each length of the left side, from 1, and each pair, where there are any. */
  private eachSplit(symbol: number, length: number, visit: (trees: bigint, option: Option) => void): void {
    for (let split = 1; split < length; split++) {
      const [before, after] = [this.counts[split]!, this.counts[length - split]!];
      for (const pair of this.form.pairs[symbol]!) {
        if (before[pair[0]] === 0n || after[pair[1]] === 0n) continue;
        visit(before[pair[0]]! * after[pair[1]]!, { pair, split });
      }
    }
  }
  private choiceOf(symbol: number, length: number): Split {
    this.countsOf(length);
    const row = (this.choices[length] ??= []);
    if (row[symbol]) return row[symbol];
    const [weights, options]: [bigint[], Option[]] = [[], []];
    this.eachSplit(symbol, length, (trees, option) => {
      weights.push(trees);
      options.push(option);
    });
    return (row[symbol] = { choice: new ExactChoice(weights), options });
  }
}

/** A pair of the normal form, and how long its left side is. */
interface Option {
  readonly pair: readonly [number, number];
  readonly split: number;
}
interface Split {
  readonly choice: ExactChoice;
  readonly options: readonly Option[];
}

/** The symbols that rules name, in the order of their code points. */
export function terminalsOf(rules: Rules): string[] {
  const named = [...rules.values()].flat(2).filter(({ isTerminal }) => isTerminal);
  return [...new Set(named.map(({ name }) => name))].sort();
}

/** Every word of a length in the order of its symbols. */
function wordsOf(symbols: number, length: number): number[][] {
  return Array.from({ length: symbols ** length }, (_, number) =>
    Array.from({ length }, (_, place) => Math.floor(number / symbols ** (length - 1 - place)) % symbols),
  );
}
