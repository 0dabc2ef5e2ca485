import type { ChomskyLevel } from './chomsky-level';

/**
 * How the state of a row follows from the one before: by a function that is not affine in it (`sequential`), by one that is
 * (`scan`: it can be computed for all times in parallel), or not at all (`feed-forward`). Our classification.
 */
export const updateClasses = ['feed-forward', 'scan', 'sequential'] as const;
/** One of them. */
export type UpdateClass = (typeof updateClasses)[number];

/**
 * Of a scan h_t = A h_{t-1} + b: whether A is the same for every token (`fixed`), depends on the token and multiplies every
 * number by itself (`elementwise`), or mixes them (`matrix`).
 */
export const transitionKinds = ['fixed', 'elementwise', 'matrix'] as const;
/** One of them. */
export type TransitionKind = (typeof transitionKinds)[number];

/** What a matrix of transition is made of, as far as theorems ask. */
export const transitionForms = ['householder', 'diagonal-plus-rank-one', 'permutation-diagonal'] as const;
/** One of them. */
export type TransitionForm = (typeof transitionForms)[number];

/** What can be asked of an external memory. */
export const externalMemories = ['stack', 'nondeterministic-stack', 'tape'] as const;
/** One of them. */
export type ExternalMemoryKind = (typeof externalMemories)[number];

/**
 * What a row says of itself for propositions of theory, since no program shows it; null where it does not apply. Settings that
 * hyperparameters of the same name have need no declaration: `layers`, `positions`, `stateSize`, `dictionarySize`.
 */
export interface DeclaredRow {
  /** Of scans, where the program does not show it. */
  readonly transition?: 'fixed' | 'elementwise' | 'matrix' | null;
  readonly transitionForm?: TransitionForm | null;
  /** Of scans: how many generalised Householder factors the transition of one token has. */
  readonly factors?: number | null;
  /** Of scans: whether the transition of one token has real eigenvalues only. */
  readonly realEigenvalues?: boolean | null;
  /** Of scans: no real eigenvalue is below; 0 where none is negative or complex, -1 where a token can flip a sign. */
  readonly leastEigenvalue?: number | null;
  /** How positions are told; `none` where a row sees nothing of them but the order. */
  readonly positions?: string | null;
  /** Whether the state can hold a count without bound, in the sense of real-time counter machines. */
  readonly counts?: boolean | null;
  /** Units of an Elman network: of the smallest state tensor that is updated by way of sigma(W h + ...); null where none is. */
  readonly units?: number | null;
  /** Numbers of the state of one head, along the side that transitions act on. */
  readonly headWidth?: number | null;
  readonly externalMemory?: ExternalMemoryKind | null;
}

/** Classes that a problem can be hard for, under reductions weaker than the classes that bound rows; easiest first. */
export const hardClasses = ['NC1', 'L', 'P'] as const;
/** How many bits must be known about the first half of an input: bounded, a count, or in proportion to its length. */
export const memories = ['bounded', 'logarithmic', 'linear'] as const;
/** Pushdown automata that read one symbol per step. */
export const pushdowns = ['deterministic', 'nondeterministic'] as const;

/**
 * What a column says of itself for propositions of theory, as far as no automaton shows it (`Task.answerAutomaton`). Null, or
 * left out: not known.
 */
export interface DeclaredColumn {
  /** Class that the problem is hard for. */
  readonly hardFor?: (typeof hardClasses)[number] | null;
  /** Whether a finite automaton computes the answer, read at its slots behind the whole input. */
  readonly isRegular?: boolean | null;
  /** Level and name of the circuit class, where settings make them others than those of `TaskMeta`. */
  readonly level?: ChomskyLevel;
  readonly circuitClass?: string;
  /** States of the minimal automaton; null where there is none, or too many to be built. */
  readonly states?: number | null;
  /** Letters that do different things to it, without those that no input has; symbols of the input where there is no automaton. */
  readonly letters?: number;
  /** Elements of the transition monoid; null where not computed. */
  readonly monoid?: number | null;
  readonly starFree?: boolean | null;
  readonly rTrivial?: boolean | null;
  /** Aperiodic, and at most one idempotent in every R-class: necessary for C-RASP. */
  readonly passesCRaspTest?: boolean | null;
  /** In AC0 among regular languages. */
  readonly quasiAperiodic?: boolean | null;
  /** Definable in C-RASP without positions. */
  readonly cRasp?: boolean | null;
  /** Definable in C-RASP[periodic, local]. */
  readonly cRaspWithPositions?: boolean | null;
  /** Whether some letter, repeated, makes the answer alternate with an even period. */
  readonly evenCycle?: boolean | null;
  /** The same with a period that is no power of two. */
  readonly oddCycle?: boolean | null;
  /** The same as `oddCycle` or `evenCycle` for a repeated word of several letters. */
  readonly blockEvenCycle?: boolean | null;
  readonly blockOddCycle?: boolean | null;
  /** Whether the transition monoid is a group. */
  readonly group?: boolean | null;
  /** Whether it is a group, and a commutative one. */
  readonly abelian?: boolean | null;
  /** Whether all groups in the monoid are solvable. */
  readonly solvable?: boolean | null;
  /** Most states that one letter moves. */
  readonly moved?: number | null;
  /**
   * Of groups: points of an action that is smaller than that on the states, one permutation of them for each element of the
   * group, and the most that one letter moves. Where none is declared it is that on the states.
   */
  readonly points?: number | null;
  readonly pointsMoved?: number | null;
  /** Layers of resets, diagonal with gates in [0, 1], that are known to be enough (Krohn-Rhodes). */
  readonly resetLayers?: number | null;
  /** Counters of a real-time counter machine that are enough. Null of regular columns too, which need none. */
  readonly counters?: number | null;
  readonly memory?: (typeof memories)[number] | null;
  /** Pushdown automaton that is enough. Null of regular columns too, which need none. */
  readonly pushdown?: (typeof pushdowns)[number] | null;
  /** Whether a machine with one tape and one action per symbol read is enough. Null of regular columns too, which need none. */
  readonly realTimeTape?: boolean | null;
  /** Why, in a sentence or two, where the page does not say it. */
  readonly because?: string;
}
