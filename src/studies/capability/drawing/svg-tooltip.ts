import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { escaped } from '../../../report/svg';
import { mainAbsence, type MatrixCell } from '../summarise/matrix';
import { cellNotes } from './notes';
import { theoryTold } from './theory-marks';
import { cellName, rangeNames } from './wording';

/** Shown by browsers on hover. */
export function tooltip(cell: MatrixCell): string {
  const { summary, problems } = cell;
  const told = summary
    ? [[summary.verdict, ...solvedTold(cell), ...lengthRanges.flatMap((range) => scoreTold(cell, range))].join(', ')]
    : [`${mainAbsence(cell)}${problems[0] ? `, ${problems[0].reason.split('\n')[0]}` : ''}`];
  const lines = [`${cellName(cell)}: ${told.join()}`, ...(summary ? [...theoryTold(cell), ...cellNotes(cell)] : [])];
  return `<title>${escaped(lines.join('\n'))}</title>`;
}

const solvedTold = ({ summary }: MatrixCell): string[] =>
  summary!.seeds.length > 1 ? [`${summary!.solved.count} of ${summary!.seeds.length} seeds solve`] : [];

/** "far 0.840 (0.451–0.996, best 0.996, baseline 0.500)" */
function scoreTold({ summary }: MatrixCell, range: LengthRange): string[] {
  const { score, best, baseline, ceiling } = summary!.ranges[range];
  if (!score) return [];
  const { low, high } = score.intervals.exact;
  const beside = [
    `${low.toFixed(3)}–${high.toFixed(3)}`,
    ...(summary!.seeds.length > 1 ? [`best ${best!.exact.toFixed(3)}`] : []),
    ...(baseline ? [`baseline ${baseline.exact.toFixed(3)}`] : []),
    ...(ceiling && ceiling.exact < 1 ? [`at most ${ceiling.exact.toFixed(3)} can be reached`] : []),
  ];
  return [`${rangeNames[range]} ${score.exact.toFixed(3)} (${beside.join(', ')})`];
}
