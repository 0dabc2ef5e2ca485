import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs something with an empty cache of kernels: what was compiled before would be taken from it, and its time said nothing. */
export async function withEmptyCache<T>(work: () => Promise<T>): Promise<T> {
  const { XDG_CACHE_HOME: before } = process.env;
  const folder = await mkdtemp(join(tmpdir(), 'zoo-cache-'));
  process.env.XDG_CACHE_HOME = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    await rm(folder, { recursive: true, force: true });
  }
}
