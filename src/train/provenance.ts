import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/**
 * What decides how an engine rounds here: the vectors of the processor, and what computes with them. The native engine says
 * for which its compiler compiles; other libraries choose by what the processor has.
 */
export function machineKind({ versions: told = {} }: Pick<Engine, 'versions'>): string {
  const { instructions = instructionsHere(), ...others } = told;
  return [arch(), instructions, ...Object.entries(others).map((entry) => entry.join(' '))].join(', ');
}

/** By what Linux says of x86 processors, widest first; elsewhere the name of the processor. */
function instructionsHere(): string {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(readIfThere('/proc/cpuinfo'))?.[1]?.split(' '));
  const widest = widths.find(([flag]) => flags.has(flag));
  if (!widest) return cpus()[0]?.model ?? 'unknown processor';
  return flags.has('fma') ? `${widest[1]} with FMA` : widest[1];
}

const widths = [
  ['avx512f', 'AVX-512'],
  ['avx2', 'AVX2'],
  ['avx', 'AVX'],
  ['sse4_1', 'SSE4.1'],
  ['sse2', 'SSE2'],
] as const;

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Everything that the code is made of. */
const sources = ['architectures', 'registry', 'src', 'tasks', 'package.json', 'package-lock.json'];

/** The commit of the clone that a folder is the root of; undefined where it is none, or git is not there. */
export function commitOf(folder = packageRoot): Commit | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined;
  const asked = ['status', '--porcelain=v2', '--branch', '--', ...sources];
  try {
    // Without the first option, asking for the status writes git's index anew.
    const lines = execFileSync('git', ['--no-optional-locks', '-C', folder, ...asked], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n');
    const id = lines.map((line) => /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1]).find((found) => found);
    return id === undefined ? undefined : { id, dirty: lines.some((line) => /^[^#]/.test(line)) };
  } catch {
    return undefined;
  }
}
