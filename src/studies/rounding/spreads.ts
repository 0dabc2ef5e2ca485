import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell, CellRecord, CellSpecification, Score } from '../../core/contracts/record';
import { lengthRanges, type LengthRange } from '../../core/contracts/reference';
import type { StudyResults } from '../../core/contracts/study';
import type { ScoreKind } from '../../core/contracts/view';
import { printable } from '../../report/printable';

/** Which repeat of its seed a job is, from 1. */
export const repeatOf = ({ study }: CellSpecification): number => Number(study!.hyperparameters.repeat);

/** Least and most over the repeats of a seed. */
export type Spread = readonly [least: number, most: number];

/** One seed of a row on a column. */
export interface SeedSpread {
  readonly row: string;
  readonly column: string;
  readonly seed: number;
  /** Repeats that are measured, and that the experiment asks for. */
  readonly repeats: number;
  readonly asked: number;
  /** Null where no repeat was evaluated. */
  readonly ranges: Readonly<Record<LengthRange, Readonly<Record<ScoreKind, Spread>> | null>>;
  /** After how many steps training ended. */
  readonly steps: Spread | null;
}

export interface Rounding {
  readonly experiment: string;
  readonly seeds: readonly SeedSpread[];
}

/** What lies between the repeats of each seed, in the order of the experiment. */
export function spreads({ manifest, stored }: StudyResults<Manifest, CellRecord>): Rounding {
  const bySeed = new Map<string, Cell[]>();
  for (const cell of manifest.cells) {
    const name = JSON.stringify([rowOf(cell), columnOf(cell), cell.specification.seed]);
    bySeed.set(name, [...(bySeed.get(name) ?? []), cell]);
  }
  const seeds = [...bySeed.values()].map((cells): SeedSpread => {
    const records = cells.flatMap(({ key }) => {
      const found = stored.get(key);
      return found?.status === 'finished' ? found.record : [];
    });
    const steps = records.flatMap(({ training }) => training?.steps ?? []);
    return {
      row: printable(rowOf(cells[0]!)),
      column: printable(columnOf(cells[0]!)),
      seed: cells[0]!.specification.seed,
      repeats: records.length,
      asked: cells.length,
      ranges: Object.fromEntries(
        lengthRanges.map((range) => [range, spreadOver(records, range)]),
      ) as SeedSpread['ranges'],
      steps: steps.length > 0 ? spreadOf(steps) : null,
    };
  });
  return { experiment: printable(manifest.experiment), seeds };
}

function spreadOver(records: readonly CellRecord[], range: LengthRange) {
  const scores = records.flatMap(({ ranges }): Score[] => (ranges[range].score ? [ranges[range].score] : []));
  if (scores.length === 0) return null;
  return { exact: spreadOf(scores.map(({ exact }) => exact)), token: spreadOf(scores.map(({ token }) => token)) };
}

const spreadOf = (values: readonly number[]): Spread => [Math.min(...values), Math.max(...values)];
