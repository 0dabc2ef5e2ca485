import type { MatrixCell } from '../summarise/matrix';
import {
  isFigure,
  isPrediction,
  refutesTheorem,
  type CheckedFigure,
  type CheckedPrediction,
  type Statement,
} from '../summarise/statement';
import { isAtLeast } from '../summarise/verdict';

/** Something that was said of a cell, with the cell. */
export interface SaidOf<S> {
  readonly cell: MatrixCell;
  readonly statement: S;
}

/** What became of predictions, cells counted once by the gravest of theirs. */
export interface TheoryOutcomes {
  /** Of which theory says something of the row at this size. */
  readonly predicted: number;
  /** The same, and the row learnt the trained lengths: only these can show anything of what lies beyond. */
  readonly predictedAndLearnt: number;
  readonly agrees: number;
  readonly disagrees: number;
  readonly gaps: readonly MatrixCell[];
  readonly notTests: number;
  readonly disagreements: readonly SaidOf<CheckedPrediction>[];
  readonly againstTheorems: readonly SaidOf<CheckedPrediction>[];
}

export function theoryOutcomesOf(cells: readonly MatrixCell[]): TheoryOutcomes {
  const trained = cells.filter(({ row, summary }) => row.kind === 'architecture' && summary);
  const predicted = trained.filter(({ summary }) =>
    summary!.statements.some((each) => isPrediction(each) && each.agreement !== 'no result'),
  );
  const of = (agreement: string) => predicted.filter(({ summary }) => summary!.theory === agreement);
  const disagreements = saidOf(trained, isPrediction).filter(({ statement }) => statement.agreement === 'disagrees');
  return {
    predicted: predicted.length,
    predictedAndLearnt: predicted.filter(({ summary }) => isAtLeast(summary!.verdict, 'learnt in range')).length,
    agrees: of('agrees').length,
    disagrees: of('disagrees').length,
    gaps: of('learnability gap'),
    notTests: of('consistent, not a test').length,
    disagreements,
    againstTheorems: disagreements.filter(({ statement }) => refutesTheorem(statement)),
  };
}

/** What was published of cells, as figures, and became something when it was measured. */
export const figuresOf = (cells: readonly MatrixCell[]): SaidOf<CheckedFigure>[] =>
  saidOf(cells, isFigure).filter(({ statement: { agreement } }) => agreement === 'agrees' || agreement === 'disagrees');

function saidOf<S extends Statement>(
  cells: readonly MatrixCell[],
  isOne: (statement: Statement) => statement is S,
): SaidOf<S>[] {
  return cells.flatMap((cell) =>
    (cell.summary?.statements ?? []).filter(isOne).map((statement) => ({ cell, statement })),
  );
}
