import type { Job, Manifest, RecordOf } from '../../core/contracts/record';
import type { StudyResults } from '../../core/contracts/study';
import { printable } from '../../report/printable';
import type { Interval } from '../statistics/wilson';
import { lowerMedian } from '../statistics/summaries';
import type { ConceptsBody, EpochResult } from './body';
import { shifts, type Shift } from './prompts';
import type { ConceptSettings } from './settings';

type Record = RecordOf<ConceptsBody>;

/** Middle seed, and least and most of all seeds. */
export interface OverSeeds extends Interval {
  readonly median: number;
}

/** What is watched while a model learns. */
export const measures = ['trainLoss', 'testLoss', 'correctAttention'] as const;
export type Measure = (typeof measures)[number];

/** One epoch over seeds. */
export interface EpochSummary extends Of<Measure, OverSeeds> {
  readonly epoch: number;
  readonly errors: Of<Shift, OverSeeds>;
  readonly attention: Of<keyof EpochResult['attention'], OverSeeds>;
  readonly readOut: Of<keyof EpochResult['readOut'], OverSeeds>;
}
type Of<K extends string, V> = { readonly [Key in K]: V };

/** Seeds that were run with the same settings. */
export interface ConceptsSummary {
  readonly experiment: string;
  readonly settings: ConceptSettings | null;
  readonly seeds: { readonly measured: readonly number[]; readonly asked: number };
  readonly epochs: readonly EpochSummary[];
  /**
   * How fast the error falls while cross-entropy is above `high`: the factor from one epoch to the next, of every seed with at
   * least two such epochs after its error began to fall.
   */
  readonly decline: { readonly high: number; readonly factors: readonly number[] };
}

/** Cross-entropy above this is far from 0: log 2, which it begins with, is 0.69. */
const high = 0.3;

/** What a run ended with. */
export const endOf = ({ epochs }: Pick<Record, 'epochs'>): EpochResult => epochs.at(-1)!;

/** Medians, least and most over the seeds that are measured. */
export function summariseConcepts({ manifest, stored }: StudyResults<Manifest<Job>, Record>): ConceptsSummary {
  const records = manifest.cells.flatMap(({ key }) => {
    const found = stored.get(key);
    return found?.status === 'finished' ? found.record : [];
  });
  const looks = Math.min(...records.map(({ epochs }) => epochs.length));
  return {
    experiment: printable(manifest.experiment),
    settings: (manifest.cells[0]?.specification.study?.hyperparameters as ConceptSettings | undefined) ?? null,
    seeds: { measured: records.map(({ specification }) => specification.seed), asked: manifest.cells.length },
    epochs:
      records.length === 0
        ? []
        : Array.from({ length: looks }, (_, at) => epochSummary(records.map(({ epochs }) => epochs[at]!))),
    decline: { high, factors: records.flatMap(({ epochs }) => declineOf(epochs) ?? []) },
  };
}

function epochSummary(results: readonly EpochResult[]): EpochSummary {
  const over = (value: (result: EpochResult) => number): OverSeeds => {
    const values = results.map(value);
    return { median: lowerMedian(values), low: Math.min(...values), high: Math.max(...values) };
  };
  const products = (of: 'attention' | 'readOut') => ({
    telling: over((result) => result[of].telling),
    shared: over((result) => result[of].shared),
    noise: over((result) => result[of].noise),
  });
  return {
    epoch: results[0]!.epoch,
    trainLoss: over(({ trainLoss }) => trainLoss),
    testLoss: over(({ testLoss }) => testLoss),
    correctAttention: over(({ correctAttention }) => correctAttention),
    errors: Object.fromEntries(shifts.map((shift) => [shift, over(({ errors }) => errors[shift])])) as Of<
      Shift,
      OverSeeds
    >,
    attention: products('attention'),
    readOut: products('readOut'),
  };
}

/**
 * Geometric mean of error(t) / error(t + 1) from the last epoch whose error is at least half of the first to the last one whose
 * cross-entropy is above `high` and whose error is above 0. Undefined where there are no two such epochs.
 */
export function declineOf(epochs: readonly EpochResult[]): number | undefined {
  const from = epochs.findLastIndex(({ errors }) => errors.none >= epochs[0]!.errors.none / 2);
  const to = epochs.findLastIndex(({ testLoss, errors }) => testLoss > high && errors.none > 0);
  if (from < 0 || to <= from) return undefined;
  return (epochs[from]!.errors.none / epochs[to]!.errors.none) ** (1 / (to - from));
}
