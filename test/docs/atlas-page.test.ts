import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atlasFolder, atlasPage } from '../../src/docs/atlas-page';
import { packageRoot } from '../../src/core/package';

const page = join('docs', 'atlas.md');

test('the page says what records show, and names pictures that are made with it', async () => {
  const files = await atlasPage(join(packageRoot, 'results', 'theory'));
  const text = files.get(page)!;
  expect(text).toMatch(/\n- 23 rows on 20 columns of 3 levels make 69 cells and 207 measured trainings/);
  for (const [, path] of text.matchAll(/\]\((images\/[^)]+)\)/g))
    expect([...files.keys()]).toContain(join('docs', path!));
  for (const [, path] of text.matchAll(/\]\((?!images)([^):]+\.md)\)/g))
    expect(existsSync(join(packageRoot, 'docs', path!))).toBe(true);
  expect(text).not.toMatch(/NaN|undefined|<svg/);
});

test('the shipped page and the README are what shipped records give (npm run docs)', async () => {
  const hasRecords = existsSync(join(atlasFolder, 'manifest.json'));
  expect(existsSync(join(packageRoot, page))).toBe(hasRecords);
  if (!hasRecords) return;
  const files = await atlasPage();
  expect(files.has('README.md')).toBe(true);
  for (const [path, content] of files) expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(content);
});
