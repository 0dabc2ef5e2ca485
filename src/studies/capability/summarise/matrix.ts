import { columnOf, rowOf } from '../../../core/cell';
import { chomskyLevels } from '../../../core/contracts/task';
import type { Cell, CellRecord, Manifest, ManifestColumn, ManifestRow } from '../../../core/contracts/record';
import type { LengthRange } from '../../../core/contracts/reference';
import type { StudyResults } from '../../../core/contracts/study';
import { evaluatedLengths } from './baselines';
import { summariseCell, type CellSummary } from './cell-summary';

/** Why a cell, or one of its seeds, has no scores. */
export type Absence = 'missing' | 'failed' | 'corrupt' | 'stale' | 'not evaluated' | 'inapplicable' | 'left out';

export interface Problem {
  readonly absence: Absence;
  /** Null where it concerns the whole cell. */
  readonly seed: number | null;
  readonly reason: string;
}

/** A row and a column. It has scores (`summary`) or problems or, with some of its seeds missing, both. */
export interface MatrixCell {
  readonly row: ManifestRow;
  readonly column: ManifestColumn;
  readonly summary: CellSummary | null;
  /** Seeds that the experiment asks for. */
  readonly expectedSeeds: number;
  readonly problems: readonly Problem[];
}

/** Columns of one level of the hierarchy. */
export interface ColumnGroup {
  readonly level: string;
  readonly columns: readonly ManifestColumn[];
}

/** What every view draws. Views compute nothing but positions and colours. */
export interface Matrix {
  readonly experiment: string;
  /** Architectures in the order of the experiment, then baselines that guess, then those that know. */
  readonly rows: readonly ManifestRow[];
  readonly groups: readonly ColumnGroup[];
  cell(row: string, column: string): MatrixCell;
  readonly cells: readonly MatrixCell[];
  /** Shortest and longest evaluated length of each range; null where none was. */
  readonly lengths: Readonly<Record<LengthRange, readonly [number, number] | null>>;
  /** Numbers of seeds that measured trained cells have, smallest and largest. */
  readonly seeds: readonly [number, number];
  /** Files that are shown nowhere else because no cell of the experiment claims them. */
  readonly leftovers: readonly {
    readonly file: string;
    readonly absence: 'stale' | 'corrupt';
    readonly reason: string;
  }[];
}

/** Manifest and records of a folder. */
export type MatrixSources = StudyResults<Manifest, CellRecord>;

export const columnsOf = (matrix: Matrix): ManifestColumn[] => matrix.groups.flatMap((group) => group.columns);

const pair = (row: string, column: string) => `${row}\n${column}`;

/** Puts manifest and records together. Nothing stale or corrupt enters a score. */
export function buildMatrix(sources: MatrixSources): Matrix {
  const { manifest, scanned = [] } = sources;
  const rows = [...manifest.architectures].sort((a, b) => place(a) - place(b));
  const groups = groupByLevel(manifest.tasks);
  const cells = rows.flatMap((row) =>
    groups.flatMap(({ columns }) => columns.map((column) => buildCell(row, column, sources))),
  );
  const byPair = new Map(cells.map((cell) => [pair(cell.row.id, cell.column.id), cell]));
  const measured = manifest.cells.flatMap((cell) => finishedRecord(sources, cell) ?? []);
  const seeds = cells.flatMap(({ row, summary }) =>
    row.kind === 'architecture' && summary ? summary.seeds.length : [],
  );
  return {
    experiment: manifest.experiment,
    rows,
    groups,
    cell: (row, column) => byPair.get(pair(row, column))!,
    cells,
    lengths: { inRange: span(measured, 'inRange'), near: span(measured, 'near'), far: span(measured, 'far') },
    seeds: seeds.length ? [Math.min(...seeds), Math.max(...seeds)] : [0, 0],
    leftovers: scanned.flatMap((found) =>
      found.status === 'stale' || found.status === 'corrupt'
        ? { file: found.file, absence: found.status, reason: found.reason }
        : [],
    ),
  };
}

