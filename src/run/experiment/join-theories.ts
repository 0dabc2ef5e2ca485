import type { ManifestTheory } from '../../core/contracts/theory';
import { pairOf } from './same-cells';

/** What several manifests have of theory: of a pair, a row or a proposition what the first says, and no proposition that nobody uses. */
export function joinTheories(theories: readonly ManifestTheory[]): ManifestTheory {
  const predictions = firstOfEach(
    theories.flatMap((theory) => theory.predictions),
    pairOf,
  );
  const used = new Set(predictions.flatMap((prediction) => prediction.propositions));
  const propositions = firstOfEach(
    theories.flatMap((theory) => theory.propositions),
    ({ id }) => id,
  );
  const rows = firstOfEach(
    theories.flatMap((theory) => theory.rows ?? []),
    ({ architecture }) => architecture,
  );
  return { propositions: propositions.filter(({ id }) => used.has(id)), predictions, ...(rows.length > 0 && { rows }) };
}

/** The first value of each name. */
export function firstOfEach<T>(values: readonly T[], name: (value: T) => string): T[] {
  const found = new Map<string, T>();
  for (const value of values) if (!found.has(name(value))) found.set(name(value), value);
  return [...found.values()];
}
