import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell, CellSpecification, RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { groupBy } from '../../data/split';
import { printable } from '../../report/printable';
import type { PartResult, RebalancingBody } from './body';
import { settingsOf, type RebalancingSettings } from './settings';

export type Results = StudyResults<Manifest, RecordOf<RebalancingBody>>;

/** One trained model. */
export interface Run extends Omit<RebalancingBody, 'training'> {
  readonly seed: number;
}

/** The seeds of a row on a column. */
export interface Model {
  /** "cot-transformer on chain-search". */
  readonly title: string;
  readonly settings: RebalancingSettings;
  readonly runs: readonly Run[];
  readonly asked: number;
}

/** In the order of the experiment. */
export function modelsOf({ manifest, stored }: Results): Model[] {
  const runOf = ({ key, specification: { seed } }: Cell): Run[] => {
    const found = stored.get(key);
    if (found?.status !== 'finished') return [];
    const { unmodified, varied, uniformMass } = found.record;
    return [{ seed, unmodified, varied, uniformMass }];
  };
  return [...groupBy(manifest.cells, (cell) => `${rowOf(cell)} on ${columnOf(cell)}`)].map(([title, cells]) => ({
    title: printable(title),
    settings: settingsOf(cells[0]!.specification as CellSpecification),
    runs: cells.flatMap(runOf),
    asked: cells.length,
  }));
}

export const shareOf = ({ right, sequences }: PartResult): number => right / sequences;

/** What a value of the intervention does to the answers of a part, over all seeds. */
export interface Effect {
  readonly part: string;
  readonly value: number;
  readonly sequences: number;
  readonly before: number;
  readonly after: number;
  /** after - before, and its standard error over the test inputs, which both have in common. */
  readonly difference: number;
  readonly standardError: number;
  readonly changed: number;
}

/**
 * With g inputs gained and l lost of n, the difference is (g - l) / n, and its standard error over inputs that are paired
 *   sqrt(g + l - (g - l)^2 / n) / n
 */
export function effectsOf({ runs }: Model): Effect[] {
  const [first] = runs;
  if (!first) return [];
  return first.varied.flatMap(({ value, parts }, at) =>
    parts.map(({ part }, place): Effect => {
      const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
      const own = (name: 'sequences' | 'right' | 'gained' | 'lost' | 'changed') =>
        sum(({ varied }) => varied[at]!.parts[place]![name]);
      const [sequences, gained, lost] = [own('sequences'), own('gained'), own('lost')];
      return {
        ...{ part, value, sequences },
        before: sum(({ unmodified }) => unmodified.parts[place]!.right) / sequences,
        after: own('right') / sequences,
        difference: (gained - lost) / sequences,
        standardError: Math.sqrt(gained + lost - (gained - lost) ** 2 / sequences) / sequences,
        changed: own('changed') / sequences,
      };
    }),
  );
}

/** Whether a difference is larger than what chance among the test inputs often gives: two standard errors. */
export const isClear = ({ difference, standardError }: Effect): boolean => Math.abs(difference) > 2 * standardError;
