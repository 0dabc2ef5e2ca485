import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package';

/** The built command line. */
export const builtCli = join(packageRoot, 'dist', 'src', 'cli', 'main.js');

const sources = ['architectures', 'registry', 'src', 'tasks', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return path.endsWith('.md') ? 0 : mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isFresh = (): boolean =>
  modified(join(packageRoot, 'dist', '.built')) >= Math.max(...sources.map((path) => newest(join(packageRoot, path))));

/**
 * Builds when a source is newer than the build, so that tests which start processes test the sources as they are.
 * Test files run side by side: a folder serves as the lock.
 */
export async function ensureBuilt(): Promise<void> {
  const lock = join(packageRoot, 'node_modules', '.building');
  while (!isFresh()) {
    try {
      mkdirSync(lock);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      execFileSync('npm', ['run', 'build'], { cwd: packageRoot, stdio: 'pipe' });
    } finally {
      rmdirSync(lock);
    }
  }
}
