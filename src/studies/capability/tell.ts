import type { CellRecord } from '../../core/contracts/record';
import { lengthRanges } from '../../core/contracts/reference';
import type { RecordWords } from '../../core/contracts/study';
import { summariseCell } from './summarise/cell-summary';
import { percent, rangeNames, verdictMarks } from './drawing/wording';

/** Verdict of one record and its scores in percent: "in range 100, near 100, far 99". */
export function tell(record: CellRecord): RecordWords {
  const { verdict, ranges } = summariseCell([record], () => []);
  const scores = lengthRanges.flatMap((range) =>
    ranges[range].score ? `${rangeNames[range]} ${percent(ranges[range].score.exact)}` : [],
  );
  return {
    mark: verdict ? verdictMarks[verdict] : '–',
    outcome: verdict ?? 'not evaluated',
    details: scores.join(', '),
    isBest: verdict === 'solves',
  };
}
