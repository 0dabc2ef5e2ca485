import type { Rng } from '../../registry';
import type { Deterministic } from './determinise';
import { ExactChoice } from './exact-choice';

/** A complete deterministic automaton; the first state is the start. */
export class Automaton implements Deterministic {
  private readonly members: WordSampler;
  private readonly nonMembers: WordSampler;
  /** reached[length][state]: whether some word of that length leads there. */
  private readonly reached: boolean[][];

  constructor(
    /** transitions[state][symbol] is the next state. */
    readonly transitions: readonly (readonly number[])[],
    readonly accepting: readonly boolean[],
  ) {
    const counts = new WordCounts(transitions, accepting);
    this.members = new WordSampler(transitions, counts);
    this.nonMembers = new WordSampler(transitions, {
      // What is no member is one of all words: one table serves both.
      of: (length, state) => counts.all(length) - counts.of(length, state),
    });
    this.reached = [transitions.map((_, state) => state === 0)];
  }

  /** The state after each symbol. */
  run(word: readonly number[]): number[] {
    let state = 0;
    return word.map((symbol) => (state = this.transitions[state]![symbol]!));
  }
  accepts(word: readonly number[]): boolean {
    let state = 0;
    for (const symbol of word) state = this.transitions[state]![symbol]!;
    return this.accepting[state]!;
  }
  /** The uniform members of each length, or the uniform non-members. */
  words(areMembers: boolean): WordSampler {
    return areMembers ? this.members : this.nonMembers;
  }
  /** Whether some word of this length is a member, or is none; counts nothing. */
  has(areMembers: boolean, length: number): boolean {
    while (this.reached.length <= length) {
      const before = this.reached.at(-1)!;
      const now = before.map(() => false);
      this.transitions.forEach((next, state) => before[state] && next.forEach((to) => (now[to] = true)));
      this.reached.push(now);
    }
    return this.reached[length]!.some((isReached, state) => isReached && this.accepting[state] === areMembers);
  }
}

/** How many words of a length lead from a state to where they should. */
interface Counts {
  of(length: number, state: number): bigint;
}

class WordCounts implements Counts {
  /** counts[length][state]: words of that length from the state to an accepting one. */
  private readonly counts: bigint[][];
  private readonly powers = [1n];

  constructor(
    private readonly transitions: readonly (readonly number[])[],
    accepting: readonly boolean[],
  ) {
    this.counts = [accepting.map((accepts) => (accepts ? 1n : 0n))];
  }

  of(length: number, state: number): bigint {
    // count(l, q) = sum over symbols a of count(l - 1, delta(q, a))
    while (this.counts.length <= length) {
      const shorter = this.counts.at(-1)!;
      this.counts.push(this.transitions.map((next) => next.reduce((sum, to) => sum + shorter[to]!, 0n)));
    }
    return this.counts[length]![state]!;
  }
  /** All words of this length. */
  all(length: number): bigint {
    const symbols = BigInt(this.transitions[0]!.length);
    while (this.powers.length <= length) this.powers.push(this.powers.at(-1)! * symbols);
    return this.powers[length]!;
  }
}

/** Counts and draws the words of a length that lead from the start to where they should. */
export class WordSampler {
  /** choices[length][state]: the next symbol, weighted by the words it leaves. */
  private readonly choices: (ExactChoice | undefined)[][] = [];

  constructor(
    private readonly transitions: readonly (readonly number[])[],
    private readonly counts: Counts,
  ) {}

  /** How many such words of this length there are. */
  count(length: number): bigint {
    return this.counts.of(length, 0);
  }

  /** One of these words, each with the same probability; there must be one. */
  sample(rng: Rng, length: number): number[] {
    const word = new Array<number>(length);
    let state = 0;
    for (let place = 0; place < length; place++) {
      const symbol = this.choiceOf(length - place, state).draw(rng);
      word[place] = symbol;
      state = this.transitions[state]![symbol]!;
    }
    return word;
  }

  /** The first of these words of this length, at most `most`, in the order of their symbols. */
  first(length: number, most: number): number[][] {
    const words: number[][] = [];
    const extend = (word: number[], state: number): void => {
      if (words.length >= most || this.counts.of(length - word.length, state) === 0n) return;
      if (word.length === length) return void words.push(word);
      this.transitions[state]!.forEach((next, symbol) => extend([...word, symbol], next));
    };
    extend([], 0);
    return words;
  }

  private choiceOf(length: number, state: number): ExactChoice {
    const row = (this.choices[length] ??= []);
    return (row[state] ??= new ExactChoice(this.transitions[state]!.map((next) => this.counts.of(length - 1, next))));
  }
}
