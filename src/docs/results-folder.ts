import type { Registry } from '../../registry/registry';
import { defaultStudy } from '../core/experiment';
import { FileStore } from '../run/store/file-store';
import { recordShapesOf } from '../run/store/record-shapes';

/** A shipped folder of results: its study, its manifest and what there is of each cell. */
export async function resultsIn(registry: Registry, folder: string) {
  const store = new FileStore(folder, recordShapesOf(registry));
  const manifest = (await store.loadManifest())!;
  const study = registry.resolve('study', manifest.study ?? defaultStudy, folder);
  const found = await Promise.all(manifest.cells.map(async ({ key }) => [key, await store.load(key)] as const));
  return { study, manifest, stored: new Map(found) };
}
