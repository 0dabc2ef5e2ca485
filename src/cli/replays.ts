import type { Registry } from '../../registry/registry';
import { columnOf, rowOf } from '../core/cell';
import type { CellRecord } from '../core/contracts/record';
import { ZooError } from '../core/errors';
import { replayBundleOf } from '../evaluation/replay/bundle-of';
import type { ReplayBundle } from '../evaluation/replay/bundle';
import { modelOf } from '../evaluation/trained-cell';
import { decodeSafetensors } from '../run/store/safetensors';
import type { Folder, OpenedResults } from './results';

/**
 * The first seed of every cell whose weights were kept, as data that answer in a browser. Cells whose units are no longer here,
 * or are others by now, have none; why is told.
 */
export async function replaysOf(
  { manifest, stored, folders }: OpenedResults,
  { registry, note }: { registry: Registry; note(line: string): void },
): Promise<ReplayBundle[]> {
  const known = new Set<string>();
  const bundles: ReplayBundle[] = [];
  for (const cell of manifest.cells) {
    const found = stored.get(cell.key);
    const digest = found?.status === 'finished' ? found.record.provenance.weights : undefined;
    if (found?.status !== 'finished' || digest === undefined || !cell.specification.task) continue;
    const [row, column] = [rowOf(cell), columnOf(cell)];
    if (known.has(`${row}\n${column}`)) continue;
    const file = await weightsIn(folders, digest);
    const weights = file && decodeSafetensors(file);
    if (!weights) continue;
    try {
      const model = modelOf(registry, found.record as CellRecord);
      const parameters = model.layout.flat(weights.tensors);
      if (!parameters) {
        note(`${row} x ${column} cannot be replayed: its weights are of another version of ${row}.`);
        continue;
      }
      bundles.push(replayBundleOf({ ...model, parameters }, { row, column, key: cell.key }));
      known.add(`${row}\n${column}`);
    } catch (error) {
      if (!(error instanceof ZooError)) throw error;
      note(`${row} x ${column} cannot be replayed: ${error.what}`);
    }
  }
  return bundles;
}

async function weightsIn(folders: readonly Folder[], digest: string): Promise<Uint8Array | null> {
  for (const { store } of folders) {
    const found = await store.loadWeights(digest);
    if (found) return found;
  }
  return null;
}
