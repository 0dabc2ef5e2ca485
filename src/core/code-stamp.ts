import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeExtension, codeRoot, packageFile } from './package';

let stamp: string | undefined;

/**
 * Changes with every file of the built code (its name, its size, when it was changed) and with the packages that it asks for;
 * undefined where the zoo runs from sources, of which other files are a part.
 */
export function codeStamp(): string | undefined {
  if (codeExtension !== '.js') return undefined;
  return (stamp ??= createHash('sha256')
    .update(JSON.stringify([packageFile.version, packageFile.dependencies, packageFile.optionalDependencies]))
    .update(filesBelow(codeRoot).map(lineOf).join('\n'))
    .digest('hex'));
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return path.endsWith(codeExtension) ? path : [];
  });

function lineOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}
