import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the build keeps the runtime for the processor it ran on; of sources there is none. It lies beside the code that loads
 * it: who could change the one could change the other, so nobody is asked whose it is.
 */
export const builtFolder = join(__dirname, '..', '..', '..', '..', 'compiled');

/** The runtime with this key, if the build made it and it is whole. */
export function builtRuntime(key: string, folder = builtFolder): string | undefined {
  if (!existsSync(folder)) return undefined;
  const name = readdirSync(folder).find((each) => each.startsWith(`${key}.`));
  if (name === undefined) return undefined;
  const file = join(folder, name);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 32);
  return name.split('.')[1] === digest ? file : undefined;
}

/** Keeps what `compile` makes beside the build, unless it is there, and nothing else. */
export async function keepBuiltRuntime(
  key: string,
  compile: (folder: string) => Promise<string>,
  folder = builtFolder,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = builtRuntime(key, folder) ?? (await compile(folder));
  for (const name of readdirSync(folder)) if (join(folder, name) !== file) rmSync(join(folder, name), { force: true });
  return file;
}
