import type { Agreement, Evidence } from '../../../core/contracts/theory';
import type { LengthRange } from '../../../core/contracts/reference';

/** Something that is said of a cell, and what became of it when the cell was measured. */
interface Checked {
  /** In words: "at least 0.99 far", "cannot at all lengths". */
  readonly says: string;
  /** Who says it, so that it can be found. */
  readonly source: string;
  readonly agreement: Agreement;
  /** Why it is that, where the two alone do not tell. */
  readonly because?: string;
}

/** A published figure, as a bound of exact-match accuracy. */
export interface CheckedFigure extends Checked {
  readonly kind: 'figure';
  readonly range: LengthRange;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** How our seeds are reduced: as those of the source, where they are a maximum. */
  readonly overSeeds: 'median' | 'maximum';
  /** Exact-match accuracy over seeds; null where the range was not evaluated. */
  readonly measured: number | null;
}

/** A prediction has one or two of them: what the row can compute, and whether it is expected to extend. */
export interface CheckedPrediction extends Checked {
  readonly kind: 'prediction';
  readonly about: 'expressibility' | 'extension';
  readonly evidence: Evidence;
  /** Whether every evaluated length is the contrary of what is said of all lengths: no refutation, and worth a look. */
  readonly isContrary?: true;
}

export type Statement = CheckedFigure | CheckedPrediction;

/** The agreement of several statements: one disagreement outweighs any number of agreements. */
export function overallAgreement(statements: readonly Statement[]): Agreement {
  return gravestFirst.find((agreement) => statements.some((each) => each.agreement === agreement)) ?? 'no result';
}

const gravestFirst: readonly Agreement[] = [
  'disagrees',
  'agrees',
  'learnability gap',
  'consistent, not a test',
  'not decided',
  'not measured',
];

/** Whether a statement could have been refuted by what was measured. */
export const isTested = (agreement: Agreement): boolean => agreement === 'agrees' || agreement === 'disagrees';

export const isPrediction = (statement: Statement): statement is CheckedPrediction => statement.kind === 'prediction';
export const isFigure = (statement: Statement): statement is CheckedFigure => statement.kind === 'figure';

/** A proof and a measurement cannot both be right: the conditions of a theorem, the code or the test set are wrong. */
export const refutesTheorem = (statement: Statement): boolean =>
  isPrediction(statement) && statement.agreement === 'disagrees' && statement.evidence === 'theorem';

/** Fewer runs never refute anything. */
export const fewestSeeds = 3;

/** Refutes only with enough seeds. */
export function withEnoughSeeds<T extends Pick<Checked, 'agreement' | 'because'>>(checked: T, seeds: number): T {
  if (checked.agreement !== 'disagrees' || seeds >= fewestSeeds) return checked;
  return { ...checked, agreement: 'not decided', because: `at least ${fewestSeeds} seeds are needed to disagree` };
}
