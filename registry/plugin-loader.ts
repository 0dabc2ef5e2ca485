import Module, { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { compiled } from './plugin-compiler';
import { rememberSource } from '../src/core/mapped-stack';
import { codeExtension, codeRoot, packageFile } from '../src/core/package';
import { isPlainObject } from '../src/core/validation';

const load = createRequire(__filename);

/** Doors of this package: what a plugin imports by these names is the running copy. */
export const doors: Readonly<Record<string, string>> = {
  [packageFile.name]: join(codeRoot, 'registry', `index${codeExtension}`),
  [`${packageFile.name}/api`]: join(codeRoot, 'src', 'api', `index${codeExtension}`),
  [`${packageFile.name}/executors`]: join(codeRoot, 'src', 'run', `index${codeExtension}`),
  [`${packageFile.name}/layers`]: join(codeRoot, 'architectures', 'layers', `index${codeExtension}`),
  [`${packageFile.name}/studies`]: join(codeRoot, 'src', 'studies', `index${codeExtension}`),
  [`${packageFile.name}/testing`]: join(codeRoot, 'src', 'testing', `index${codeExtension}`),
};

/** Packages that hold state which plugin and zoo share: tensors, kernels, metadata of decorators, containers. */
const shared =
  /^(@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-[a-z]+)?|class-validator|class-transformer|reflect-metadata|tsyringe)(\/|$)/;

/** What plugins mean by the union package, which is here only where tfjs-node brings it. */
export const standIns: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs': join(codeRoot, 'src', 'engine', `tensorflow${codeExtension}`),
};

/** File of the running copy that an import means, or undefined where a plugin may have a copy of its own. */
function runningCopy(specifier: string): string | undefined {
  if (Object.hasOwn(doors, specifier)) return doors[specifier];
  if (!shared.test(specifier)) return undefined;
  try {
    return load.resolve(specifier);
  } catch {
    return standIns[specifier]; // else the zoo itself does without
  }
}

/** Getters, so that only what a plugin imports is loaded: a plugin of tasks brings no tensor library. */
const virtualModules = new Proxy({} as Record<string, unknown>, {
  has: (_, name) => typeof name === 'string' && runningCopy(name) !== undefined,
  get: (_, name) => (typeof name === 'string' ? load(runningCopy(name) ?? name) : undefined),
});

type Resolve = (request: string, ...rest: unknown[]) => string;
let isShared = false;

/** Modules that Node.js loads itself (CommonJS, and what it requires) take the running copies too. */
function shareWithCommonJs(): void {
  if (isShared) return;
  isShared = true;
  const resolver = Module as unknown as { _resolveFilename: Resolve };
  const own = resolver._resolveFilename;
  resolver._resolveFilename = function (this: unknown, request, ...rest) {
    return runningCopy(request) ?? own.call(this, request, ...rest);
  };
}

/**
 * What a plugin file exports by default. TypeScript and both kinds of JavaScript modules are run, each on the zoo and the
 * tensor library that are running.
 */
export async function defaultExportOf(file: string): Promise<unknown> {
  shareWithCommonJs();
  let exports = await run(file);
  // A compiled ES module is a CommonJS module with a default export, which an importer may wrap once more.
  while (isPlainObject(exports) && 'default' in exports && exports.default !== exports) exports = exports.default;
  return exports;
}

/** At once, since what is imported later Node.js might resolve itself; waiting only where the module awaits something. */
async function run(file: string): Promise<unknown> {
  const jiti = loader(dirname(file));
  try {
    return jiti(file) as unknown;
  } catch (error) {
    if (!(error instanceof Error) || !/\bawait\b/.test(error.message)) throw error;
    return jiti.import(file);
  }
}

/** File of a plugin, or of what it imports. @throws where there is none */
export const resolveFrom = (folder: string, specifier: string): string => loader(folder).resolve(specifier);

/** File that an import of a plugin means; undefined where it means this package, what it runs on, or nothing. */
export function resolveImport(specifier: string, folder: string): string | undefined {
  if (isBuiltin(specifier) || runningCopy(specifier) !== undefined) return undefined;
  try {
    return resolveFrom(folder, specifier);
  } catch {
    return undefined; // a type that is nowhere, or the plugin is about to fail
  }
}

/** jiti resolves and runs TypeScript and both kinds of JavaScript modules; decorators are the compiler's business. */
function loader(folder: string) {
  const { createJiti } = load('jiti') as typeof import('jiti'); // most commands meet no plugin
  const plain = createJiti(join(folder, 'plugin'), { fsCache: false, sourceMaps: true });
  return createJiti(join(folder, 'plugin'), {
    fsCache: false,
    interopDefault: false,
    virtualModules,
    transform: (options) => {
      const { ts, source, filename = 'plugin.ts' } = options;
      const code = ts ? compiled(source, filename) : plain.transform(options);
      rememberSource(filename, code);
      return { code };
    },
  });
}
