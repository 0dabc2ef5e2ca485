import type { CellRecord, Score } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
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

/** Lengths of a range that a record has scores for. */
export const evaluatedLengths = (record: CellRecord, range: LengthRange): number[] =>
  record.lengths.filter((result) => result.range === range && result.score !== null).map((result) => result.length);

/** Mean over the given lengths of a range, as far as the record has them. */
function scoreOver(record: CellRecord, range: LengthRange, lengths: ReadonlySet<number>): Score | null {
  const scores = record.lengths
    .filter((result) => result.range === range && lengths.has(result.length))
    .flatMap((result) => result.score ?? []);
  return reduceScores(scores, mean);
}

/**
 * Median over seeds of each baseline, over the lengths that the compared cell was evaluated on: guessing is easier at
 * short lengths, so a cell that skips the long ones must be compared with guessing at the short ones.
 */
export function baselineScores(
  records: readonly CellRecord[],
  lengths: Readonly<Record<LengthRange, ReadonlySet<number>>>,
): BaselineScores[] {
  const ids = [...new Set(records.map((record) => record.specification.architecture.id))];
  return ids.map((id) => {
    const own = records.filter((record) => record.specification.architecture.id === id);
    const over = (range: LengthRange) =>
      reduceScores(
        own.flatMap((record) => scoreOver(record, range, lengths[range]) ?? []),
        median,
      );
    return { id, ranges: { inRange: over('inRange'), near: over('near'), far: over('far') } };
  });
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
