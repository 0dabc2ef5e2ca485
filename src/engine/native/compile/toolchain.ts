import { execFileSync, spawn, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zooError } from '../../../core/errors';

/** A C compiler of this machine. */
export interface Compiler {
  readonly command: string;
  /** Flags for this machine's processor. */
  readonly target: readonly string[];
  /** First line of what it says of itself. */
  readonly version: string;
  /** Vectors that it compiles for: bits of a result depend on them. */
  readonly instructions: string;
  /** Changes with the compiler and with what the processor can do: what one compiled the other may not run. */
  readonly identity: string;
}

const runtimeFolder = join(__dirname, '..', 'runtime');
/** Headers of Node-API, which the runtime includes. */
const headerFolder = join(dirname(require.resolve('node-api-headers')), 'include');
const flags = ['-std=gnu11', '-fPIC', '-shared', '-w', '-ffp-contract=fast', '-fno-math-errno', '-fno-trapping-math'];
const libraries = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-lpthread', '-ldl', '-lm'];
/** Libraries that are kept on disk; the least recently used are removed beyond that. */
const mostKept = 1000;

let found: Compiler | string | undefined;

/** The first of $CC, cc, gcc and clang that compiles for this processor, or why there is none. */
export function findCompiler(): Compiler | string {
  found ??= process.platform === 'win32' ? 'not built on Windows' : search();
  return found;
}

function search(): Compiler | string {
  const commands = [...new Set([process.env.CC, 'cc', 'gcc', 'clang'])].filter(
    (command) => command !== undefined && command !== '',
  ) as string[];
  for (const command of commands) {
    for (const target of [['-march=native'], ['-mcpu=native']]) {
      try {
        const told: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
        const macros = execFileSync(command, [...target, '-dM', '-E', '-x', 'c', '/dev/null'], told);
        const [version] = execFileSync(command, ['--version'], told).split('\n');
        const identity = createHash('sha256')
          .update(command + target.join() + macros)
          .digest('hex');
        return { command, target, version: version!, instructions: instructionsOf(macros), identity };
      } catch {
        continue;
      }
    }
  }
  return `no C compiler found (looked for ${commands.join(', ')})`;
}

/** By what the compiler defines; the first that `vector.h` would take. */
const instructionSets: readonly (readonly [string, string])[] = [
  ['__AVX512F__', 'AVX-512'],
  ['__AVX2__', 'AVX2'],
  ['__AVX__', 'AVX'],
  ['__SSE4_1__', 'SSE4.1'],
  ['__SSE2__', 'SSE2'],
  ['__ARM_NEON', 'NEON'],
];
const instructionsOf = (macros: string): string => {
  const [, name = 'scalar'] = instructionSets.find(([macro]) => macros.includes(`#define ${macro} `)) ?? [];
  return macros.includes('#define __FMA__ ') ? `${name} with FMA` : name;
};

/** Where what was compiled is kept between runs. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir() || tmpdir(), '.cache');
  return join(base, 'chomsky-zoo');
}

const runtimeSources = ['products.c', 'calls.c', 'node.c'];
const optimisation = '-O2';
let sources: string | undefined;

/** Changes with whatever makes compiled code other code: compiler, processor, flags, sources of the runtime, and headers. */
export function identityOfCode({ identity }: Compiler): string {
  sources ??= [runtimeFolder, headerFolder]
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => /\.[ch]$/.test(file))
    .sort()
    .reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256'))
    .digest('hex');
  return [identity, ...flags, optimisation, sources].join(' ');
}

/** The runtime as a Node.js addon: its file. Compiled once for each machine. */
export const compileRuntime = (compiler: Compiler): Promise<string> =>
  compiled(compiler, '', 'runtime.node', () => runtimeSources.map((name) => join(runtimeFolder, name)));

/** A library of kernels in C as a shared object: its file. The same text is compiled once. */
export const compileLibrary = (compiler: Compiler, source: string): Promise<string> =>
  compiled(compiler, source, 'kernels.so', (temporary) => {
    const file = `${temporary}.c`;
    writeFileSync(file, source);
    return [file];
  });

let counter = 0;

/** Error: `native-compiler`. */
async function compiled(
  compiler: Compiler,
  text: string,
  name: string,
  sources: (temporary: string) => string[],
): Promise<string> {
  const { command, target } = compiler;
  const folder = cacheFolder();
  const key = createHash('sha256').update(identityOfCode(compiler)).update(text).digest('hex').slice(0, 32);
  const file = join(folder, `${key}.${name}`);
  if (existsSync(file)) {
    markUsed(file);
    return file;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Written beside its place and then moved there: others may compile the same at the same time.
  const temporary = join(folder, `${key}.${process.pid}.${counter++}`);
  const files = sources(temporary);
  try {
    await run(command, [
      ...flags,
      optimisation,
      ...target,
      `-I${runtimeFolder}`,
      `-I${headerFolder}`,
      ...files,
      '-o',
      temporary,
      ...libraries,
    ]);
    renameSync(temporary, file);
  } catch (error) {
    const reason = (error as Error).message.trim().split('\n').slice(0, 3).join('\n');
    throw zooError('native-compiler', { command, reason });
  } finally {
    for (const left of [temporary, ...files.filter((source) => source.startsWith(temporary))])
      rmSync(left, { force: true });
  }
  removeOldest(folder);
  return file;
}

/** Runs a command in a process group of its own: an interrupt from the keyboard stops the zoo in its own time, not the compiler. */
function run(command: string, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(complaints || `it ended with ${signal ?? code}`)),
    );
  });
}

/** The least recently used libraries are removed first. */
export function markUsed(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Read-only: nothing is removed there either.
  }
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.so'))
    .map((name) => join(folder, name));
  if (files.length <= mostKept) return;
  const age = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = files
    .map((file) => ({ file, used: age(file) }))
    .sort((a, b) => a.used - b.used)
    .slice(0, mostKept / 10);
  for (const { file } of oldest) rmSync(file, { force: true });
}
