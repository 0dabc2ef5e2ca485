import type { CellRecord, Faults } from '../../../core/contracts/record';
import type { LengthRange } from '../../../core/contracts/reference';
import { lengthsInMean } from './mean-score';

/** What is wrong with answers: shares of all answers, lengths and seeds together. */
export interface FaultShares extends Faults {
  /** How many answers were given. */
  readonly answers: number;
}

/** Over the lengths that the score of a range is a mean of; null where no record tells. */
export function faultsOf(records: readonly CellRecord[], range: LengthRange): FaultShares | null {
  const told = records
    .flatMap(({ lengths }) => lengthsInMean(lengths, range))
    .flatMap(({ faults, sequences }) => (faults ? { faults, sequences } : []));
  const answers = told.reduce((sum, { sequences }) => sum + sequences, 0);
  if (answers === 0) return null;
  const share = (fault: keyof Faults) =>
    told.reduce((sum, { faults, sequences }) => sum + faults[fault] * sequences, 0) / answers;
  return { answers, unfinished: share('unfinished'), malformed: share('malformed'), wrong: share('wrong') };
}
