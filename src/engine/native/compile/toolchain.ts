import { execFileSync, spawn, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeLeftovers, temporaryBeside } from '../../../core/atomic-file';
import { zooError } from '../../../core/errors';
import { builtRuntime, keepBuiltRuntime } from './built-runtime';
import { cacheFolder, privateFolder, whyNotWritable } from '../../../core/cache-folder';
import { findKept, keepFile, markUsed } from './kept-files';

/** A C compiler of this machine. */
export interface Compiler {
  readonly command: string;
  /** What stands behind the command: `-m64`, or `gcc` of `ccache gcc`. */
  readonly words: readonly string[];
  /** Flags for this machine's processor. */
  readonly target: readonly string[];
  /** First line of what it says of itself. */
  readonly version: string;
  /** Vectors that it compiles for: bits of a result depend on them. */
  readonly instructions: string;
  /** Changes with the compiler and with what the processor can do: what one compiled the other may not run. */
  readonly identity: string;
  /** Why it is not the one that was asked for. */
  readonly note?: string;
}

const runtimeFolder = join(__dirname, '..', 'runtime');
/** Headers of Node-API, which the runtime includes. */
const headerFolder = join(dirname(require.resolve('node-api-headers')), 'include');
const flags = ['-std=gnu11', '-fPIC', '-shared', '-w', '-ffp-contract=fast', '-fno-math-errno', '-fno-trapping-math'];
const libraries = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-lpthread', '-ldl', '-lm'];
/** Seconds after which a compiler hangs: saying what it is, compiling the runtime, compiling kernels. */
export const limits = { answer: 20, runtime: 120, kernels: 900 };

let found: Compiler | string | undefined;

/** The first of $CC, cc, gcc and clang that compiles for this processor, or why there is none. */
export function findCompiler(): Compiler | string {
  found ??= process.platform === 'win32' ? 'not built on Windows' : search();
  return found;
}

