import { basename, dirname, isAbsolute, join } from 'node:path';
import satisfies from 'semver/functions/satisfies';
import validRange from 'semver/ranges/valid';
import { zooError } from '../src/core/errors';
import { nearestNames } from '../src/core/nearest';
import { packageFile } from '../src/core/package';
import { pluginDigest } from './plugin-digest';
import { defaultExportOf, resolveFrom, resolveImport } from './plugin-loader';
import type { Registry } from './registry';
import {
  type RegisteredUnit,
  familyOf,
  plurals,
  unitKinds,
  unitOf,
  wrapperOf,
  type TaskFamily,
  type UnitClass,
  type UnitKind,
  type Wrapper,
} from './units';
import { isPlainObject, quoted } from '../src/core/validation';

/** Units by kind: classes with the decorator of their kind, and what makes such classes. */
type PluginUnits = {
  readonly [K in UnitKind as (typeof plurals)[K]]?: readonly (UnitClass<K> | Makers[K])[];
};

/** Functions that a list of units may hold: wrappers of rows, and families of tasks. */
type Makers = Record<Exclude<UnitKind, 'architecture' | 'task'>, never> & {
  architecture: Wrapper['wrap'];
  task: TaskFamily['create'];
};

/** Default export of a plugin. */
export interface Plugin extends PluginUnits {
  readonly name: string;
  readonly version: string;
  /** Range of zoo versions it supports: `^0.1.0`. */
  readonly zoo: string;
  /** Prefix of its names: `acme` makes `acme/parity`. */
  readonly namespace?: string;
}

export interface LoadedPlugin {
  readonly plugin: Plugin;
  readonly file: string;
  readonly units: readonly RegisteredUnit[];
}

/** File of a plugin named by a path or a package name, looked for from `folder`. */
export function resolvePlugin(specifier: string, folder: string, place?: string): string {
  const local = /^\.{1,2}([\\/]|$)/.test(specifier) || isAbsolute(specifier) || /\.[cm]?[jt]s$/.test(specifier);
  const target = local && !isAbsolute(specifier) ? join(folder, specifier) : specifier;
  try {
    return resolveFrom(folder, target);
  } catch {
    throw zooError('plugin-not-found', { plugin: specifier, folder, place });
  }
}

/**
 * Loads a plugin file and registers its units.
 * @throws plugin-broken, plugin-invalid, plugin-version, invalid-unit or duplicate-unit, each naming the plugin.
 */
export async function loadPlugin(registry: Registry, file: string): Promise<LoadedPlugin> {
  if (!evaluated.has(file))
    evaluated.set(file, { digest: pluginDigest(file, resolveImport), exported: evaluate(file) });
  const { exported, digest } = evaluated.get(file)!;
  const plugin = checked(await exported, file);
  const listed = unitKinds.flatMap((kind): readonly unknown[] => plugin[plurals[kind]] ?? []);
  const units = registry.register(listed, {
    origin: `plugin ${plugin.name}@${plugin.version}`,
    plugin: { name: plugin.name, version: plugin.version, digest },
    file,
    namespace: plugin.namespace,
    pagesOf: (id) => pageFolders(file).map((folder) => join(folder, `${id}.md`)),
  });
  return { plugin, file, units };
}

/** Pages lie beside the file, or beside the folder that it was compiled into. */
function pageFolders(file: string): string[] {
  const folder = dirname(file);
  return /^(dist|build|lib|out)$/.test(basename(folder)) ? [folder, dirname(folder)] : [folder];
}

interface Evaluated {
  /** Of what was about to be run. */
  readonly digest: string;
  readonly exported: Promise<unknown>;
}

/** A file is run once in a process, so that its classes are the same however often it is named. */
const evaluated = new Map<string, Evaluated>();

async function evaluate(file: string): Promise<unknown> {
  try {
    return await defaultExportOf(file);
  } catch (cause) {
    const reason = cause instanceof Error || isPlainObject(cause) ? String((cause as Error).message) : String(cause);
    throw Object.assign(zooError('plugin-broken', { plugin: file, reason: reason.split('\n')[0]! }), {
      cause,
    });
  }
}

function checked(value: unknown, file: string): Plugin {
  const invalid = (problem: string) => zooError('plugin-invalid', { plugin: file, problem });
  if (!isPlainObject(value) || Object.keys(value).length === 0) throw invalid('it has no default export.');
  for (const field of ['name', 'version', 'zoo'] as const) {
    if (typeof value[field] !== 'string' || !value[field]) {
      throw invalid(`"${field}" of its default export is ${quoted(value[field])}: must be a text.`);
    }
  }
  const { zoo, namespace } = value as unknown as Plugin;
  if (validRange(zoo) === null) throw invalid(`"zoo" is ${quoted(zoo)}: must be a range of versions such as "^0.1.0".`);
  if (!satisfies(packageFile.version, zoo, { includePrerelease: true })) {
    throw zooError('plugin-version', { plugin: file, range: zoo, version: packageFile.version });
  }
  if (namespace !== undefined && !/^[a-z][a-z0-9-]*$/.test(namespace)) {
    throw invalid(`"namespace" is ${quoted(namespace)}: must be lower-case words joined by hyphens.`);
  }
  const lists = Object.values(plurals);
  const misspelt = Object.keys(value).find((key) => !pluginFields.includes(key) && !lists.includes(key as never));
  if (misspelt !== undefined) {
    const [nearest] = nearestNames(misspelt, [...pluginFields, ...lists]);
    throw invalid(`"${misspelt}" is no field of a plugin${nearest ? `; did you mean "${nearest}"?` : '.'}`);
  }
  const counts = unitKinds.map((kind) => checkUnits(value[plurals[kind]] ?? [], kind, invalid));
  if (counts.every((count) => count === 0)) throw invalid(`it lists no unit: ${lists.join(', ')} are all empty.`);
  return value as unknown as Plugin;
}

const pluginFields: readonly string[] = ['name', 'version', 'zoo', 'namespace'];
const makerOf: Partial<Record<UnitKind, (value: unknown) => unknown>> = { architecture: wrapperOf, task: familyOf };

function checkUnits(units: unknown, kind: UnitKind, invalid: (problem: string) => Error): number {
  const list = plurals[kind];
  if (!Array.isArray(units)) throw invalid(`"${list}" must be a list of classes decorated with @${kind}.`);
  units.forEach((unit: unknown, at) => {
    const fits = unitOf(unit)?.kind === kind || makerOf[kind]?.(unit);
    if (!fits) throw invalid(`${list}[${at}] is not a class decorated with @${kind}.`);
  });
  return units.length;
}
