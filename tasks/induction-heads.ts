import { IsInt, Max, Min } from 'class-validator';
import { type Alphabets, type AnswerAutomaton, type Rng, type Task, zooError, task } from '../registry';
import { neverBack } from './parts/column-theory';
import { exploredAutomaton } from './parts/explored-automaton';
import { ac0 } from './parts/references';
import { numerals, uniformSymbols } from './parts/symbols';

export class InductionHeadsHyperparameters {
  /** Symbols beside the special one. */
  @IsInt() @Min(2) @Max(8192) vocabulary = 16;
}

/** With more symbols the automaton is not made. */
const mostSymbols = 64;

/** The symbol that followed a special one when it was seen first. */
@task({
  id: 'induction-heads',
  version: 1,
  title: 'Induction heads',
  summary: 'Symbols with one # among them and a second at the end; the symbol behind the first #.',
  level: 'regular',
  circuitClass: ac0,
  reference: {
    authors: 'Fu et al. 2023',
    title: 'Hungry Hungry Hippos: Towards Language Modeling with State Space Models',
    identifier: 'arXiv:2212.14052',
    place: 'induction head',
  },
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  theory: neverBack,
  hyperparameters: InductionHeadsHyperparameters,
  otherNames: [{ name: 'induction_head', source: 'H3 (Fu et al. 2023)' }],
})
export class InductionHeads implements Task {
  readonly alphabets: Alphabets;
  private readonly special: number;

  constructor({ vocabulary } = new InductionHeadsHyperparameters()) {
    const symbols = numerals(vocabulary);
    this.alphabets = { input: [...symbols, '#'], output: symbols };
    this.special = vocabulary;
  }

  /** A special symbol, the one behind it, and the special one again. */
  inputLength(length: number): number {
    return Math.max(3, length);
  }
  /** Uniform symbols; the first special one is at a uniform place that leaves room for the two that follow. */
  sample(rng: Rng, length: number): number[] {
    const symbols = uniformSymbols(rng, this.inputLength(length), this.special);
    symbols[rng.integer(symbols.length - 2)] = this.special;
    symbols[symbols.length - 1] = this.special;
    return symbols;
  }
  solve(input: readonly number[]): number[] {
    const [first, last, ...more] = [...input.keys()].filter((place) => input[place] === this.special);
    if (first === undefined || last === undefined || more.length > 0) throw this.malformed('it does not have two #');
    if (last !== input.length - 1) throw this.malformed('it does not end in #');
    if (last === first + 1) throw this.malformed('nothing is between the two #');
    return [input[first + 1]!];
  }
  answerLength(): number {
    return 1;
  }
  /** The state is what is known: nothing, that the symbol comes next, the symbol, and that the input ends. */
  answerAutomaton(): AnswerAutomaton | null {
    if (this.special > mostSymbols) return null;
    return exploredAutomaton<'nothing' | 'next' | readonly [symbol: number, isAsked: boolean]>({
      start: 'nothing',
      symbols: this.special + 1,
      next: (state, symbol) => {
        if (state === 'nothing') return symbol === this.special ? 'next' : state;
        if (state === 'next') return symbol === this.special ? null : [symbol, false];
        const [found, isAsked] = state;
        return isAsked ? null : [found, symbol === this.special];
      },
      answer: (state) => (typeof state === 'string' || !state[1] ? null : state[0]),
    });
  }

  private malformed(problem: string) {
    const form = 'symbols with one # among them, and a second # at the end';
    return zooError('malformed-input', { task: 'induction-heads', problem, form });
  }
}
