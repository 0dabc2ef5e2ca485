import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../core/package';
import { studyPictures } from './study-pictures';

/** `npm run docs:figures`: draws the figures of all studies from their shipped records. */
void studyPictures().then((pictures) => {
  rmSync(join(packageRoot, 'docs', 'images', 'studies'), { recursive: true, force: true });
  for (const [path, picture] of pictures) {
    mkdirSync(dirname(join(packageRoot, path)), { recursive: true });
    writeFileSync(join(packageRoot, path), picture);
  }
});
