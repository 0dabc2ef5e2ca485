import type { LengthRange } from '../../../core/contracts/reference';
import type { SearchBody } from '../../../core/contracts/search';
import type { ShownScore } from '../../../core/contracts/view';
import type { Agreement, Evidence } from '../../../core/contracts/theory';
import type { CellCost } from '../summarise/cost';
import type { Absence } from '../summarise/pairs';
import type { Verdict } from '../summarise/verdict';

/**
 * What the page of a report knows of a grid: written in Node.js, read in a browser. Shares are whole thousandths, rounded so
 * that 0 and 1000 are exactly none and all; what was not evaluated is null.
 */
export type Thousandths = number | null;
/** In range, near, far. */
export type Triple<T> = readonly [inRange: T, near: T, far: T];

export const verdictsInOrder: readonly Verdict[] = ['solves', 'extends', 'learnt in range', 'not learnt', 'diverged'];
export const absencesInOrder: readonly Absence[] = [
  'missing',
  'failed',
  'corrupt',
  'stale',
  'not evaluated',
  'inapplicable',
  'left out',
];

/** In the order of a page: skill above chance first. */
export const shownFirst = ['scaled', 'exact', 'token'] as const satisfies readonly ShownScore[];

export interface RowData {
  readonly id: string;
  readonly title: string;
  readonly kind: 'architecture' | 'baseline';
  readonly usesSolver: boolean;
  /** Id of the row that it is a variant of, at the root; its own where nothing is known of it. */
  readonly family: string;
  /** Trained numbers, fewest and most over the columns; null where nothing was trained. */
  readonly parameters: readonly [number, number] | null;
  /** Of a row that somebody else measured: who. */
  readonly submitted?: string;
}

export interface ColumnData {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  /** Shortest and longest evaluated length of each range. */
  readonly lengths: Triple<readonly [number, number] | null>;
}

/** Of every cell, at `row * columns.length + column`. */
export interface CellsData {
  /** Place in `verdictsInOrder`; -1 where there is no verdict. */
  readonly verdict: readonly number[];
  /** Place in `absencesInOrder`; -1 where there are scores. */
  readonly absence: readonly number[];
  /** A sign for each cell, a space for none: see theory-marks, and flags. */
  readonly theory: string;
  readonly flags: string;
  /** Three signs for each cell. */
  readonly rangeMarks: string;
  readonly solved: readonly number[];
  readonly seeds: readonly number[];
  readonly capability: readonly Thousandths[];
  readonly scores: Readonly<Record<ShownScore, Triple<readonly Thousandths[]>>>;
}

export interface GridData {
  readonly experiment: string;
  /** As it was named on the command line; empty where it was not. */
  readonly folder: string;
  readonly rows: readonly RowData[];
  readonly columns: readonly ColumnData[];
  readonly cells: CellsData;
  /** Fewest and most seeds of measured cells. */
  readonly seeds: readonly [number, number];
  /** What holds for many cells, and what no number shows, a line each. */
  readonly facts: readonly string[];
  readonly notes: readonly string[];
  /** Signs that occur, and what they mean. */
  readonly legend: {
    readonly theory: readonly (readonly [string, string])[];
    readonly flags: readonly (readonly [string, string])[];
  };
  readonly protocols: readonly object[];
  readonly trained: number;
}

/** Everything else about the cells of one row, by column; null for those that the experiment leaves out. */
export interface RowDetails {
  readonly cells: readonly (CellData | null)[];
  readonly provenances: readonly object[];
}

export interface CellData {
  readonly problems: readonly { readonly absence: Absence; readonly seed: number | null; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly statements: readonly StatementData[];
  /** What theory predicts, where nothing was measured yet. */
  readonly prediction: string | null;
  readonly measured: MeasuredData | null;
  readonly specification: SpecificationData | null;
}

export interface StatementData {
  readonly kind: 'figure' | 'prediction';
  readonly says: string;
  readonly source: string;
  readonly agreement: Agreement;
  readonly because?: string;
  readonly evidence?: Evidence;
  readonly measured?: Thousandths;
}

/** All but the seed; the protocol by its place in `GridData.protocols`. */
export interface SpecificationData {
  readonly protocol: number;
  readonly [key: string]: unknown;
}

export interface ScoreData {
  readonly exact: number;
  readonly token: number;
  /** Of exact match. */
  readonly low: number;
  readonly high: number;
}

export interface RangeData {
  readonly score: ScoreData | null;
  readonly best: number | null;
  readonly longest: readonly [length: number, exact: number] | null;
  readonly baseline: { readonly exact: number; readonly token: number } | null;
  readonly ceiling: number | null;
  readonly skill: Thousandths;
  readonly faults: { readonly unfinished: number; readonly malformed: number; readonly wrong: number } | null;
  readonly notEvaluated?: string;
}

export interface SeedData {
  readonly seed: number;
  /** First characters of the key of its record, as `zoo cell` takes them. */
  readonly key: string;
  readonly verdict: number;
  readonly exact: Triple<Thousandths>;
  readonly outcome: string | null;
  readonly steps: number | null;
  readonly sequences: number | null;
  readonly seconds: number;
  readonly startedAt?: string;
  /** Place in `RowDetails.provenances`. */
  readonly provenance?: number;
  readonly curve: CurveData | null;
}

/** Looks at a run while it trained. */
export interface CurveData {
  readonly steps: readonly number[];
  readonly loss: readonly (number | null)[];
  readonly heldOut: readonly Thousandths[];
}

export interface MeasuredData {
  readonly verdict: number;
  readonly bounds: readonly [number, number] | null;
  readonly ranges: Triple<RangeData>;
  readonly seeds: readonly SeedData[];
  readonly lengths: readonly LengthData[];
  /** Each baseline without knowledge, over the lengths of the cell. */
  readonly baselines: readonly { readonly id: string; readonly exact: Triple<Thousandths> }[];
  readonly cost: CellCost | null;
  /** What was tried before it was measured. */
  readonly search?: Pick<SearchBody, 'trials' | 'chosen' | 'steps'>;
}

/** One length; lists have a value for each seed. */
export interface LengthData {
  readonly length: number;
  readonly range: LengthRange;
  readonly sequences: number;
  readonly exact: readonly Thousandths[];
  readonly token: readonly Thousandths[];
  readonly unfinished?: readonly number[];
  readonly trace?: readonly number[];
  readonly notEvaluated?: string;
}
