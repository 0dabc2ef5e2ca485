import type { Job, RecordOf, TrainingResult } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import type { Kept } from '../../core/experiment';
import type { FileStore } from './file-store';

/** Keys of finished records of which something was trained and the weights are not there, or damaged. */
export async function withoutWeights(store: FileStore, stored: ReadonlyMap<string, Stored>): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const [key, found] of stored) {
    if (found.status !== 'finished' || !hasTraining(found.record)) continue;
    const { weights } = found.record.provenance;
    if (weights === undefined || !(await store.loadWeights(weights))) keys.add(key);
  }
  return keys;
}

/** The record of a job where it is finished, with the weights that are to be kept where it has any. */
export async function finishedRecord(
  store: FileStore,
  job: Pick<Job, 'key' | 'specification'>,
  keep: readonly Kept[] = [],
): Promise<RecordOf | undefined> {
  const found = await store.find(job);
  if (found.status !== 'finished') return undefined;
  const isMissed = keep.includes('weights') && (await withoutWeights(store, new Map([[job.key, found]]))).size > 0;
  return isMissed ? undefined : found.record;
}

/** Whether a record tells of a training, whose weights can be kept. */
export const hasTraining = (record: RecordOf & { readonly training?: TrainingResult | null }): boolean =>
  Boolean(record.training);
