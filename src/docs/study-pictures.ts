import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { defaultStudy } from '../core/experiment';
import { packageRoot } from '../core/package';
import { figuresSvg } from '../report/figure/figure-svg';
import { FileStore } from '../run/store/file-store';
import { recordShapesOf } from '../run/store/record-shapes';
import type { Findings } from '../studies/findings/findings';

/** Pictures of the studies whose records are shipped, by their paths in the package. */
export async function studyPictures(): Promise<Map<string, string>> {
  const registry = discover(new Registry(), 'studies');
  const results = join(packageRoot, 'results');
  const names = readdirSync(results).filter((name) => existsSync(join(results, name, 'manifest.json')));
  const pictures = new Map<string, string>();
  for (const name of names.sort()) {
    const findings = await findingsOf(registry, join(results, name));
    for (const figure of findings?.figures ?? [])
      pictures.set(
        join('docs', 'images', 'studies', `${name}-${figure.id}.svg`),
        figuresSvg([figure], findings!.title),
      );
  }
  return pictures;
}

/** What a folder of results says; undefined where its study has something else to present. */
async function findingsOf(registry: Registry, folder: string): Promise<Findings | undefined> {
  const store = new FileStore(folder, recordShapesOf(registry));
  const manifest = (await store.loadManifest())!;
  const study = registry.resolve('study', manifest.study ?? defaultStudy, folder);
  if (study.meta.presents[0] !== 'findings') return undefined;
  const found = await Promise.all(manifest.cells.map(async ({ key }) => [key, await store.load(key)] as const));
  return registry.create(study).summarise({ manifest, stored: new Map(found) }) as Findings;
}
