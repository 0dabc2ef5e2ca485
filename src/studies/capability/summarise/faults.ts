import type { Faults, LengthResult } from '../../../core/contracts/record';

/** What is wrong with answers: shares of all answers, lengths and seeds together. */
export interface FaultShares extends Faults {
  /** How many answers were given. */
  readonly answers: number;
}

/** Of lengths, how many answers were given, and how many of them have each fault. */
export type FaultSums = FaultShares;

/** Of the lengths that a score is a mean of; null where none tells. */
export function addedFaults(lengths: readonly LengthResult[]): FaultSums | null {
  const told = lengths.flatMap(({ faults, sequences }) => (faults ? { faults, sequences } : []));
  const answers = told.reduce((sum, { sequences }) => sum + sequences, 0);
  if (answers === 0) return null;
  const count = (fault: keyof Faults) =>
    told.reduce((sum, { faults, sequences }) => sum + faults[fault] * sequences, 0);
  return { answers, unfinished: count('unfinished'), malformed: count('malformed'), wrong: count('wrong') };
}

/** Shares over several records; null where none tells. */
export function faultsOf(records: readonly (FaultSums | null)[]): FaultShares | null {
  const told = records.flatMap((sums) => sums ?? []);
  const answers = told.reduce((sum, each) => sum + each.answers, 0);
  if (answers === 0) return null;
  const share = (fault: keyof Faults) => told.reduce((sum, each) => sum + each[fault], 0) / answers;
  return { answers, unfinished: share('unfinished'), malformed: share('malformed'), wrong: share('wrong') };
}
