import { tableOf, type Sheet } from '../../report/table';
import { claimVerdicts, type ClaimVerdict, type JudgedClaim } from './judge';

/** How many claims have each verdict. */
export const countsOf = (claims: readonly JudgedClaim[]): Readonly<Record<ClaimVerdict, number>> =>
  Object.fromEntries(
    claimVerdicts.map((verdict) => [verdict, claims.filter((each) => each.verdict === verdict).length]),
  ) as Record<ClaimVerdict, number>;

/** "43 claims: 34 reproduced, 4 not reproduced, 3 not comparable, 2 not decided". */
export function countWords(claims: readonly JudgedClaim[]): string {
  const counts = countsOf(claims);
  const told = claimVerdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => `${counts[verdict]} ${verdict}`);
  return `${claims.length} claim${claims.length === 1 ? '' : 's'}: ${told.join(', ')}`;
}

/** What of a claim its verdict rests on: "5 of 6 hold". */
function evidenceOf({ conditions }: JudgedClaim): string {
  const checks = conditions.flatMap((each) => each.checks);
  if (checks.length === 0) return '';
  return `${checks.filter(({ outcome }) => outcome === 'holds').length} of ${checks.length}`;
}

/** A table for each subject, a line for each claim. */
export function claimsSheet(claims: readonly JudgedClaim[]): Sheet {
  const subjects = [...new Set(claims.map(({ claim }) => claim.subject))];
  return {
    title: countWords(claims),
    tables: subjects.map((subject) =>
      tableOf(
        subject,
        [
          { title: 'no', align: 'right', text: ({ claim }) => String(claim.id) },
          { title: 'claim', align: 'left', text: ({ claim }) => claim.title },
          {
            title: 'verdict',
            align: 'left',
            text: ({ verdict, claim }) => (claim.notTested === undefined ? verdict : `${verdict}*`),
            isStrong: ({ verdict }) => verdict === 'reproduced',
          },
          { title: 'holds', align: 'right', text: evidenceOf },
        ],
        claims.filter(({ claim }) => claim.subject === subject),
      ),
    ),
    notes: [
      'Verdicts are computed from records: zoo claims NUMBER shows what each seed gave.',
      ...(claims.some(({ claim }) => claim.notTested !== undefined) ? ['* part of it is not tested'] : []),
    ],
  };
}
