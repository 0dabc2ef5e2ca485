import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/package';
import { atlasFolder, atlasPage } from './atlas-page';

/** Part of `npm run docs`: the page of the atlas with its pictures, and what the README says of it. */
if (existsSync(join(atlasFolder, 'manifest.json')))
  void atlasPage().then((files) => {
    for (const [path, content] of files) writeFileSync(join(packageRoot, path), content);
  });
