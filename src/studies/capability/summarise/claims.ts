import type { LengthRange } from '../../../core/contracts/reference';
import type { ManifestRow } from '../../../core/contracts/record';
import { verdictThresholds, type ExactByRange } from './verdict';

export type Agreement = 'as predicted' | 'contradicts' | 'not learnt' | 'not measured' | 'no claim';
type Claim = ManifestRow['claims'][number];

/** A published statement beside what was measured. */
export interface ClaimCheck {
  readonly range: LengthRange;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly source: string;
  /** Median exact-match accuracy over seeds; null where the range was not evaluated. */
  readonly measured: number | null;
  readonly agreement: Agreement;
}

/** Compares one claim with the measured accuracy of its range. */
export function checkClaim({ range, atLeast, atMost, source }: Claim, exact: ExactByRange): ClaimCheck {
  const measured = exact[range];
  const agreement = compare(measured, exact.inRange, atLeast ?? 0, atMost ?? 1);
  return {
    range,
    ...(atLeast !== undefined && { atLeast }),
    ...(atMost !== undefined && { atMost }),
    source,
    measured,
    agreement,
  };
}

/** A row that falls short without having learnt the trained lengths says nothing against the claim: it may have trained too little. */
function compare(measured: number | null, inRange: number | null, atLeast: number, atMost: number): Agreement {
  if (measured === null) return 'not measured';
  if (measured > atMost) return 'contradicts';
  if (measured >= atLeast) return 'as predicted';
  return (inRange ?? 0) >= verdictThresholds.inRange ? 'contradicts' : 'not learnt';
}

/** One word for a cell: one contradiction outweighs any number of agreements. */
export function overallAgreement(checks: readonly ClaimCheck[]): Agreement {
  const order: Agreement[] = ['contradicts', 'as predicted', 'not learnt', 'not measured'];
  return order.find((agreement) => checks.some((check) => check.agreement === agreement)) ?? 'no claim';
}
