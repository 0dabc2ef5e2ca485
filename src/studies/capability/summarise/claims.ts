import type { LengthRange } from '../../../core/contracts/reference';
import type { ManifestClaim } from '../../../core/contracts/record';
import type { Interval } from '../../statistics/wilson';
import { verdictThresholds } from './verdict';

/** `borderline`: outside of the bound, by no more than noise. */
export type Agreement = 'as predicted' | 'contradicts' | 'borderline' | 'not learnt' | 'not measured' | 'no claim';

/** Exact-match accuracy and what noise leaves open. */
export type MeasuredRange = Interval & { readonly exact: number };
export type MeasuredRanges = Readonly<Record<LengthRange, MeasuredRange | null>>;

/** Over seeds. */
export type MeasuredOverSeeds = Readonly<Record<'median' | 'maximum', MeasuredRanges>>;

/** A published statement beside what was measured. */
export interface ClaimCheck {
  readonly range: LengthRange;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly source: string;
  /** How our seeds are reduced: as those of the source, where they are a maximum. */
  readonly overSeeds: 'median' | 'maximum';
  /** Exact-match accuracy over seeds; null where the range was not evaluated. */
  readonly measured: number | null;
  readonly agreement: Agreement;
}

/** Compares one claim with the measured accuracy of its range: a published maximum over seeds with our maximum. */
export function checkClaim(
  { range, atLeast, atMost, source, ...claim }: ManifestClaim,
  overOurSeeds: MeasuredOverSeeds,
): ClaimCheck {
  const overSeeds = claim.overSeeds ?? 'median';
  const ours = overOurSeeds[overSeeds];
  return {
    range,
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
    source,
    overSeeds,
    measured: ours[range]?.exact ?? null,
    agreement: compare(ours[range], ours.inRange, atLeast ?? 0, atMost ?? 1),
  };
}

/** A row that falls short without having learnt the trained lengths says nothing against the claim: it may have trained too little. */
function compare(
  measured: MeasuredRange | null,
  inRange: MeasuredRange | null,
  atLeast: number,
  atMost: number,
): Agreement {
  if (measured === null) return 'not measured';
  const { exact, low, high } = measured;
  if (exact > atMost) return low > atMost ? 'contradicts' : 'borderline';
  if (exact >= atLeast) return 'as predicted';
  if ((inRange?.exact ?? 0) < verdictThresholds.inRange) return 'not learnt';
  return high < atLeast ? 'contradicts' : 'borderline';
}

/** One word for a cell: one contradiction outweighs any number of agreements. */
export function overallAgreement(checks: readonly ClaimCheck[]): Agreement {
  const order: Agreement[] = ['contradicts', 'as predicted', 'borderline', 'not learnt', 'not measured'];
  return order.find((agreement) => checks.some((check) => check.agreement === agreement)) ?? 'no claim';
}
