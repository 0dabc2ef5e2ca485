import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as ts from 'typescript';
import { packageRoot } from '../../src/core/package';

/** Folders of the repository; what begins with one of them in a text is a file that its reader will look for. */
const reference =
  /(?<![\w./-])(?:docs|experiments|results|scripts|examples|literature|templates|bench|architectures|tasks)\/[\w./-]*\w/g;

const packed = new Set<string>();
const folders = new Set<string>();
/** A file of the package, or a folder that holds one. */
const isPacked = (path: string) => packed.has(path) || folders.has(path.replace(/\/$/, ''));

beforeAll(() => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const printed = execFileSync('npm', words, { cwd: packageRoot, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const [{ files }] = JSON.parse(printed) as [{ files: { path: string }[] }];
  for (const { path } of files) {
    packed.add(path);
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
});

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const below = (folder: string, extension: string) =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => join(folder, file));

/** Links of a page to files, from the root. */
const linksOf = (page: string) =>
  [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));

/** Texts of a source: what it may print. */
function textsOf(source: string): string[] {
  if (source.search(reference) < 0) return [];
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && !ts.isImportDeclaration(node.parent)) texts.push((node as ts.LiteralLikeNode).text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true));
  return texts;
}

it('the package holds what its README links to and names', () => {
  const named = [...linksOf('README.md'), ...(read('README.md').match(reference) ?? [])];
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((path) => !isPacked(path))).toEqual([]);
});

it('the package holds what messages and help refer to', () => {
  const sources = ['architectures', 'registry', 'src', 'tasks'].flatMap((room) => below(room, '.ts'));
  const ofUsers = sources.filter((file) => !/^src\/(docs|bench)\//.test(file));
  const named = ofUsers.flatMap((file) => textsOf(read(file)).flatMap((text) => text.match(reference) ?? []));
  expect(new Set(named).size).toBeGreaterThan(8);
  expect([...new Set(named)].filter((path) => !isPacked(path))).toEqual([]);
});

it('pages in the package link to what is there, or to sources and tests of the repository', () => {
  const pages = [...packed].filter((file) => /^(docs|architectures|tasks|literature|bench)\/.*\.md$/.test(file));
  expect(pages.length).toBeGreaterThan(60);
  const missing = pages.flatMap((page) => linksOf(page).filter((path) => !isPacked(path)));
  expect(missing.filter((path) => !/^(src|test|scripts|registry|bench|\.ci)\b/.test(path))).toEqual([]);
});
