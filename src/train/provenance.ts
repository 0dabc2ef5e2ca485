import { availableParallelism, cpus, platform, arch, totalmem } from 'node:os';
import type { Engine } from '../core/contracts/engine';
import { packageFile } from '../core/package';

/**
 * Versions of what can move a result: the zoo, Node, the numeric libraries it depends on, and what the engine computes
 * with besides.
 */
export function versions(engine?: Pick<Engine, 'versions'>): Record<string, string> {
  const numeric = Object.entries(packageFile.dependencies).filter(([name]) =>
    /^(@tensorflow\/|onnxruntime)/.test(name),
  );
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
