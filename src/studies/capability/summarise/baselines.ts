import type { CellRecord, Score } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { printable } from '../../../report/printable';
import { best, mean, median } from '../../statistics/summaries';

/** What one row without knowledge scores on a column. */
export interface BaselineScores {
  readonly id: string;
  readonly ranges: Readonly<Record<LengthRange, Score | null>>;
}

/** Exact and token of each score reduced separately; null for no scores at all. */
export function reduceScores(scores: readonly Score[], reduce: (values: readonly number[]) => number): Score | null {
  if (scores.length === 0) return null;
  return { exact: reduce(scores.map((score) => score.exact)), token: reduce(scores.map((score) => score.token)) };
}

/** Lengths of each range that a cell was evaluated on. */
export type LengthsByRange = Readonly<Record<LengthRange, ReadonlySet<number>>>;

/** Lengths that any of the records has scores for. */
export function evaluatedLengths(records: readonly CellRecord[]): LengthsByRange {
  const lengths = { inRange: new Set<number>(), near: new Set<number>(), far: new Set<number>() };
  for (const record of records)
    for (const { length, range, score } of record.lengths) if (score !== null) lengths[range].add(length);
  return lengths;
}

/** What each baseline of a column scores over the lengths that a cell was evaluated on. */
export type BaselinesOver = (lengths: LengthsByRange) => readonly BaselineScores[];

/**
 * Median over seeds of each baseline, over the lengths that the compared cell was evaluated on: guessing is easier at
 * short lengths, so a cell that skips the long ones must be compared with guessing at the short ones. Most cells of a
 * column have the same lengths, so their answer is kept.
 */
export function baselinesOver(records: readonly CellRecord[]): BaselinesOver {
  const known = new Map<string, readonly BaselineScores[]>();
  const byId = new Map<string, CellRecord[]>();
  for (const record of records) {
    const id = printable(record.specification.architecture.id);
    byId.set(id, [...(byId.get(id) ?? []), record]);
  }
  return (lengths) => {
    const key = lengthRanges.map((range) => [...lengths[range]].join()).join(';');
    const scores = known.get(key) ?? [...byId].map(([id, own]) => ({ id, ranges: rangesOver(own, lengths) }));
    known.set(key, scores);
    return scores;
  };
}

function rangesOver(records: readonly CellRecord[], lengths: LengthsByRange): BaselineScores['ranges'] {
  const over = (range: LengthRange) =>
    reduceScores(
      records.flatMap((record) => scoreOver(record, range, lengths[range]) ?? []),
      median,
    );
  return { inRange: over('inRange'), near: over('near'), far: over('far') };
}

/** Mean over the given lengths of a range, as far as the record has them. */
function scoreOver(record: CellRecord, range: LengthRange, lengths: ReadonlySet<number>): Score | null {
  const scores = record.lengths
    .filter((result) => result.range === range && lengths.has(result.length))
    .flatMap((result) => result.score ?? []);
  return reduceScores(scores, mean);
}

/** The best any baseline reaches in each range, exact and token separately; null where none was measured. */
export function bestBaseline(baselines: readonly BaselineScores[]): Record<LengthRange, Score | null> {
  const bests = lengthRanges.map((range) => [
    range,
    reduceScores(
      baselines.flatMap((baseline) => baseline.ranges[range] ?? []),
      best,
    ),
  ]);
  return Object.fromEntries(bests) as Record<LengthRange, Score | null>;
}
