import { isSurelyAbove } from '../../statistics/bootstrap';

/** A place among others. */
export interface Rank {
  /** 1 is best; null where there is nothing to rank. */
  readonly rank: number | null;
  /** Whether others have the same. */
  readonly isShared: boolean;
}

/** What is ranked: replicates are of one bootstrap, drawn for each entry by itself. */
export interface Rankable {
  readonly capability: number;
  readonly resampled: Float64Array;
}

/**
 * Ranks of entries that stand best first: 1, 2=, 2=, 4. An entry that cannot be told apart from the first of those before it
 * that share a rank has their rank; the first that is surely worse begins the next. Entries at chance, which is capability
 * 0, are all equal and have none.
 */
export function ranksOf(entries: readonly Rankable[]): Rank[] {
  let [leader, rank] = [entries[0], 1];
  const ranks = entries.map((entry, at) => {
    if (entry.capability <= 0) return null;
    if (isSurelyAbove(leader!.resampled, entry.resampled)) [leader, rank] = [entry, at + 1];
    return rank;
  });
  const counts = new Map<number | null, number>();
  for (const each of ranks) counts.set(each, (counts.get(each) ?? 0) + 1);
  return ranks.map((each) => ({ rank: each, isShared: each !== null && counts.get(each)! > 1 }));
}
