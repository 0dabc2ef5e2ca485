import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { codeDigest, importsOf, joinedDigest } from '../src/core/code-digest';

/** File that an import means, or undefined where it is no code of the plugin's. */
export type ResolveImport = (specifier: string, folder: string) => string | undefined;

/**
 * Digest of the code of a plugin: of a package its files, of a file what it imports, directly or not. Packages that it
 * imports count with name and version. Where the plugin lies does not count.
 */
export const pluginDigest = (file: string, resolveImport: ResolveImport): string =>
  joinedDigest(readPlugin(file, resolveImport).digests);

/** Texts of the files of a plugin that its digest counts, by their names from where it lies. */
export const pluginSources = (file: string, resolveImport: ResolveImport): ReadonlyMap<string, string> =>
  readPlugin(file, resolveImport).texts;

function readPlugin(file: string, resolveImport: ResolveImport) {
  const home = packageFolderOf(file);
  const files = home ? filesOfPackage(home) : [file];
  const root = home ?? dirname(file);
  const digests: Record<string, string> = {};
  const texts = new Map<string, string>();
  const visited = new Set<string>();
  const visit = (path: string): void => {
    if (visited.has(path)) return;
    visited.add(path);
    const name = relative(root, path).split(sep).join('/');
    const content = readFileSync(path);
    digests[name] = codeDigest(content, path);
    texts.set(name, content.toString());
    if (!/\.[cm]?[jt]s$/.test(path)) return;
    for (const specifier of importsOf(content.toString())) {
      const imported = resolveImport(specifier, dirname(path));
      if (imported === undefined || imported.startsWith(`${home}${sep}`)) continue;
      const foreign = packageFolderOf(imported);
      if (foreign) digests[`package ${nameOf(foreign)}`] = versionOf(foreign);
      else if (existsSync(imported)) visit(imported);
    }
  };
  files.forEach(visit);
  return { digests, texts };
}

/** Folder of the installed package that a file belongs to. A link to a folder elsewhere is no installation. */
function packageFolderOf(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)?.[0];
}

/** Texts for people are no code. */
const isCounted = (name: string): boolean =>
  !name.startsWith('.') && name !== 'node_modules' && !/\.(md|txt)$/i.test(name);

function filesOfPackage(folder: string): string[] {
  const entries = readdirSync(realpathSync(folder), { withFileTypes: true }).filter(({ name }) => isCounted(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOfPackage(path) : entry.isFile() ? [path] : [];
  });
}

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('node_modules') + 'node_modules/'.length);

function versionOf(folder: string): string {
  const file = join(folder, 'package.json');
  return existsSync(file) ? String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version) : 'none';
}
