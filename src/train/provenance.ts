import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism, cpus, platform, arch, totalmem } from 'node:os';
import type { Engine } from '../core/contracts/engine';
import type { Commit } from '../core/contracts/record';
import { packageFile, packageRoot } from '../core/package';

/**
 * Versions of what can move a result: the zoo, Node, the numeric libraries it depends on, and what the engine computes
 * with besides.
 */
export function versions(engine?: Pick<Engine, 'versions'>): Record<string, string> {
  const numeric = Object.entries(packageFile.dependencies).filter(([name]) => name.startsWith('@tensorflow/'));
  return {
    [packageFile.name]: packageFile.version,
    node: process.versions.node,
    ...Object.fromEntries(numeric),
    ...engine?.versions,
  };
}

/** Processor, cores and memory; no name of the machine or its user. */
export function describeMachine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${gibibytes} GiB, ${platform()} ${arch()}`;
}

/** Everything that the code is made of. */
const sources = ['architectures', 'registry', 'src', 'tasks', 'package.json', 'package-lock.json'];

/** The commit of the clone that a folder is the root of; undefined where it is none, or git is not there. */
export function commitOf(folder = packageRoot): Commit | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined;
  // Without that, asking for the status writes git's index anew.
  const git = (...words: string[]): string =>
    execFileSync('git', ['--no-optional-locks', '-C', folder, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return { id: git('rev-parse', 'HEAD'), dirty: git('status', '--porcelain', '--', ...sources) !== '' };
  } catch {
    return undefined;
  }
}
