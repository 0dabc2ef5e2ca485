import type { LengthRange, ManifestRow } from '../../registry/contracts';
import type { ExactByRange } from './verdict';

export type Agreement = 'as predicted' | 'contradicts' | 'not measured' | 'no claim';
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
  const holds = measured !== null && measured >= (atLeast ?? 0) && measured <= (atMost ?? 1);
  const agreement = measured === null ? 'not measured' : holds ? 'as predicted' : 'contradicts';
  return { range, ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }), source, measured, agreement };
}

/** One word for a cell: one contradiction outweighs any number of agreements. */
export function overallAgreement(checks: readonly ClaimCheck[]): Agreement {
  const order: Agreement[] = ['contradicts', 'as predicted', 'not measured'];
  return order.find((agreement) => checks.some((check) => check.agreement === agreement)) ?? 'no claim';
}
