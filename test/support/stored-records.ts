import type { Manifest } from '../../src/core/contracts/manifest';
import type { Cell, CellRecord } from '../../src/core/contracts/record';
import { cellKey } from '../../src/core/cell';
import { FileStore } from '../../src/run/store/file-store';
import { makeManifest, makeRecord, type GivenManifest, type GivenRecord } from './records';

/** A record under the key that its specification really has, as the store demands. */
export function keyedRecord(given: GivenRecord = {}): CellRecord {
  const record = makeRecord(given);
  return { ...record, key: cellKey(record.specification) };
}

const keyed = (cell: Cell): Cell => ({ ...cell, key: cellKey(cell.specification) });

/** A folder of results on disk: a manifest, and a record for each of the given. */
export async function writeResults(
  folder: string,
  manifest: GivenManifest,
  records: readonly GivenRecord[],
): Promise<Manifest> {
  const store = new FileStore(folder);
  await store.prepare();
  const made = makeManifest(manifest);
  const written = { ...made, cells: made.cells.map(keyed) };
  await store.saveManifest(written);
  for (const record of records) await store.save(keyedRecord(record));
  return written;
}
