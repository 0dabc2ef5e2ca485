import { type Alphabets, createRng, type Rng, type SmallestWords, zooError } from '../../registry';
import { invalid } from './grammar-rules';
import type { ContextFreeLanguage } from './context-free';
import { unbalanced } from './described-automaton';
import { RecognitionTask, verdicts } from './recognition';

/** Members are looked for up to this length, and non-members at the first few lengths that have members. */
const longest = 100;
const mostLengths = 12;
/** Uniform words tried in search of a non-member. */
const mostDraws = 200;
/** Lengths in a row with members at which none is found: beyond, none is looked for. */
const mostFailures = 16;
/** Verdicts that are kept. */
const mostVerdicts = 4096;
/** With fewer words of a length all are looked at instead. */
const fewWords = 1000;
/** With fewer trees than this share of all words, surely not all words are members. */
const [part, whole] = [63n, 64n];
/** Smallest words that are told, lengths that members are looked for at, and words tried in search of non-members. */
const smallest = { words: 3, lengths: 64, tried: 2000 } as const;

/** Recognition of a context-free language that is not known to be regular. */
export class ContextFreeTask extends RecognitionTask {
  readonly alphabets: Alphabets;
  /** balanced[length]: whether both members and non-members of this length are found. */
  private readonly balanced = [false];
  private failures = 0;
  private readonly verdicts = new Map<string, boolean>();

  /** @throws invalid-language where no length has both members and non-members */
  constructor(private readonly language: ContextFreeLanguage) {
    super();
    this.alphabets = { input: language.terminals, output: verdicts };
    const lengths = Array.from({ length: longest }, (_, i) => i + 1);
    const withMembers = lengths.filter((length) => language.countTrees(length) > 0n).slice(0, mostLengths);
    if (!withMembers.some((length) => this.isBalanced(length))) throw invalid(unbalanced(language.terminals));
  }

  get law(): string | undefined {
    return this.language.law === 'trees'
      ? 'members by uniform derivation trees: words with more of them come more often'
      : undefined;
  }

  /** @throws no-member if no word of this length is a member, or almost every word is. */
  override sample(rng: Rng, length: number): number[] {
    if (this.isBalanced(length)) return super.sample(rng, length);
    const what = this.language.countTrees(length) > 0n ? 'non-member' : 'member';
    throw zooError('no-member', { task: 'grammar', length, what, nearest: [this.inputLength(length)] });
  }

  smallestWords(): SmallestWords {
    const members: number[][] = [];
    for (let length = 0; length <= smallest.lengths && members.length < smallest.words; length++)
      if (length === 0 || this.language.countTrees(length) > 0n)
        members.push(...this.language.first(length, smallest.words - members.length));
    const nonMembers: number[][] = [];
    const symbols = this.alphabets.input.length;
    let word: number[] = [];
    for (let tried = 0; tried < smallest.tried && nonMembers.length < smallest.words; tried++) {
      if (!this.contains(word)) nonMembers.push(word);
      word = successor(word, symbols);
    }
    return { members, nonMembers };
  }

  /** A word that was drawn is asked for again, to be answered: verdicts are kept for a while. */
  protected contains(word: readonly number[]): boolean {
    const key = word.join();
    const known = this.verdicts.get(key);
    return known ?? this.keep(key, this.language.contains(word));
  }
  private keep(key: string, verdict: boolean): boolean {
    this.verdicts.set(key, verdict);
    if (this.verdicts.size > mostVerdicts) this.verdicts.delete(this.verdicts.keys().next().value!);
    return verdict;
  }
  protected isBalanced(length: number): boolean {
    // From the shortest length on, so that what is found does not depend on what is asked for first.
    for (let next = this.balanced.length; next <= length; next++) {
      const hasMember = this.language.countTrees(next) > 0n;
      const isBalanced = hasMember && this.failures < mostFailures && this.hasNonMember(next);
      if (hasMember) this.failures = isBalanced ? 0 : this.failures + 1;
      this.balanced.push(isBalanced);
    }
    return this.balanced[length]!;
  }
  protected sampleMember(rng: Rng, length: number): number[] {
    const word = this.language.sample(rng, length);
    this.keep(word.join(), true);
    return word;
  }

  /**
   * Whether non-members are not too rare to be met: clearly fewer trees than words prove it; otherwise some word has to be
   * a non-member, of all words where they are few, of a fixed stream of uniform ones where they are many.
   */
  private hasNonMember(length: number): boolean {
    const symbols = this.alphabets.input.length;
    const words = BigInt(symbols) ** BigInt(length);
    if (this.language.countTrees(length) * whole < words * part) return true;
    const rng = createRng(`grammar/${length}`);
    let word = new Array<number>(length).fill(0);
    const draws = words <= BigInt(fewWords) ? Number(words) : mostDraws;
    for (let draw = 0; draw < draws; draw++) {
      if (draws === mostDraws) word = Array.from({ length }, () => rng.integer(symbols));
      if (!this.contains(word)) return true;
      word = successor(word, symbols);
    }
    return false;
  }
}

/** The next word in the order of length and symbols. */
function successor(word: readonly number[], symbols: number): number[] {
  const next = [...word];
  for (let place = next.length - 1; place >= 0; place--) {
    if (++next[place]! < symbols) return next;
    next[place] = 0;
  }
  return [0, ...next];
}
