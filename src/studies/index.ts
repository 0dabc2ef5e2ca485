/** What built-in studies present, for views of plugins; they import it as `chomsky-zoo/studies`. Types alone. */
export type { Absence, ColumnFacts, ColumnGroup, Matrix, MatrixCell, Problem } from './capability/summarise/matrix';
export type { CellSummary } from './capability/summarise/cell-summary';
export type { Leaderboard } from './capability/summarise/leaderboard';
