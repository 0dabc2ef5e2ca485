import type { CellSpecification } from '../../../../core/contracts/record';
import type { LengthRange } from '../../../../core/contracts/reference';
import type { ScoreKind } from '../../../../core/contracts/view';
import { capability, type Capability } from '../../summarise/capability';
import type { CellCost } from '../../summarise/cost';
import type { LengthSummary } from '../../summarise/length-summary';
import type { MatrixCell } from '../../summarise/matrix';
import type { MeanScore } from '../../summarise/mean-score';
import type { SeedSummary } from '../../summarise/seed-summary';

/** What guessing reaches at a length, each kind for itself: shares 0..1. */
export type GuessAtLength = Readonly<Record<ScoreKind, number>> & { readonly length: number };

/** Of a run, what plots draw. */
export type PlottedSeed = Pick<SeedSummary, 'seed' | 'outcome' | 'curve'>;

/** Of a row on a column, what plots draw. It holds data alone, so that a page can have it without the records. */
export interface PlottedCell {
  readonly row: string;
  readonly column: string;
  readonly isBaseline: boolean;
  readonly lengths: readonly LengthSummary[];
  /** The best that any baseline without the solver reaches at each length; empty where none was measured. */
  readonly guesses: readonly GuessAtLength[];
  readonly seeds: readonly PlottedSeed[];
  /** Scores of the ranges of lengths; null where one was not evaluated. */
  readonly scores: Readonly<Record<LengthRange, Pick<MeanScore, ScoreKind | 'intervals'> | null>>;
  /** See `capability`. */
  readonly capability: Capability | null;
  /** Null for baselines, which are not trained. */
  readonly cost: CellCost | null;
}

/** With what is set of it, by which plots of scaling tell cells apart. */
export interface SetCell extends PlottedCell {
  /** Ids of its units, and every setting under its path: `architecture.hiddenSize`, `protocol.steps`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * A cell that was measured, or null. `guessing` are the cells of the same column whose rows are baselines without the
 * solver.
 */
export function plottedCell(
  { row, column, summary, specification }: MatrixCell,
  guessing: readonly MatrixCell[],
): SetCell | null {
  if (!summary) return null;
  const { lengths, seeds, ranges, cost } = summary;
  return {
    row: row.id,
    column: column.id,
    isBaseline: row.kind === 'baseline',
    lengths,
    guesses: guessesOf(guessing),
    seeds: seeds.map(({ seed, outcome, curve }) => ({ seed, outcome, curve })),
    scores: { inRange: ranges.inRange.score, near: ranges.near.score, far: ranges.far.score },
    capability: capability(summary),
    settings: specification ? settingsOf(specification) : {},
    cost,
  };
}

/** All measured cells of a matrix. */
export function plottedCells(cells: readonly MatrixCell[]): SetCell[] {
  const guessing = new Map<string, MatrixCell[]>();
  for (const cell of cells)
    if (cell.row.kind === 'baseline' && !cell.row.usesSolver)
      guessing.set(cell.column.id, [...(guessing.get(cell.column.id) ?? []), cell]);
  return cells.flatMap((cell) => plottedCell(cell, guessing.get(cell.column.id) ?? []) ?? []);
}

function settingsOf({ architecture, task, mode, protocol }: CellSpecification): Record<string, unknown> {
  return {
    architecture: architecture.id,
    task: task.id,
    mode,
    ...leaves('architecture', architecture.hyperparameters),
    ...leaves('task', task.hyperparameters),
    ...leaves('protocol', protocol),
  };
}

const leaves = (path: string, value: object): Record<string, unknown> =>
  Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? leaves(`${path}.${key}`, inner)
        : { [`${path}.${key}`]: inner },
    ),
  ) as Record<string, unknown>;

function guessesOf(guessing: readonly MatrixCell[]): GuessAtLength[] {
  const best = new Map<number, GuessAtLength>();
  for (const { length, seeds } of guessing.flatMap(({ summary }) => summary?.lengths ?? []))
    for (const { score } of seeds) {
      if (!score) continue;
      const { exact, token } = best.get(length) ?? { exact: 0, token: 0 };
      best.set(length, { length, exact: Math.max(exact, score.exact), token: Math.max(token, score.token) });
    }
  return [...best.values()].sort((a, b) => a.length - b.length);
}
