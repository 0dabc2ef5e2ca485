import type { Matrix, MatrixCell } from '../summarise/matrix';
import { isPrediction, refutesTheorem } from '../summarise/statement';

/** What became of theory's prediction of a cell, gravest first: marks differ by shape, with or without colour. */
const meanings = {
  '▲': 'disagrees with a theorem: a bug until proven otherwise',
  '≠': 'disagrees with theory',
  '✓': 'agrees with theory',
  '◇': 'learnability gap: can be expressed, not learnt',
  '≈': 'consistent with theory, not a test',
} as const;
export type TheoryMark = keyof typeof meanings;

/** Empty where nothing can be told: no prediction, or one that is not decided. */
export function theoryMarkOf({ summary }: MatrixCell): TheoryMark | '' {
  if (!summary) return '';
  if (summary.statements.some(refutesTheorem)) return '▲';
  switch (summary.theory) {
    case 'disagrees':
      return '≠';
    case 'agrees':
      return '✓';
    case 'learnability gap':
      return '◇';
    case 'consistent, not a test':
      return '≈';
    default:
      return '';
  }
}

/** The marks that occur. */
export function theoryMeanings({ cells }: Matrix): [TheoryMark, string][] {
  const seen = new Set<string>(cells.map(theoryMarkOf));
  return (Object.entries(meanings) as [TheoryMark, string][]).filter(([mark]) => seen.has(mark));
}

/** "cannot at all lengths (Grazzi et al. 2025, theorem 1): consistent, not a test", a line for each statement of theory. */
export const theoryTold = ({ summary }: MatrixCell): string[] =>
  (summary?.statements ?? [])
    .filter(isPrediction)
    .map(
      ({ says, source, agreement, because }) =>
        `theory: ${says}${source && ` (${source})`}: ${agreement}${because ? `, ${because}` : ''}`,
    );