function search(): Compiler | string {
  const asked = process.env.CC?.trim();
  const commands = [...new Set([asked, 'cc', 'gcc', 'clang'])].filter((command) => command) as string[];
  let problem = '';
  for (const line of commands) {
    const compiler = lookAt(line);
    if (typeof compiler === 'string') problem ||= compiler;
    else if (!asked || line === asked) return compiler;
    else return { ...compiler, note: `CC=${asked} cannot be used (${problem}); ${line} compiles instead` };
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

/** A command as the shell splits it into words, or why it is no compiler. */
function lookAt(line: string): Compiler | string {
  const [command, ...words] = line.split(/\s+/) as [string, ...string[]];
  const told: ExecFileSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 1000 * limits.answer,
    killSignal: 'SIGKILL',
  };
  let problem = '';
  for (const target of [['-march=native'], ['-mcpu=native']]) {
    try {
      const macros = execFileSync(command, [...words, ...target, '-dM', '-E', '-x', 'c', '/dev/null'], told);
      const [version] = execFileSync(command, [...words, '--version'], told).split('\n');
      const identity = createHash('sha256')
        .update(line + target.join() + macros)
        .digest('hex');
      return { command, words, target, version: version!, instructions: instructionsOf(macros), identity };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ETIMEDOUT') return `it did not answer within ${limits.answer} s`;
      problem ||= code === 'ENOENT' ? 'there is no such command' : message.split('\n')[0]!;
    }
  }
  return problem;
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

const sourcesOfRuntime = () => runtimeSources.map((name) => join(runtimeFolder, name));

/** The runtime as a Node.js addon: its file. Compiled by the build, or once for each machine. */
export const compileRuntime = async (compiler: Compiler): Promise<string> =>
  builtRuntime(keyOf(compiler, '')) ?? compiled(compiler, '', 'runtime', sourcesOfRuntime);

/** The runtime beside the code of a build, for the processor at hand: its file. Error: `native-compiler`. */
export function buildRuntime(compiler: Compiler): Promise<string> {
  const key = keyOf(compiler, '');
  return keepBuiltRuntime(key, (folder) =>
    compileInto(folder, { compiler, key, kind: 'runtime', sources: sourcesOfRuntime }),
  );
}

/** A library of kernels in C as a shared object: its file. The same text is compiled once. */
export const compileLibrary = (compiler: Compiler, source: string): Promise<string> =>
  compiled(compiler, source, 'kernels', (folder) => {
    const file = temporaryBeside(join(folder, 'source'));
    writeFileSync(file, source);
    return ['-x', 'c', file];
  });

const kinds = { runtime: 'runtime.node', kernels: 'kernels.so' } as const;

/** Folders that may have what was compiled: that of the user, and where nothing can be added to it, that of this run. */
export function keepingFolders(): string[] {
  const { folder } = cacheFolder();
  return notWritable(folder) === undefined ? [folder] : [folder, privateFolder()];
}

/** What a run should know of where compiled code is kept. */
export function cacheNote(): string | undefined {
  const { folder, note } = cacheFolder();
  const problem = notWritable(folder);
  if (note !== undefined || problem === undefined) return note;
  return `nothing can be added to ${folder} (${problem}): what is compiled is kept for this run alone`;
}

const problems = new Map<string, string>();
/** Folders that could not be written to once are left alone for the rest of the process. */
function notWritable(folder: string): string | undefined {
  if (checked.has(folder)) return problems.get(folder);
  removeLeftovers(folder);
  checked.add(folder);
  const problem = whyNotWritable(folder);
  if (problem !== undefined) problems.set(folder, problem);
  return problem;
}
const checked = new Set<string>();

const keyOf = (compiler: Compiler, text: string): string =>
  createHash('sha256').update(identityOfCode(compiler)).update(text).digest('hex').slice(0, 32);

/** Error: `native-compiler`. */
async function compiled(
  compiler: Compiler,
  text: string,
  kind: keyof typeof kinds,
  sources: (folder: string) => string[],
): Promise<string> {
  const key = keyOf(compiler, text);
  const folders = keepingFolders();
  const kept = folders.map((folder) => findKept(folder, key, kinds[kind])).find((each) => each !== undefined);
  if (kept !== undefined) {
    markUsed(kept.file);
    return kept.file;
  }
  const folder = folders.at(-1)!;
  try {
    return await compileInto(folder, { compiler, key, kind, sources });
  } catch (error) {
    const problem = whyNotWritable(folder);
    if (problem === undefined || folder === privateFolder()) throw error;
    problems.set(folder, problem); // it has filled up in the meantime
    return compileInto(privateFolder(), { compiler, key, kind, sources });
  }
}

interface Compilation {
  readonly compiler: Compiler;
  readonly key: string;
  readonly kind: keyof typeof kinds;
  readonly sources: (folder: string) => string[];
}

async function compileInto(folder: string, { compiler, key, kind, sources }: Compilation): Promise<string> {
  const { command, words, target } = compiler;
  // Written beside its place and then moved there: others may compile the same at the same time.
  const temporary = temporaryBeside(join(folder, key));
  let files: string[] = [];
  try {
    files = sources(folder);
    const including = [`-I${runtimeFolder}`, `-I${headerFolder}`];
    const line = [...words, ...flags, optimisation, ...target, ...including, ...files, '-o', temporary, ...libraries];
    await run(command, line, limits[kind]);
    return keepFile(folder, temporary, key, kinds[kind]);
  } catch (error) {
    const reason = (error as Error).message.trim().split('\n').slice(0, 3).join('\n');
    throw zooError('native-compiler', { command, reason });
  } finally {
    for (const left of [temporary, ...files.filter((file) => file.endsWith('.tmp'))]) rmSync(left, { force: true });
  }
}

/** Compilers at work, each with its helpers in a process group of its own. */
const running = new Set<() => void>();

/** Ends every compiler at work: what was being compiled fails. */
export function stopCompiling(): void {
  for (const stop of running) stop();
}

/** Runs a command in a process group of its own: an interrupt from the keyboard stops the zoo in its own time, not the compiler. */
function run(command: string, words: readonly string[], seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let complaints = '';
    const stop = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    };
    const timer = setTimeout(() => {
      complaints = `it did not end within ${seconds} s`;
      stop();
    }, 1000 * seconds);
    running.add(stop);
    const over = () => {
      clearTimeout(timer);
      running.delete(stop);
    };
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', (error) => {
      over();
      reject(error);
    });
    child.once('close', (code, signal) => {
      over();
      if (code === 0) resolve();
      else reject(new Error(complaints || `it ended with ${signal ?? code}`));
    });
  });
}
