import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { codeExtension, codeRoot, packageRoot } from '../src/core/package';
import type { Registration, Registry } from './registry';
import { familyOf, unitOf, wrapperOf, type UnitKind } from './units';

const load = createRequire(__filename);

/**
 * Where built-in units are; baselines are rows and live among the architectures. They are walked apart: a command that
 * needs tasks alone never loads a tensor library.
 */
const places = {
  tasks: () => modulesIn('tasks'),
  architectures: () => modulesIn('architectures'),
  engines: () => modulesIn('src/engine/engines'),
  executors: () => modulesIn('src/run/executors'),
  studies: studyModules,
  views: () => foldersIn('views').flatMap(modulesIn),
  plots: () => foldersIn('plots').flatMap(modulesIn),
  probes: () => modulesIn('src/probes'),
  interventions: () => modulesIn('src/interventions'),
  logs: () => modulesIn('src/run/logs'),
} as const;

export type UnitFolder = keyof typeof places;
export const unitFolders = Object.keys(places) as readonly UnitFolder[];

/**
 * Makes each unit and wrapper of the asked-for folders known to the registry. Built code knows what is in each module and loads
 * it when it is asked for; otherwise all modules are loaded.
 */
export function discover(registry: Registry, ...folders: UnitFolder[]): Registry {
  const index = builtInUnits();
  if (index) return expectUnits(registry, index, folders);
  for (const folder of folders) for (const file of places[folder]()) register(registry, file);
  return registry;
}

/** The same, and nothing is loaded yet. */
export function expectUnits(registry: Registry, index: UnitIndex, folders: readonly UnitFolder[]): Registry {
  for (const { file, ...holds } of folders.flatMap((folder) => index[folder]))
    registry.expect({ ...holds, load: () => register(registry, resolve(codeRoot, file)) });
  return registry;
}

function register(registry: Registry, file: string): void {
  registry.register(exportsOf(file), registrationOf(file));
}

const exportsOf = (file: string): unknown[] => Object.values(load(file) as object);
const registrationOf = (file: string): Registration => ({
  origin: relative(codeRoot, file),
  pagesOf: (id) => pages(file, id),
});

/** What a module holds; `file` is relative to the root of the code. */
interface IndexedModule {
  readonly file: string;
  readonly units: readonly (readonly [kind: UnitKind, id: string])[];
  readonly hasWrappers: boolean;
  readonly hasFamilies: boolean;
}
type UnitIndex = Readonly<Record<UnitFolder, readonly IndexedModule[]>>;

/** Written by the build, beside this module. */
export const unitIndexFile = join(__dirname, 'built-in.json');
const builtInUnits = (): UnitIndex | undefined =>
  existsSync(unitIndexFile) ? (JSON.parse(readFileSync(unitIndexFile, 'utf8')) as UnitIndex) : undefined;

/** Reads all modules anew: a class counts for the first that exports it. */
export function indexOfUnits(): UnitIndex {
  const seen = new Set<unknown>();
  const isNew = (value: unknown) => !seen.has(value) && seen.add(value);
  const modulesOf = (folder: UnitFolder) =>
    places[folder]().map((file) => {
      const values = exportsOf(file).filter(isNew);
      const units = values.flatMap((value) => unitOf(value) ?? []).map(({ kind, meta }) => [kind, meta.id] as const);
      const hasWrappers = values.some((value) => wrapperOf(value));
      return {
        file: relative(codeRoot, file),
        units,
        hasWrappers,
        hasFamilies: values.some((value) => familyOf(value)),
      };
    });
  const holdsSomething = ({ units, hasWrappers, hasFamilies }: IndexedModule) =>
    units.length > 0 || hasWrappers || hasFamilies;
  return Object.fromEntries(
    unitFolders.map((folder) => [folder, modulesOf(folder).filter(holdsSomething)]),
  ) as unknown as UnitIndex;
}

/** Module files below a folder of the package. `layers` holds parts of architectures, not architectures. */
function modulesIn(folder: string): string[] {
  const path = resolve(codeRoot, folder);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'layers' ? [] : modulesIn(join(path, entry.name));
    const isModule = entry.name.endsWith(codeExtension) && !entry.name.endsWith('.d.ts');
    return isModule ? [join(path, entry.name)] : [];
  });
}

function foldersOfStudies(): string[] {
  const folder = join(codeRoot, 'src', 'studies');
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => join(folder, name)).sort();
}

/** A study has a folder whose module of the same name holds the unit. */
function studyModules(): string[] {
  const modules = foldersOfStudies().map((folder) => join(folder, `${basename(folder)}${codeExtension}`));
  return modules.filter((file) => existsSync(file));
}

/** Views and plots are in a folder of their study, or of what several studies present. */
const foldersIn = (name: string): string[] => foldersOfStudies().map((folder) => join(folder, name));

/** A unit's own page, or for a variant that shares a module the page of that module. */
function pages(file: string, id: string): string[] {
  const folder = join(packageRoot, dirname(relative(codeRoot, file)));
  return [join(folder, `${id}.md`), join(folder, `${basename(file, codeExtension)}.md`)];
}
