import type { CellRecord } from '../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../core/contracts/reference';
import type { RecordWords } from '../../core/contracts/study';
import { noBaselines } from './summarise/baselines';
import { summariseCell, type RangeSummary } from './summarise/cell-summary';
import { verdictThresholds } from './summarise/verdict';
import { percent, rangeNames, verdictMarks } from './drawing/wording';

/**
 * Verdict of one record and its scores in percent: "in range 100, near 100, far 96 (77 at 256), borderline". The score at
 * the longest length is told where the verdict turns on it, and the step where training stopped as futile.
 */
export function tell(record: CellRecord): RecordWords {
  const summary = summariseCell([record], noBaselines);
  const { verdict, isBorderline } = summary;
  const scores = lengthRanges.flatMap((range) => scoreTold(summary.ranges[range], range));
  return {
    mark: verdict ? verdictMarks[verdict] : '–',
    outcome: verdict ?? 'not evaluated',
    details: [
      ...scores,
      ...(isBorderline && record.training ? ['borderline'] : []),
      ...(record.training?.outcome === 'stopped-futile' ? [`stopped as futile at step ${record.training.steps}`] : []),
    ].join(', '),
    isBest: verdict === 'solves',
  };
}

function scoreTold({ score, longest, decisive }: RangeSummary, range: LengthRange): string[] {
  if (!score) return [];
  const threshold = verdictThresholds[range];
  const turns = score.exact >= threshold && decisive!.exact < threshold;
  const told = `${rangeNames[range]} ${percent(score.exact)}`;
  return [turns ? `${told} (${percent(longest!.exact)} at ${longest!.length})` : told];
}
