import type { ManifestColumn } from '../../../core/contracts/manifest';
import { taskWeights, type TaskWeight } from '../../../core/contracts/view';
import { createRng } from '../../../core/random';
import { percentileInterval, replicates } from '../../statistics/bootstrap';
import { signFlipTest } from '../../statistics/sign-flips';
import type { Interval } from '../../statistics/wilson';
import { capability } from './capability';
import type { Matrix, MatrixCell } from './matrix';
import { resampledCapability } from './resampled';
import { weightsOf } from './task-weights';

/** One of two that are compared: a row of a matrix, or all rows of one. */
export interface Side {
  readonly name: string;
  readonly matrix: Matrix;
}

/** A row on a column, of both sides. */
export interface ComparedCell {
  readonly row: string;
  readonly task: string;
  readonly level: string;
  /** Capability, A and B. */
  readonly capability: readonly [number, number];
  readonly seeds: readonly [number, number];
  /** B - A, with its 95 % interval. */
  readonly difference: number;
  readonly interval: Interval;
  readonly answer: Answer;
}

/** Which of the two is surely better. */
export type Answer = 'A' | 'B' | 'cannot be told apart';

/** Over all compared cells, or those of a level. */
export interface ComparedGroup {
  readonly group: string;
  readonly cells: number;
  readonly capability: readonly [number, number];
  readonly difference: number;
  readonly interval: Interval;
  /** Of a permutation test over cells: how often as large a difference comes from two that are alike. */
  readonly p: number;
  readonly answer: Answer;
}

/** Two folders of results, or two rows of one. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly by: TaskWeight;
  readonly cells: readonly ComparedCell[];
  /** All of them first, then level by level where there are several. */
  readonly groups: readonly ComparedGroup[];
  /** Cells that only one of them has. */
  readonly onlyIn: { readonly a: readonly string[]; readonly b: readonly string[] };
}

interface Pair extends ComparedCell {
  readonly column: ManifestColumn;
  readonly resampled: Float64Array;
}

/** The same rows on the same columns of two matrices, paired cell by cell. */
export function compareMatrices(a: Side, b: Side, by: TaskWeight = taskWeights[0]): Comparison {
  const [ofA, ofB] = [a, b].map(({ matrix }) => cellsOf(matrix, rowAndTask(matrix))) as [Cells, Cells];
  return compared(a, b, ofA, ofB, by);
}

type Cells = Map<string, MatrixCell>;

/** Two rows on the columns that both have. */
export function compareRows(
  matrix: Matrix,
  rows: readonly [string, string],
  by: TaskWeight = taskWeights[0],
): Comparison {
  const of = (row: string) => cellsOf(matrix, ({ column }) => column.id, row);
  const [a, b] = rows;
  return compared({ name: a, matrix }, { name: b, matrix }, of(a), of(b), by);
}

/** A row that was submitted counts as the row that it is, unless the matrix has that row besides. */
function rowAndTask({ rows }: Matrix): (cell: MatrixCell) => string {
  const ids = new Set(rows.map(({ id }) => id));
  return ({ row: { id, submission }, column }) => {
    const row = submission && !ids.has(submission.row) ? submission.row : id;
    return `${row} x ${column.id}`;
  };
}

function cellsOf(matrix: Matrix, nameOf: (cell: MatrixCell) => string, row?: string): Cells {
  const own = matrix.cells.filter(
    (cell) => cell.row.kind === 'architecture' && cell.summary && (row === undefined || cell.row.id === row),
  );
  return new Map(own.map((cell) => [nameOf(cell), cell]));
}

function compared(
  a: Side,
  b: Side,
  ofA: ReadonlyMap<string, MatrixCell>,
  ofB: ReadonlyMap<string, MatrixCell>,
  by: TaskWeight,
): Comparison {
  const pairs = [...ofA].flatMap(([name, cell]) => {
    const other = ofB.get(name);
    return other ? (pairOf(cell, other) ?? []) : [];
  });
  const levels = [...new Set(pairs.map(({ level }) => level))];
  const known = (of: ReadonlyMap<string, MatrixCell>, others: ReadonlyMap<string, MatrixCell>) =>
    [...of.keys()].filter((name) => !others.has(name));
  return {
    a: a.name,
    b: b.name,
    by,
    cells: pairs.map(({ column: _, resampled: __, ...cell }) => cell),
    groups: [
      ...(pairs.length > 0 ? [groupOf('overall', pairs, by)] : []),
      ...(levels.length > 1
        ? levels.map((level) =>
            groupOf(
              level,
              pairs.filter((pair) => pair.level === level),
              by,
            ),
          )
        : []),
    ],
    onlyIn: { a: known(ofA, ofB), b: known(ofB, ofA) },
  };
}

/** Null where nothing can be shown on the column. */
function pairOf(a: MatrixCell, b: MatrixCell): Pair | null {
  const [one, other] = [a, b].map(({ summary }) => capability(summary!)) as [
    ReturnType<typeof capability>,
    ReturnType<typeof capability>,
  ];
  const [ofA, ofB] = [resampledOf('a', a), resampledOf('b', b)];
  if (!one || !other || !ofA || !ofB) return null;
  const resampled = ofB.map((value, at) => value - ofA[at]!);
  const difference = other.value - one.value;
  const interval = percentileInterval(resampled, difference);
  return {
    row: a.row.id === b.row.id ? a.row.id : `${a.row.id}, ${b.row.id}`,
    task: a.column.id,
    level: a.column.level,
    capability: [one.value, other.value],
    seeds: [a.summary!.seeds.length, b.summary!.seeds.length],
    difference,
    interval,
    answer: answerOf(interval),
    column: a.column,
    resampled,
  };
}

const resampledOf = (side: string, { row, column, summary }: MatrixCell) =>
  resampledCapability({ name: `${side}/${row.id}/${column.id}`, summary: summary! });

const answerOf = ({ low, high }: Interval): Answer => (low > 0 ? 'B' : high < 0 ? 'A' : 'cannot be told apart');

/** Means over cells: rows count the same, and tasks as `by` says. */
function groupOf(group: string, pairs: readonly Pair[], by: TaskWeight): ComparedGroup {
  const columns = new Map(pairs.map(({ column }) => [column.id, column]));
  const ofColumn = weightsOf([...columns.values()], by);
  const counts = new Map<string, number>();
  for (const { task } of pairs) counts.set(task, (counts.get(task) ?? 0) + 1);
  const weights = pairs.map(({ task }) => ofColumn.get(task)! / counts.get(task)!);
  const over = (of: (pair: Pair) => number) => pairs.reduce((sum, pair, at) => sum + weights[at]! * of(pair), 0);
  const resampled = new Float64Array(replicates);
  pairs.forEach((pair, at) => pair.resampled.forEach((value, draw) => (resampled[draw]! += weights[at]! * value)));
  const difference = over((pair) => pair.difference);
  const interval = percentileInterval(resampled, difference);
  return {
    group,
    cells: pairs.length,
    capability: [over((pair) => pair.capability[0]), over((pair) => pair.capability[1])],
    difference,
    interval,
    p: signFlipTest(
      pairs.map((pair, at) => weights[at]! * pair.difference),
      createRng('comparison').split(group),
    ),
    answer: answerOf(interval),
  };
}
