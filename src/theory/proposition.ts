import type { Expressibility, Extension } from '../core/contracts/theory';

/** What a proposition is about. */
export const propositionKinds = [
  'upper bound',
  'lower bound',
  'length generalisation',
  'learnability',
  'class of columns',
] as const;
export type PropositionKind = (typeof propositionKinds)[number];

export const strengths = ['theorem', 'empirical law', 'conjecture'] as const;
export type Strength = (typeof strengths)[number];

/** How a proposition was read. */
export const marks = {
  V: 'read in the paper or its abstract',
  S: 'as summarised by others',
  D: 'our derivation',
} as const;
export type Mark = keyof typeof marks;

/** What follows for a cell that the conditions hold of. */
export const conclusions = [
  'cannot',
  'cannot beyond a length',
  'can',
  'can with a chain of thought',
  'extends',
  'does not extend',
] as const;
export type Conclusion = (typeof conclusions)[number];

/** A value, one of several, or a range of numbers; null where there is to be none. */
export type Condition = Value | readonly Value[] | { readonly atLeast?: number; readonly atMost?: number };
export type Value = string | number | boolean | null;
/** Conditions by the name of a property. */
export type Conditions = Readonly<Record<string, Condition>>;

/** Rows and columns that a proposition speaks of. */
export interface Case {
  readonly row: Conditions;
  readonly column: Conditions;
  /** Comparisons between the two; a lower bound whose sizes are not met says that a larger row can. */
  readonly sizes?: readonly string[];
  readonly unknownSize?: string;
  readonly binds?: string;
  readonly from?: readonly string[];
}

export interface Source {
  readonly authors: string;
  readonly identifier?: string;
  readonly title?: string;
}

export interface Place {
  /** Id of the source. */
  readonly source: string;
  readonly place?: string;
}

/** A statement of theory as data. Without cases it is background: it speaks of no cell by itself. */
export interface Proposition {
  readonly id: string;
  readonly statement: string;
  readonly kind: PropositionKind;
  readonly strength?: Strength;
  readonly concludes?: Conclusion;
  readonly unless?: 'TC0 = NC1';
  readonly mark: Mark;
  readonly source?: string;
  readonly place?: string;
  readonly also?: readonly Place[];
  readonly summarisedBy?: readonly string[];
  readonly assumptions: readonly string[];
  readonly from?: readonly string[];
  readonly neverDecides?: string;
  readonly lifting?: string;
  readonly cases?: readonly Case[];
}

/** All propositions, in the order of files, with the sources that they name. */
export interface Theory {
  readonly propositions: readonly Proposition[];
  readonly sources: Readonly<Record<string, Source>>;
}

/** What `concludes` says of the extension, where it is about that. */
export const extensionOf: { readonly [K in Conclusion]?: Extension } = {
  extends: 'expected',
  'does not extend': 'not expected',
};
/** What `concludes` says of expressibility where every size is met. */
export const expressibleOf: { readonly [K in Conclusion]?: Expressibility } = {
  cannot: 'cannot',
  'cannot beyond a length': 'cannot beyond a length',
  can: 'can',
  'can with a chain of thought': 'can with a chain of thought',
};
