import type { Alphabets, AnswerAutomaton, Rng } from '../../registry';
import { answersOf } from './algebra/circuit-class';
import type { Automaton } from './automaton';
import { no, RecognitionTask, verdicts, yes } from './recognition';

/** Recognition of a regular language given by a complete deterministic automaton; the trace is its run. */
export class AutomatonTask extends RecognitionTask {
  readonly alphabets: Alphabets;

  constructor(
    symbols: readonly string[],
    private readonly automaton: Automaton,
    /** Names of the states; default q0, q1, ... */
    states: readonly string[] = automaton.accepting.map((_, state) => `q${state}`),
  ) {
    super();
    this.alphabets = { input: symbols, output: verdicts, trace: states };
  }

  /** The state after each symbol; the last one decides. */
  trace(input: readonly number[]): number[] {
    return this.automaton.run(input);
  }
  traceLength(inputLength: number): number {
    return inputLength;
  }
  /** Whether each prefix is in the language. */
  aligned(input: readonly number[]): number[] {
    return this.automaton.run(input).map((state) => (this.automaton.accepting[state] ? yes : no));
  }

  answerAutomaton(): AnswerAutomaton {
    return answersOf(this.automaton);
  }

  protected contains(word: readonly number[]): boolean {
    return this.automaton.accepts(word);
  }
  protected isBalanced(length: number): boolean {
    return this.automaton.has(true, length) && this.automaton.has(false, length);
  }
  protected sampleMember(rng: Rng, length: number): number[] {
    return this.automaton.words(true).sample(rng, length);
  }
  protected override sampleNonMember(rng: Rng, length: number): number[] {
    return this.automaton.words(false).sample(rng, length);
  }
}
