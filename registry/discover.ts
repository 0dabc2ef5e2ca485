import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { codeExtension, codeRoot, packageRoot } from '../src/core/package';
import type { Registry } from './registry';

/**
 * Folders of built-in units; baselines are rows and live among the architectures. The two are walked apart: a command
 * that needs tasks alone never loads a tensor library.
 */
export type UnitFolder = 'tasks' | 'architectures';

const load = createRequire(__filename);

/** Requires every module of the asked-for folders and registers each unit and wrapper they export. */
export function discover(registry: Registry, ...folders: UnitFolder[]): Registry {
  for (const folder of folders) {
    for (const file of modulesIn(join(codeRoot, folder))) {
      registry.register(Object.values(load(file) as object), {
        origin: relative(codeRoot, file),
        pagesOf: (id) => pages(file, id),
      });
    }
  }
  return registry;
}

/** Module files below a folder. `layers` holds parts of architectures, not architectures. */
function modulesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'layers' ? [] : modulesIn(path);
    return entry.name.endsWith(codeExtension) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** A unit's own page, or for a variant that shares a module the page of that module. */
function pages(file: string, id: string): string[] {
  const folder = join(packageRoot, dirname(relative(codeRoot, file)));
  return [join(folder, `${id}.md`), join(folder, `${basename(file, codeExtension)}.md`)];
}
