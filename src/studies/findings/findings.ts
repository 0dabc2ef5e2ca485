import type { Figure } from '../../core/contracts/figure';
import type { Table } from '../../report/table';

/** What a study found, ready to be drawn: tables and figures without markup, and the sentences that they add up to. */
export interface Findings {
  /** "Sparse parity: sparse-parity". */
  readonly title: string;
  /** What the study found, a sentence each, every one computed from the records: "with chain of thought ... within ...". */
  readonly statements: readonly string[];
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  /** What a reader has to know: sizes, seeds, intervals, what is missing, what is ours and not the source's. */
  readonly notes: readonly string[];
}
