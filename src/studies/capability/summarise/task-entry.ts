import type { ManifestRow } from '../../../core/contracts/manifest';
import { type LengthRange } from '../../../core/contracts/reference';
import type { Agreement } from '../../../core/contracts/theory';
import { percentileInterval } from '../../statistics/bootstrap';
import type { Interval } from '../../statistics/wilson';
import { capability } from './capability';
import { furthestRange } from './cell-summary';
import type { CellCost } from './cost';
import { mainAbsence, rangesBelow, type Absence, type MatrixCell } from './matrix';
import type { Rank } from './ranks';
import { byRange } from './seed-summary';
import type { Verdict } from './verdict';

/** An architecture or a baseline on one task. Scores are exact-match accuracies, medians over seeds. */
export interface TaskEntry extends Rank {
  readonly architecture: string;
  readonly kind: ManifestRow['kind'];
  /** Behind the name of a row that was not trained as the others. */
  readonly mark?: string;
  readonly seeds: number;
  readonly exact: Readonly<Record<LengthRange, number | null>>;
  /** Smallest and largest seed over the furthest range evaluated. */
  readonly spread: readonly [number, number] | null;
  /** Best baseline over that range. */
  readonly baseline: number | null;
  /** What is ranked (see `capability`), and the 95 % interval that seeds and test sequences leave open. */
  readonly capability: number | null;
  readonly capabilityInterval: Interval | null;
  /** Seeds that solve the task and a 95 % interval for the share of such seeds. */
  readonly solved: { readonly seeds: number; readonly interval: Interval } | null;
  readonly verdict: Verdict | null;
  /** Whether noise leaves another verdict open to a row that is trained. */
  readonly isBorderline: boolean;
  /** Ranges whose score is below the baseline by more than noise. */
  readonly belowBaseline: readonly LengthRange[];
  /** What became of theory's prediction; null where theory was not asked. */
  readonly theory: Agreement | null;
  /** What the row takes and what training took; null where nothing was trained. */
  readonly cost: CellCost | null;
  /** Why there are no scores. */
  readonly absence: Absence | null;
}

/** `resampled` are capabilities that the cell could have had: see `resampledCapability`. */
export function taskEntry(cell: MatrixCell, resampled: Float64Array | null): Omit<TaskEntry, keyof Rank> {
  const { row, summary, prediction } = cell;
  const theory = prediction && (summary?.theory ?? 'not measured');
  const identity = { architecture: row.id, kind: row.kind, ...(row.mark !== undefined && { mark: row.mark }) };
  if (!summary) {
    return {
      ...identity,
      seeds: 0,
      exact: byRange(() => null),
      spread: null,
      baseline: null,
      capability: null,
      capabilityInterval: null,
      solved: null,
      verdict: null,
      isBorderline: false,
      belowBaseline: [],
      theory,
      cost: null,
      absence: mainAbsence(cell),
    };
  }
  const furthest = furthestRange(summary);
  const seeds = furthest ? summary.seeds.flatMap((seed) => seed.scores[furthest]?.exact ?? []) : [];
  const value = capability(summary)?.value ?? null;
  return {
    ...identity,
    seeds: summary.seeds.length,
    exact: byRange((range) => summary.ranges[range].score?.exact ?? null),
    spread: seeds.length > 0 ? [Math.min(...seeds), Math.max(...seeds)] : null,
    baseline: (furthest && summary.ranges[furthest].baseline?.exact) ?? null,
    capability: value,
    capabilityInterval: value === null || !resampled ? null : percentileInterval(resampled, value),
    solved: { seeds: summary.solved.count, interval: summary.solved.interval },
    verdict: summary.verdict,
    isBorderline: row.kind === 'architecture' && summary.isBorderline,
    belowBaseline: rangesBelow(cell),
    theory,
    cost: summary.cost,
    absence: null,
  };
}
