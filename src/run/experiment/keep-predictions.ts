import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import type { ManifestTheory } from '../../core/contracts/theory';
import { joinTheories } from './join-theories';
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
  const { propositions = [], predictions = [], rows = [] } = previous?.theory ?? {};
  const kept = predictions.filter((prediction) => same.has(pairOf(prediction)));
  const rowsOfKept = new Set(kept.map(({ architecture }) => architecture));
  const keptRows = rows.filter(({ architecture }) => rowsOfKept.has(architecture));
  return joinTheories([asked, { propositions, predictions: kept, rows: keptRows }]);
}
