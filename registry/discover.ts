import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { codeExtension, codeRoot, packageRoot } from '../src/core/package';
import type { Registry } from './registry';

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

/** Requires every module of the asked-for folders and registers each unit and wrapper they export. */
export function discover(registry: Registry, ...folders: UnitFolder[]): Registry {
  for (const folder of folders) {
    for (const file of places[folder]()) {
      registry.register(Object.values(load(file) as object), {
        origin: relative(codeRoot, file),
        pagesOf: (id) => pages(file, id),
      });
    }
  }
  return registry;
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
