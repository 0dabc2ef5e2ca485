import type { Rng } from '../../registry';
import { ExactChoice } from './exact-choice';

/** A complete deterministic automaton; the first state is the start. */
export class Automaton {
  private readonly members: WordSampler;
  private readonly nonMembers: WordSampler;

  constructor(
    /** transitions[state][symbol] is the next state. */
    readonly transitions: readonly (readonly number[])[],
    readonly accepting: readonly boolean[],
  ) {
    this.members = new WordSampler(transitions, accepting);
    this.nonMembers = new WordSampler(
      transitions,
      accepting.map((accepts) => !accepts),
    );
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
}

/** Counts and draws the words of a length that lead from the start to a wanted state. */
export class WordSampler {
  /** counts[length][state]: words of that length from the state to a wanted one. */
  private readonly counts: bigint[][];
  /** choices[length][state]: the next symbol, weighted by the words it leaves. */
  private readonly choices: (ExactChoice | undefined)[][] = [];

  constructor(
    private readonly transitions: readonly (readonly number[])[],
    wanted: readonly boolean[],
  ) {
    this.counts = [wanted.map((isWanted) => (isWanted ? 1n : 0n))];
  }

  /** How many wanted words of this length there are. */
  count(length: number): bigint {
    return this.countsOf(length)[0]!;
  }

  /** One of the wanted words of this length, each with the same probability; there must be one. */
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

  private countsOf(length: number): bigint[] {
    // count(l, q) = sum over symbols a of count(l - 1, delta(q, a))
    while (this.counts.length <= length) {
      const shorter = this.counts.at(-1)!;
      this.counts.push(this.transitions.map((next) => next.reduce((sum, state) => sum + shorter[state]!, 0n)));
    }
    return this.counts[length]!;
  }
  private choiceOf(length: number, state: number): ExactChoice {
    const row = (this.choices[length] ??= []);
    if (row[state]) return row[state];
    const shorter = this.countsOf(length - 1);
    return (row[state] = new ExactChoice(this.transitions[state]!.map((next) => shorter[next]!)));
  }
}
