import { type Rng, type SmallestWords, zooError } from '../../registry';
import type { Automaton } from './automaton';
import { AutomatonTask } from './automaton-task';

/** A regular language that somebody described: what its file or expression says, and its minimal automaton or theirs. */
export interface RegularLanguage {
  readonly symbols: readonly string[];
  readonly automaton: Automaton;
  /** Names of the states; default q0, q1, ... */
  readonly states?: readonly string[];
}

/** Lengths up to which a length with members and non-members is looked for. */
const longest = 1000;
/** Smallest words that are told, and the lengths that they are looked for at. */
const [mostWords, mostLengths] = [3, 64];

/** Recognition of a regular language that somebody described, and that may have no words of some lengths. */
export class DescribedAutomaton extends AutomatonTask {
  private readonly described: Automaton;

  /**
   * `name` is that of the task, `language` what errors call its language; `remedy` is what helps where its alphabet is small.
   * @throws invalid-language where no length has both members and non-members
   */
  constructor(
    private readonly name: string,
    language: string,
    { symbols, automaton, states }: RegularLanguage,
    remedy = '',
  ) {
    super(symbols, automaton, states);
    this.described = automaton;
    if (Array.from({ length: longest }, (_, i) => i + 1).some((length) => this.isBalanced(length))) return;
    throw zooError('invalid-language', { language, problem: unbalanced(symbols) + remedy });
  }

  /** @throws no-member if no word of this length is a member, or every word is. */
  override sample(rng: Rng, length: number): number[] {
    if (this.isBalanced(length)) return super.sample(rng, length);
    const what = this.described.has(true, length) ? 'non-member' : 'member';
    throw zooError('no-member', { task: this.name, length, what, nearest: [this.inputLength(length)] });
  }

  smallestWords(): SmallestWords {
    const [members, nonMembers] = [true, false].map((areMembers) => {
      const words: number[][] = [];
      for (let length = 0; length <= mostLengths && words.length < mostWords; length++)
        words.push(...this.described.words(areMembers).first(length, mostWords - words.length));
      return words;
    });
    return { members: members!, nonMembers: nonMembers! };
  }
}

/** Why a language makes no task: every word of a length is a member, or none. */
export const unbalanced = (symbols: readonly string[]): string =>
  symbols.length === 1
    ? `there is one symbol, "${symbols[0]}", and so one word of each length: no length has both members and non-members`
    : 'there is no length with both members and non-members';
