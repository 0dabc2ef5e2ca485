import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { studyPictures } from '../../src/docs/study-pictures';

const shown = join(packageRoot, 'docs/images/studies');
const pagesWithPictures = ['README.md', 'docs/studies.md'];

it('the pictures of studies are those that their shipped records give (npm run docs:figures)', async () => {
  const pictures = await studyPictures();
  expect(pictures.size).toBeGreaterThanOrEqual(3);
  expect(readdirSync(shown).sort()).toEqual([...pictures.keys()].map((path) => basename(path)).sort());
  for (const [path, picture] of pictures) expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(picture);
});

it.each(pagesWithPictures)('%s shows pictures that are there', (page) => {
  const text = readFileSync(join(packageRoot, page), 'utf8');
  const named = [...text.matchAll(/\((?:docs\/)?(images\/studies\/[^)]+)\)/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(0);
  for (const path of named) expect(existsSync(join(packageRoot, 'docs', path))).toBe(true);
});
