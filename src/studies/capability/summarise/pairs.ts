import type { Manifest } from '../../../core/contracts/manifest';
import type { Cell, CellRecord, CellSpecification } from '../../../core/contracts/record';
import type { StudyResults } from '../../../core/contracts/study';
import { printable, printableLines } from '../../../report/printable';

/** Manifest and records of a folder. */
export type MatrixSources = StudyResults<Manifest, CellRecord>;

/** Why a cell, or one of its seeds, has no scores. */
export type Absence =
  'missing' | 'failed' | 'corrupt' | 'stale' | 'not evaluated' | 'inapplicable' | 'left out' | 'too few seeds';

/** Why a cell of the matrix, or one of its seeds, has no scores. */
export interface Problem {
  readonly absence: Absence;
  /** Null where it concerns the whole cell. */
  readonly seed: number | null;
  readonly reason: string;
}

/** Names a row and a column at once. */
export const pair = (row: string, column: string) => `${row}\n${column}`;
const pairOf = ({ row, column, specification: { architecture, task } }: Cell) =>
  pair(printable(row ?? architecture.id), printable(column ?? task.id));

/** What there is for a row and a column, by seed. */
export interface Pair {
  specification: CellSpecification | null;
  expectedSeeds: number;
  readonly records: CellRecord[];
  readonly problems: Problem[];
}

/** Each cell of the manifest and each inapplicable pair is looked at once. */
export function pairsOf(sources: MatrixSources): Map<string, Pair> {
  const { manifest, stored, failures, scanned = [] } = sources;
  const outdated = new Map<string, string>();
  for (const found of scanned.toReversed())
    if (found.status === 'stale' && found.cell !== undefined) outdated.set(found.cell, found.reason);
  const problemOf = (cell: Cell): Omit<Problem, 'seed'> => {
    const found = stored.get(cell.key);
    if (found?.status === 'stale' || found?.status === 'corrupt')
      return { absence: found.status, reason: found.reason };
    const failure = failures?.get(cell.key);
    if (failure) return { absence: 'failed', reason: failure.message };
    const reason = outdated.get(cell.key);
    if (reason === undefined) return { absence: 'missing', reason: 'not run yet' };
    return { absence: 'stale', reason: `there is a record of it: ${reason}` };
  };
  const pairs = new Map<string, Pair>();
  const at = (key: string): Pair => {
    const known = pairs.get(key) ?? { specification: null, expectedSeeds: 0, records: [], problems: [] };
    pairs.set(key, known);
    return known;
  };
  const bySeed = [...manifest.cells].sort((a, b) => a.specification.seed - b.specification.seed);
  for (const cell of bySeed) {
    const known = at(pairOf(cell));
    known.expectedSeeds++;
    known.specification ??= cell.specification;
    const found = stored.get(cell.key);
    if (found?.status === 'finished') known.records.push(found.record);
    else {
      const { absence, reason } = problemOf(cell);
      known.problems.push({ absence, seed: cell.specification.seed, reason: printableLines(reason) });
    }
  }
  for (const { architecture, task, reason } of manifest.inapplicable) {
    const { problems } = at(pair(printable(architecture), printable(task)));
    if (problems.every(({ absence }) => absence !== 'inapplicable'))
      problems.push({ absence: 'inapplicable', seed: null, reason: printableLines(reason) });
  }
  return pairs;
}
