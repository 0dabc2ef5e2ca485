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
    .update(JSON.stringify([codeRoot, packageFile.version, packageFile.dependencies, packageFile.optionalDependencies]))
    .update(builtFiles().map(lineOf).join('\n'))
    .digest('hex'));
}

const builtFiles = (): string[] =>
  readdirSync(codeRoot, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(codeExtension));

function lineOf(file: string): string {
  const { size, mtimeMs } = statSync(join(codeRoot, file));
  return `${file} ${size} ${mtimeMs}`;
}
