import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../core/package';
import { studyFolders, studyPictures } from './study-pictures';

/** `npm run docs:figures`: writes what the shipped records of studies say, as pictures, pages and texts. */
void studyPictures().then((pictures) => {
  for (const folder of studyFolders) rmSync(join(packageRoot, folder), { recursive: true, force: true });
  for (const [path, picture] of pictures) {
    mkdirSync(dirname(join(packageRoot, path)), { recursive: true });
    writeFileSync(join(packageRoot, path), picture);
  }
});
