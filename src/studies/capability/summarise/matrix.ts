import { chomskyLevels } from '../../../core/contracts/chomsky-level';
import type { ManifestColumn, ManifestRow } from '../../../core/contracts/manifest';
import type { CellRecord, CellSpecification } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Stored } from '../../../core/contracts/store';
import type { ManifestTheory, Prediction } from '../../../core/contracts/theory';
import type { ScoreKind } from '../../../core/contracts/view';
import { printable, printableLines } from '../../../report/printable';
import { baselinesOver, ceilingOf, type BaselinesOver } from './baselines';
import { summariseCell, type CellSummary, type Said } from './cell-summary';
import { costsBy } from './cost';
import { pair, pairsOf, type Absence, type MatrixSources, type Pair, type Problem } from './pairs';
import { predictionsBy, shownTheory } from './predictions';
import { protocolDifferences, type ProtocolDifference } from './protocol-differences';
import { digestOf, joinedSpans } from './record-digest';
import { byRange } from './seed-summary';
import { trainingOf, type Span, type Training } from './training';

/** A row, and how it was trained where that is not as the others. */
export type MatrixRow = ManifestRow & Partial<ProtocolDifference>;

/** A row and a column. It has scores (`summary`) or problems or, with some of its seeds missing, both. */
export interface MatrixCell {
  readonly row: MatrixRow;
  readonly column: ManifestColumn;
  readonly summary: CellSummary | null;
  /** Of its first seed; null where the experiment does not ask for it. */
  readonly specification: CellSpecification | null;
  /** Seeds that the experiment asks for. */
  readonly expectedSeeds: number;
  readonly problems: readonly Problem[];
  /** Null where theory was not asked: of baselines, and in manifests without it. */
  readonly prediction: Prediction | null;
}

/** Columns under one heading: of one level of the hierarchy, where nothing else is asked. */
export interface ColumnGroup {
  readonly heading: string;
  readonly columns: readonly ManifestColumn[];
}

/** What holds for all cells of a column. */
export interface ColumnFacts {
  /** Shortest and longest evaluated length of each range; null where none was. */
  readonly lengths: Readonly<Record<LengthRange, Span | null>>;
  /** Exact-match accuracy that a perfect learner could reach at most; null where no row says it. */
  readonly ceiling: Readonly<Record<LengthRange, number | null>>;
  /** Why the task has no inputs of these lengths; null where it has, or nothing was measured. */
  readonly notEvaluated: Readonly<Record<LengthRange, string | null>>;
}

/**
 * What every view draws. Views compute nothing but positions and colours. Names and reasons come from elsewhere and are
 * made printable here, once for all views.
 */
export interface Matrix {
  readonly experiment: string;
  /** Architectures in the order of the experiment, then baselines that guess, then those that know. */
  readonly rows: readonly MatrixRow[];
  readonly groups: readonly ColumnGroup[];
  cell(row: string, column: string): MatrixCell;
  readonly cells: readonly MatrixCell[];
  /** Shortest and longest evaluated length of each range; null where none was. */
  readonly lengths: ColumnFacts['lengths'];
  /** By the id of the column. */
  readonly facts: ReadonlyMap<string, ColumnFacts>;
  /** Null where nothing is trained. */
  readonly training: Training | null;
  /** Numbers of seeds that measured trained cells have, smallest and largest. */
  readonly seeds: readonly [number, number];
  /** What theory says of the cells; null where the manifest does not have it. */
  readonly theory: ManifestTheory | null;
  /** Files that are shown nowhere else because no cell of the experiment claims them. */
  readonly leftovers: readonly {
    readonly file: string;
    readonly absence: 'stale' | 'corrupt' | 'of another run';
    readonly reason: string;
    /** Key of the cell that asks now what it answered; null where none does. */
    readonly cell: string | null;
  }[];
  /** What it was made of, as it was read. */
  readonly sources: MatrixSources;
}

export const columnsOf = (matrix: Matrix): ManifestColumn[] => matrix.groups.flatMap((group) => group.columns);

/** The problem that a cell without scores shows: the one a person would act on first. */
export function mainAbsence(cell: MatrixCell): Absence {
  const order: Absence[] = [
    'failed',
    'corrupt',
    'stale',
    'not evaluated',
    'inapplicable',
    'left out',
    'too few seeds',
    'missing',
  ];
  return order.find((absence) => cell.problems.some((problem) => problem.absence === absence)) ?? 'missing';
}

/**
 * Ranges in which a trained row scores below guessing by more than noise. Baselines have no such ranges, the best of them
 * is what others are held against; where training diverged, or a baseline is perfect, there is nothing to explain.
 */
export const rangesBelow = ({ row, summary }: MatrixCell, kind: ScoreKind = 'exact'): LengthRange[] =>
  row.kind === 'architecture' && summary && summary.verdict !== 'diverged'
    ? lengthRanges.filter((range) => {
        const { hasScale, standing } = summary.ranges[range];
        return hasScale && standing[kind] === 'below';
      })
    : [];

