import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openResults } from '../cli/results';
import { packageRoot } from '../core/package';
import { figuresSvg } from '../report/figure/figure-svg';
import type { Findings } from '../studies/findings/findings';

/** Pictures of the studies whose records are shipped, by their paths in the package. */
export async function studyPictures(): Promise<Map<string, string>> {
  const results = join(packageRoot, 'results');
  const names = readdirSync(results).filter((name) => existsSync(join(results, name, 'manifest.json')));
  const pictures = new Map<string, string>();
  for (const name of names.sort()) {
    const { registry, study, ...found } = await openResults(join(results, name), [], packageRoot);
    if (study.meta.presents[0] !== 'findings') continue;
    const { figures, title } = registry.create(study).summarise(found) as Findings;
    for (const figure of figures)
      pictures.set(join('docs', 'images', 'studies', `${name}-${figure.id}.svg`), figuresSvg([figure], title));
  }
  return pictures;
}
