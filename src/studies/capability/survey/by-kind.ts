import type { Interval } from '../../statistics/wilson';
import type { Leaderboard } from '../summarise/leaderboard';
import { columnsOf, type Matrix } from '../summarise/matrix';
import { intervalOf, meanOf, meanOfMeans, type RankedCells } from '../summarise/means';
import { weightsOf } from '../summarise/task-weights';
import { rowsByKind, type RowKind } from './kinds';
import { outcomesOf, type Outcomes } from './outcomes';

/** Rows of one kind together. */
export interface KindResult {
  readonly kind: RowKind;
  readonly rows: readonly string[];
  readonly outcomes: Outcomes;
  /** Mean over rows and the compared columns of a level; null where one of them is missing. */
  readonly levels: readonly {
    readonly level: string;
    readonly capability: number | null;
    readonly interval: Interval | null;
  }[];
}

/** Kinds of rows on the columns that a leaderboard compares. */
export function resultsByKind(matrix: Matrix, { compared, by }: Leaderboard, ranked: RankedCells): KindResult[] {
  const columns = columnsOf(matrix).filter(({ id }) => compared.includes(id));
  const levels = [...new Set(columns.map(({ level }) => level))];
  return [...rowsByKind(matrix)].map(([kind, rows]) => ({
    kind,
    rows: rows.map(({ id }) => id),
    outcomes: outcomesOf(rows.flatMap(({ id }) => columns.map((column) => matrix.cell(id, column.id)))),
    levels: levels.map((level) => {
      const weights = weightsOf(
        columns.filter((column) => column.level === level),
        by,
      );
      const means = rows.flatMap(({ id }) => meanOf(ranked.get(id)!, weights) ?? []);
      const mean = means.length === rows.length ? meanOfMeans(means) : null;
      return { level, capability: mean?.value ?? null, interval: mean && intervalOf(mean) };
    }),
  }));
}
