import type { LengthRange } from '../../../core/contracts/reference';
import type { ManifestClaim } from '../../../core/contracts/manifest';
import type { Agreement } from '../../../core/contracts/theory';
import type { Interval } from '../../statistics/wilson';
import { withEnoughSeeds, type CheckedFigure } from './statement';
import { verdictThresholds } from './verdict';

/** Exact-match accuracy and what noise leaves open. */
export type MeasuredRange = Interval & { readonly exact: number };
export type MeasuredRanges = Readonly<Record<LengthRange, MeasuredRange | null>>;

/** What figures are compared with. */
export interface MeasuredCell {
  /** Over seeds. */
  readonly median: MeasuredRanges;
  readonly maximum: MeasuredRanges;
  readonly seeds: number;
  /** Longest evaluated length of each range. */
  readonly longest?: Readonly<Record<LengthRange, number | null>>;
  /** Ranges in which the external memory of the row is too small for some inputs. */
  readonly exceedingMemory?: ReadonlySet<LengthRange>;
}

type Found = Pick<CheckedFigure, 'agreement' | 'because'>;

/** Compares one claim with the measured accuracy of its range: a published maximum over seeds with our maximum. */
export function checkFigure(claim: ManifestClaim, cell: MeasuredCell): CheckedFigure {
  const { range, atLeast, atMost, source, overSeeds = 'median' } = claim;
  const measured = cell[overSeeds][range];
  return {
    kind: 'figure',
    says: saysOf(claim),
    source,
    range,
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
    overSeeds,
    measured: measured?.exact ?? null,
    ...withEnoughSeeds(compared(claim, measured, cell), cell.seeds),
  };
}

const names: Readonly<Record<LengthRange, string>> = { inRange: 'in range', near: 'near', far: 'far' };

function saysOf({ range, atLeast, atMost, overSeeds }: ManifestClaim): string {
  const bounds = [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`];
  return `${bounds.filter(Boolean).join(' and ')} ${names[range]}${overSeeds ? ' in the best seed' : ''}`;
}

/**
 * A row that has not learnt the trained lengths says nothing of longer ones: it may have trained too little. Nor does one
 * whose memory has no room for them, or the best of fewer runs than the source had that is worse, or a better score at
 * lengths that are all shorter than the source's.
 */
function compared(
  { range, atLeast = 0, atMost = 1, overSeeds, runs, shortest = 0 }: ManifestClaim,
  measured: MeasuredRange | null,
  { seeds, longest, exceedingMemory, ...cell }: MeasuredCell,
): Found {
  if (measured === null) return { agreement: 'not measured' };
  const { exact, low, high } = measured;
  const isLearnt = (cell[overSeeds ?? 'median'].inRange?.exact ?? 0) >= verdictThresholds.inRange;
  if (exact > atMost) {
    if (low <= atMost) return noise;
    const ours = longest?.[range] ?? Infinity;
    if (range !== 'inRange' && ours < shortest) return otherLengths(ours, shortest);
    return runs !== undefined && seeds > runs ? otherRuns(seeds, runs) : { agreement: 'disagrees' };
  }
  if (exact >= atLeast)
    return isLearnt || range === 'inRange' || atLeast > 0
      ? { agreement: 'agrees' }
      : notLearnt('consistent, not a test');
  if (!isLearnt) return notLearnt('not decided');
  if (exceedingMemory?.has(range)) return undecided('the memory of the row is too small for these lengths');
  if (high >= atLeast) return noise;
  return runs !== undefined && seeds < runs ? otherRuns(seeds, runs) : { agreement: 'disagrees' };
}

const undecided = (because: string): Found => ({ agreement: 'not decided', because });
const notLearnt = (agreement: Agreement): Found => ({ agreement, because: 'the trained lengths are not learnt' });
const noise = undecided('outside of the bound by no more than noise');
const otherRuns = (ours: number, theirs: number): Found =>
  undecided(`not comparable: the best of ${ours} runs with the best of ${theirs}`);
const otherLengths = (ours: number, theirs: number): Found =>
  undecided(`not comparable: evaluated up to length ${ours}, published from ${theirs} on`);
