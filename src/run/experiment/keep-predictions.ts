import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import type { ManifestTheory } from '../../core/contracts/theory';
import { pairOf, samePairs } from './same-cells';

/**
 * What theory was asked now, and what `previous` has of the other cells of `next` that are still the same jobs: a run of some
 * cells derives the properties of their rows alone.
 */
export function keepPredictions(
  previous: Manifest<Job> | null,
  next: Manifest<Job>,
  asked: ManifestTheory,
): ManifestTheory {
  const same = samePairs(previous, next);
  const known = new Set(asked.predictions.map(pairOf));
  const { predictions = [], propositions = [], rows = [] } = previous?.theory ?? {};
  const kept = predictions.filter((prediction) => same.has(pairOf(prediction)) && !known.has(pairOf(prediction)));
  const used = new Set(kept.flatMap((prediction) => prediction.propositions));
  const named = new Set(asked.propositions.map(({ id }) => id));
  const rowsOfKept = new Set(kept.map(({ architecture }) => architecture));
  const askedRows = new Set(asked.rows?.map(({ architecture }) => architecture));
  const keptRows = rows.filter(({ architecture }) => rowsOfKept.has(architecture) && !askedRows.has(architecture));
  const allRows = [...(asked.rows ?? []), ...keptRows];
  return {
    propositions: [...asked.propositions, ...propositions.filter(({ id }) => used.has(id) && !named.has(id))],
    predictions: [...asked.predictions, ...kept],
    ...(allRows.length > 0 && { rows: allRows }),
  };
}
