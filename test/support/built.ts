import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';
import { packageRoot } from '../../src/core/package';

/** The built command line. */
export const builtCli = join(packageRoot, 'dist', 'src', 'cli', 'main.js');

/**
 * Builds when the sources are others than those of the build, so that tests which start processes test the sources as
 * they are. Test files run side by side, and one of them builds for all.
 */
export async function ensureBuilt(): Promise<void> {
  const unlock = await lock(packageRoot, {
    lockfilePath: join(packageRoot, 'node_modules', '.building'),
    retries: { retries: 1000, factor: 1, minTimeout: 200 },
  });
  try {
    await promisify(execFile)(process.execPath, [join(packageRoot, 'scripts', 'build.mjs')]);
  } finally {
    await unlock();
  }
}
