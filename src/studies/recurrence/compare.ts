import { answerModes, type AnswerMode } from '../../core/contracts/architecture';
import type { CellRecord } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { validated } from '../../core/validation';
import type { Sample } from '../../core/contracts/figure';
import { printable } from '../../report/printable';
import type { LengthSummary } from '../capability/summarise/length-summary';
import { buildMatrix, type Matrix, type MatrixCell } from '../capability/summarise/matrix';
import { WithFacts, type CellFacts, type Cost, type RecurrenceFacts, type RecurrenceManifest } from './facts';
import { verdictOf, type Scores, type Verdict } from './verdict';

/** A row in one mode on a column. */
export interface ModeResult {
  /** Exact-match accuracy, median over seeds; null where it was not measured. */
  readonly inRange: number | null;
  readonly near: number | null;
  /** The same of every seed. */
  readonly scores: readonly Sample[];
  readonly asked: number;
  readonly lengths: readonly LengthSummary[];
  readonly costs: readonly Cost[];
  /** At the longest trained length. */
  readonly longest: Cost;
  readonly flops: number | null;
}

/** A row on a column, in all modes that it is asked for in. */
export interface Comparison {
  readonly row: string;
  readonly column: string;
  /** Without the length that it is trained to. */
  readonly base: string;
  readonly task: string;
  readonly trainedTo: number;
  readonly modes: Readonly<Partial<Record<AnswerMode, ModeResult>>>;
  /** Exact-match accuracy of the best baseline in range; null where none was measured. */
  readonly guess: number | null;
  /** Null where not all three modes are asked for. */
  readonly verdict: Verdict | null;
}

/** What a comparison scores in range, mode by mode. */
export const scoresOf = ({ modes }: Pick<Comparison, 'modes'>): Scores => ({
  direct: modes.direct?.inRange ?? null,
  filler: modes.filler?.inRange ?? null,
  'chain-of-thought': modes['chain-of-thought']?.inRange ?? null,
});

/** What the manifest says beside its cells. @throws invalid-value */
export function factsOf({ recurrence }: RecurrenceManifest): RecurrenceFacts {
  return validated(WithFacts, { recurrence }, { place: 'manifest.json', unknownKeys: 'keep' }).recurrence;
}

/** Every base row on every column, in the order of the experiment. */
export function compare(
  results: StudyResults<RecurrenceManifest, CellRecord>,
  recurrence: RecurrenceFacts,
): Comparison[] {
  const matrix = buildMatrix(results);
  const bases = [...new Set(recurrence.rows.map(({ base }) => base))];
  return bases.flatMap((base) =>
    recurrence.columns.flatMap((column): Comparison[] => {
      const modes = modesOf(matrix, recurrence, base, column.column);
      if (Object.keys(modes).length === 0) return [];
      const isWhole = answerModes.every((mode) =>
        recurrence.rows.some((row) => row.base === base && row.mode === mode),
      );
      return [
        {
          row: printable(base),
          column: printable(column.column),
          base: printable(column.base),
          task: printable(column.task),
          trainedTo: column.trainedTo,
          modes,
          guess: guessOf(matrix, recurrence, base, column.column),
          verdict: isWhole ? verdictOf(scoresOf({ modes })) : null,
        },
      ];
    }),
  );
}

function modesOf(matrix: Matrix, { rows, cells }: RecurrenceFacts, base: string, column: string): Comparison['modes'] {
  const own = rows.filter((row) => row.base === base);
  return Object.fromEntries(
    own.flatMap(({ row, mode }) => {
      const facts = cells.find((cell) => cell.row === row && cell.column === column);
      return facts ? [[mode, resultOf(matrix, facts)]] : [];
    }),
  );
}

function resultOf(matrix: Matrix, { row, column, costs, longest, flops }: CellFacts): ModeResult {
  const { summary, expectedSeeds = 0 } = cellOf(matrix, row, column) ?? {};
  const { inRange, near } = summary?.ranges ?? {};
  return {
    inRange: inRange?.score?.exact ?? null,
    near: near?.score?.exact ?? null,
    scores: (summary?.seeds ?? []).map(({ seed, scores }) => ({ seed, y: scores.inRange?.exact ?? null })),
    asked: expectedSeeds,
    lengths: summary?.lengths ?? [],
    costs,
    longest,
    flops: flops ?? null,
  };
}

/** Undefined where the manifest has no such row or column. */
const cellOf = (matrix: Matrix, row: string, column: string): MatrixCell | undefined =>
  matrix.cell(printable(row), printable(column));

function guessOf(matrix: Matrix, { rows }: RecurrenceFacts, base: string, column: string): number | null {
  const found = rows.flatMap((row) =>
    row.base === base ? (cellOf(matrix, row.row, column)?.summary?.ranges.inRange.baseline ?? []) : [],
  );
  return found.length > 0 ? Math.max(...found.map(({ exact }) => exact)) : null;
}
