import { availableParallelism, cpus, platform, arch, totalmem } from 'node:os';
import type { EngineName } from '../core/contracts/engine';
import { packageFile } from '../core/package';
import { findCompiler } from '../engine/native/compile/toolchain';

/**
 * Versions of what can move a result: the zoo, Node, the numeric libraries it depends on and, where the native engine
 * computes, the C compiler with its flags for the processor.
 */
export function versions(...engines: readonly (EngineName | 'none')[]): Record<string, string> {
  const numeric = Object.entries(packageFile.dependencies).filter(([name]) =>
    /^(@tensorflow\/|onnxruntime)/.test(name),
  );
  return {
    [packageFile.name]: packageFile.version,
    node: process.versions.node,
    ...Object.fromEntries(numeric),
    ...(engines.includes('native') && compilerVersion()),
  };
}

function compilerVersion(): Record<string, string> {
  const compiler = findCompiler();
  return typeof compiler === 'string' ? {} : { 'C compiler': [compiler.version, ...compiler.target].join(' ') };
}

/** Processor, cores and memory; no name of the machine or its user. */
export function describeMachine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${gibibytes} GiB, ${platform()} ${arch()}`;
}
