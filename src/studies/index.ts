/**
 * What built-in studies present, for views of plugins, and what a study of a plugin presents to have their views; imported as
 * `chomsky-zoo/studies`.
 */
export type { Axis, Figure, Panel, Point, Sample, Series } from '../core/contracts/figure';
export type { Table, TableColumn } from '../report/table';
export type { Findings } from './findings/findings';
export { overSeeds } from './findings/over-seeds';
export type { ColumnFacts, ColumnGroup, Matrix, MatrixCell } from './capability/summarise/matrix';
export type { Absence, Problem } from './capability/summarise/pairs';
export type { CellSummary } from './capability/summarise/cell-summary';
export type { Leaderboard } from './capability/summarise/leaderboard';
