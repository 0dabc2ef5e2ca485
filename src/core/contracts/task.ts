import type { ChomskyLevel } from './chomsky-level';
import type { DeclaredColumn } from './declared-theory';
import type { OtherName } from './other-name';
import type { Reference } from './reference';
import type { Rng } from './random';

/** The circuit class of a problem, with where that is proved. */
export interface CircuitClass {
  /** As the literature states it: `TC0`, `NC1-complete`, `L-complete`, `P`. */
  readonly name: string;
  readonly reference: Reference;
  /** True where the class is conjectured rather than proved. */
  readonly conjectured?: boolean;
}

/** Readable symbols; an id is an index into its list. */
export interface Alphabets {
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** Symbols of the chain of thought; absent when the task has no `trace`. */
  readonly trace?: readonly string[];
}

/** A method, so that a meta with hyperparameters of one shape is a meta. */
type TheoryOf<H> = { from(hyperparameters: H): DeclaredColumn }['from'];

/** What a column says of itself. */
export interface TaskMeta<H extends object = object> {
  /** Lower-case words joined by hyphens; the name of the three files of the unit. */
  readonly id: string;
  /** Raised when a change can move results: cells of older versions become stale. */
  readonly version: number;
  readonly title: string;
  /** One sentence: input, answer. */
  readonly summary: string;
  readonly level: ChomskyLevel;
  readonly circuitClass: CircuitClass;
  readonly reference: Reference;
  /** Rule for the length of the answer, in words. */
  readonly answerLengthRule: string;
  /** Which label forms exist: one answer after the input, and one label for every prefix. */
  readonly labels: { readonly final: boolean; readonly aligned: boolean };
  /** Class whose fields carry class-validator constraints and defaults; absent when there is nothing to set. */
  readonly hyperparameters?: new () => H;
  /** Id of the task this one is a named variant of. */
  readonly variantOf?: string;
  readonly otherNames?: readonly OtherName[];
  /** What propositions of theory ask of the column and no automaton shows, where settings decide under all of them. */
  readonly theory?: DeclaredColumn | TheoryOf<H>;
}

/** Shortest words, in the order of length and symbols; the empty word has no symbols. */
export interface SmallestWords {
  readonly members: readonly (readonly number[])[];
  readonly nonMembers: readonly (readonly number[])[];
}

/** What inputs are for: to train on, to decide when training stops, or to be measured on. */
export const parts = ['training', 'validation', 'test'] as const;
/** One of them. */
export type Part = (typeof parts)[number];

/** All inputs that a task has, by what they are for. */
export interface Collection {
  /** Lengths of the inputs of a part, ascending. */
  lengths(part: Part): readonly number[];
  /**
   * The inputs of a part that have this length. No input is in two parts. Those of training may repeat, and are drawn as
   * often as they do.
   */
  inputs(part: Part, length: number): readonly (readonly number[])[];
}

/** A complete deterministic automaton whose last state tells the answer; state 0 is the start. */
export interface AnswerAutomaton {
  /** transitions[state][symbol] is the next state; symbols are those of the input alphabet. */
  readonly transitions: readonly (readonly number[])[];
  /** States with equal numbers here give equal answers to inputs of one length; null in states where no input ends. */
  readonly answers: readonly (number | null)[];
}

/**
 * A formal-language problem: pure integer code, no tensors. Inputs, answers and traces are lists of ids into
 * the alphabets. Every method is exact at any length.
 */
export interface Task {
  readonly alphabets: Alphabets;
  /** One input of the asked-for length (>= 1); see `inputLength` where it must differ. */
  sample(rng: Rng, length: number): number[];
  /** The one right answer, at most `answerLength(input.length)` long. */
  solve(input: readonly number[]): number[];
  /** How many leading positions of the answer are scored; all of them where absent. */
  scored?(input: readonly number[]): number;
  /** Number of answer slots for inputs of this length: the longest answer there is. */
  answerLength(inputLength: number): number;
  /** Chain of thought: intermediate ids (of the trace alphabet) from which the answer can be read off. */
  trace?(input: readonly number[]): number[];
  /** Longest trace for inputs of this length; present exactly when `trace` is. */
  traceLength?(inputLength: number): number;
  /** Length an input really has when `length` is asked for; identity where absent. */
  inputLength?(length: number): number;
  /** One label for every prefix of the input (ids of the output alphabet); present when `labels.aligned`. */
  aligned?(input: readonly number[]): number[];
  /** A few words by which a person sees that the language is the one that was meant; of a language somebody described. */
  smallestWords?(): SmallestWords;
  /** Only where a finite automaton computes the answer; null where it is too large to be looked at. */
  answerAutomaton?(): AnswerAutomaton | null;
  /** How inputs are drawn, in words, where that depends on what is set. */
  readonly law?: string;
  /** Only where inputs are a finite collection that comes with its parts. */
  readonly collection?: Collection;
  /** What whoever measures on it should know of its inputs, a sentence each. */
  notes?(): readonly string[];
}