/** Puts manifest and records together, in any order of cells. Nothing stale or corrupt enters a score. */
export function buildMatrix(sources: MatrixSources): Matrix {
  const { manifest, scanned = [] } = sources;
  const differences = protocolDifferences(manifest);
  const rows = manifest.architectures
    .map((row): MatrixRow => ({ ...printableRow(row), ...differences.get(row.id) }))
    .sort((a, b) => place(a) - place(b));
  const groups = groupByLevel(manifest.tasks.map(printableColumn));
  const pairs = pairsOf(sources);
  const columns = groups.flatMap((group) => group.columns);
  const recordsOf = (of: readonly ManifestRow[], column: ManifestColumn) =>
    of.flatMap((row) => pairs.get(pair(row.id, column.id))?.records ?? []);
  const baselines = rows.filter(({ kind }) => kind === 'baseline');
  const levels = new Map(
    columns.map((column): [string, Levels] => [
      column.id,
      {
        chance: baselinesOver(
          recordsOf(
            baselines.filter(({ usesSolver }) => !usesSolver),
            column,
          ),
        ),
        knowing: baselinesOver(
          recordsOf(
            baselines.filter(({ usesSolver }) => usesSolver),
            column,
          ),
        ),
      },
    ]),
  );
  const theory = manifest.theory ? shownTheory(manifest.theory, (row, column) => pairs.has(pair(row, column))) : null;
  const said = predictionsBy(theory);
  const costs = costsBy(manifest);
  const cells = rows.flatMap((row) =>
    columns.map((column) => {
      const known = pairs.get(pair(row.id, column.id));
      return buildCell({ row, column, ...said(row, column), cost: costs(row, column) }, known, levels.get(column.id)!);
    }),
  );
  const byPair = new Map(cells.map((cell) => [pair(cell.row.id, cell.column.id), cell]));
  const seeds = cells.flatMap(({ row, summary }) =>
    row.kind === 'architecture' && summary ? summary.seeds.length : [],
  );
  return {
    experiment: printable(manifest.experiment),
    rows,
    groups,
    cell: (row, column) => byPair.get(pair(row, column))!,
    cells,
    lengths: lengthSpans([...pairs.values()].flatMap(({ records }) => records)),
    facts: new Map(
      columns.map((column) => [column.id, factsOf(recordsOf(rows, column), levels.get(column.id)!.knowing)]),
    ),
    training: trainingOf(
      manifest,
      [...pairs.values()].flatMap(({ records }) => records),
    ),
    seeds: seeds.length ? [Math.min(...seeds), Math.max(...seeds)] : [0, 0],
    theory,
    leftovers: scanned.flatMap(leftoverOf),
    sources,
  };
}

function leftoverOf(found: Stored): Matrix['leftovers'] {
  if (found.status === 'finished' || found.status === 'missing') return [];
  const cell = found.status === 'stale' ? (found.cell ?? null) : null;
  return [{ file: printable(found.file), absence: found.status, reason: printableLines(found.reason), cell }];
}

const printableRow = (row: ManifestRow): ManifestRow => ({
  ...row,
  id: printable(row.id),
  title: printable(row.title),
  ...(row.family !== undefined && { family: printable(row.family) }),
  claims: row.claims.map((claim) => ({ ...claim, task: printable(claim.task), source: printable(claim.source) })),
});
const printableColumn = ({ id, title, level, family }: ManifestColumn): ManifestColumn => ({
  id: printable(id),
  title: printable(title),
  level: printable(level),
  ...(family !== undefined && { family: printable(family) }),
});

const place = ({ kind, usesSolver }: ManifestRow): number => (kind === 'architecture' ? 0 : usesSolver ? 2 : 1);

function groupByLevel(columns: readonly ManifestColumn[]): ColumnGroup[] {
  const found = [...new Set(columns.map((column) => column.level))];
  const known = chomskyLevels.filter((level) => found.includes(level));
  const others = found.filter((level) => !(known as string[]).includes(level));
  return [...known, ...others].map((heading) => ({
    heading,
    columns: columns.filter((column) => column.level === heading),
  }));
}

/** Baselines of a column: those that guess, and those that use the solver. */
interface Levels {
  readonly chance: BaselinesOver;
  readonly knowing: BaselinesOver;
}

const leftOut: Problem = { absence: 'left out', seed: null, reason: 'not part of the experiment' };

function buildCell(
  {
    row,
    column,
    prediction,
    citations,
    cost,
  }: Pick<MatrixCell, 'row' | 'column' | 'prediction'> & Pick<Said, 'citations' | 'cost'>,
  known: Pair | undefined,
  { chance, knowing }: Levels,
): MatrixCell {
  const { specification, expectedSeeds, records, problems } = known ?? {
    specification: null,
    expectedSeeds: 0,
    records: [],
    problems: [leftOut],
  };
  const cell = { row, column, specification, expectedSeeds, problems, prediction };
  if (records.length === 0) return { ...cell, summary: null };
  const claims = row.claims.filter((claim) => claim.task === column.id);
  const summary = summariseCell(records, chance, { claims, prediction, citations, cost }, knowing);
  if (summary.verdict !== null) return { ...cell, summary };
  const reason =
    records[0]!.lengths.find((length) => length.notEvaluated)?.notEvaluated ?? 'no trained length was evaluated';
  const notEvaluated: Problem = { absence: 'not evaluated', seed: null, reason: printableLines(reason) };
  return { ...cell, summary: null, problems: [...problems, notEvaluated] };
}

function factsOf(records: readonly CellRecord[], knowing: BaselinesOver): ColumnFacts {
  const ceiling = ceilingOf(knowing());
  const reason = (range: LengthRange) =>
    records.map((record) => digestOf(record).frame.counts[range]).find(({ notEvaluated }) => notEvaluated);
  return {
    lengths: lengthSpans(records),
    ceiling: byRange((range) => ceiling[range]?.exact ?? null),
    notEvaluated: byRange((range) => {
      const told = reason(range)?.notEvaluated;
      return told === undefined ? null : printable(told);
    }),
  };
}

const lengthSpans = (records: readonly CellRecord[]): ColumnFacts['lengths'] =>
  joinedSpans(records.map((record) => digestOf(record).frame.spans));