const place = ({ kind, usesSolver }: ManifestRow): number => (kind === 'architecture' ? 0 : usesSolver ? 2 : 1);

function groupByLevel(columns: readonly ManifestColumn[]): ColumnGroup[] {
  const found = [...new Set(columns.map((column) => column.level))];
  const known = chomskyLevels.filter((level) => found.includes(level));
  const others = found.filter((level) => !(known as string[]).includes(level));
  return [...known, ...others].map((level) => ({ level, columns: columns.filter((column) => column.level === level) }));
}

function buildCell(row: ManifestRow, column: ManifestColumn, sources: MatrixSources): MatrixCell {
  const { manifest } = sources;
  const cells = manifest.cells.filter((cell) => rowOf(cell) === row.id && columnOf(cell) === column.id);
  const records = cells.flatMap((cell) => finishedRecord(sources, cell) ?? []);
  const problems = cells.flatMap((cell) => problemOf(sources, cell) ?? []);
  const inapplicable = manifest.inapplicable.find(
    ({ architecture, task }) => architecture === row.id && task === column.id,
  );
  if (inapplicable) problems.push({ absence: 'inapplicable', seed: null, reason: inapplicable.reason });
  else if (cells.length === 0) problems.push({ absence: 'left out', seed: null, reason: 'not part of the experiment' });

  const claims = row.claims.filter((claim) => claim.task === column.id);
  const summary = records.length > 0 ? summariseCell(records, chanceRecords(sources, column), claims) : null;
  if (!summary || summary.verdict !== null) return { row, column, summary, expectedSeeds: cells.length, problems };
  const reason =
    records[0]!.lengths.find((length) => length.notEvaluated)?.notEvaluated ?? 'no trained length was evaluated';
  return {
    row,
    column,
    summary: null,
    expectedSeeds: cells.length,
    problems: [...problems, { absence: 'not evaluated', seed: null, reason }],
  };
}

function finishedRecord({ stored }: MatrixSources, { key }: Cell): CellRecord | null {
  const found = stored.get(key);
  return found?.status === 'finished' ? found.record : null;
}

/** Records of the baselines that guess; the oracle knows. */
function chanceRecords(sources: MatrixSources, column: ManifestColumn): CellRecord[] {
  const guessing = sources.manifest.architectures
    .filter((row) => row.kind === 'baseline' && !row.usesSolver)
    .map((row) => row.id);
  return sources.manifest.cells
    .filter((cell) => columnOf(cell) === column.id && guessing.includes(rowOf(cell)))
    .flatMap((cell) => finishedRecord(sources, cell) ?? []);
}

function problemOf({ stored, failures, scanned = [] }: MatrixSources, cell: Cell): Problem | null {
  const found = stored.get(cell.key) ?? { status: 'missing' };
  const { seed } = cell.specification;
  const failure = failures?.get(cell.key);
  if (found.status === 'finished') return null;
  if (found.status !== 'missing') return { absence: found.status, seed, reason: found.reason };
  if (failure) return { absence: 'failed', seed, reason: failure.message };
  const outdated = scanned.find((other) => other.status === 'stale' && answersSameQuestion(other.record, cell));
  if (outdated?.status === 'stale') return { absence: 'stale', seed, reason: outdated.reason };
  return { absence: 'missing', seed, reason: 'not run yet' };
}

/** Whether a record of other settings or versions is what this cell used to be. */
function answersSameQuestion({ specification: old }: CellRecord, { specification: now }: Cell): boolean {
  return (
    old.architecture.id === now.architecture.id &&
    old.task.id === now.task.id &&
    old.seed === now.seed &&
    old.mode === now.mode
  );
}

function span(records: readonly CellRecord[], range: LengthRange): readonly [number, number] | null {
  const lengths = records.flatMap((record) => evaluatedLengths(record, range));
  return lengths.length > 0
    ? [lengths.reduce((a, b) => Math.min(a, b)), lengths.reduce((a, b) => Math.max(a, b))]
    : null;
}
