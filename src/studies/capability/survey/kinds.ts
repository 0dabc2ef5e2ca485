import type { ManifestRowKind } from '../../../core/contracts/theory';
import type { Matrix, MatrixRow } from '../summarise/matrix';

/** How rows carry on what they have read, the most powerful last: our grouping of what `ManifestRowKind` says. */
export const rowKinds = [
  'attention',
  'linear recurrence, no negative eigenvalue',
  'linear recurrence, complex or unknown eigenvalues',
  'linear recurrence, negative eigenvalues',
  'non-linear recurrence',
  'external memory',
  'chain of thought',
  'filler tokens',
  'feed-forward',
] as const;
/** One of them. */
export type RowKind = (typeof rowKinds)[number];

export function kindOf(row: Omit<ManifestRowKind, 'architecture'>): RowKind {
  const { mode, update, leastEigenvalue, softmaxAttention, externalMemory } = row;
  if (mode === 'chain-of-thought') return 'chain of thought';
  if (mode === 'filler') return 'filler tokens';
  if (externalMemory !== null) return 'external memory';
  if (update === 'sequential') return 'non-linear recurrence';
  if (update === 'feed-forward') return softmaxAttention ? 'attention' : 'feed-forward';
  if (leastEigenvalue === null) return 'linear recurrence, complex or unknown eigenvalues';
  return leastEigenvalue < 0 ? 'linear recurrence, negative eigenvalues' : 'linear recurrence, no negative eigenvalue';
}

/** Trained rows of each kind that there is; none where the manifest does not tell kinds. */
export function rowsByKind({ rows, theory }: Matrix): Map<RowKind, MatrixRow[]> {
  const known = new Map((theory?.rows ?? []).map((row) => [row.architecture, kindOf(row)]));
  const found = new Map<RowKind, MatrixRow[]>();
  for (const kind of rowKinds) {
    const own = rows.filter((row) => row.kind === 'architecture' && known.get(row.id) === kind);
    if (own.length > 0) found.set(kind, own);
  }
  return found;
}
