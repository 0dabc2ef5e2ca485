import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';
import { studyFolders, studyPictures } from '../../src/docs/study-pictures';

const pagesWithPictures = ['README.md', 'docs/studies.md'];

it('pictures, pages and texts of studies are what their shipped records give (npm run docs:figures)', async () => {
  const files = await studyPictures();
  expect([...files.keys()].filter((path) => path.endsWith('.md')).length).toBeGreaterThanOrEqual(5);
  const there = studyFolders.flatMap((folder) =>
    readdirSync(join(packageRoot, folder)).map((file) => join(folder, file)),
  );
  expect(there.sort()).toEqual([...files.keys()].sort());
  for (const [path, content] of files) expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(content);
});

it.each(pagesWithPictures)('%s shows pictures that are there', (page) => {
  const text = readFileSync(join(packageRoot, page), 'utf8');
  const named = [...text.matchAll(/\((?:docs\/)?(images\/studies\/[^)]+)\)/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(0);
  for (const path of named) expect(existsSync(join(packageRoot, 'docs', path))).toBe(true);
});
