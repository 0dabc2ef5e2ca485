import { discover, unitFolders, type UnitFolder } from '../../registry/discover';
import { loadPlugin, resolvePlugin, type LoadedPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { parseSetting } from '../run/experiment/settings';
import { ZooError } from '../core/errors';
import type { Context, Surroundings } from './io';

/**
 * A zoo with the built-in units of these folders and those of plugins, named from `folder`; files in names of tasks are
 * looked for from `filesFrom` and then from `folder`.
 */
export async function openRegistry(
  folders: readonly UnitFolder[],
  plugins: readonly string[],
  folder: string,
  filesFrom = folder,
) {
  const registry = discover(new Registry(undefined, filesFrom, folder), ...folders);
  const loaded = await addPlugins(registry, plugins, folder);
  return { registry, loaded };
}

export async function addPlugins(
  registry: Registry,
  plugins: readonly string[],
  folder: string,
  place?: string,
): Promise<LoadedPlugin[]> {
  const loaded: LoadedPlugin[] = [];
  for (const plugin of plugins) loaded.push(await loadPlugin(registry, resolvePlugin(plugin, folder, place)));
  return loaded;
}

/** All units, with those of plugins that results were made with as far as these are here; what is not is told. */
export async function unitsThereAre(
  plugins: readonly string[],
  ofResults: readonly string[],
  { io: { workingFolder }, note }: Surroundings,
): Promise<Registry> {
  const { registry } = await openRegistry(unitFolders, plugins, workingFolder);
  for (const plugin of new Set(ofResults)) {
    try {
      await addPlugins(registry, [plugin], workingFolder);
    } catch (error) {
      if (!(error instanceof ZooError)) throw error;
      note(error.what);
    }
  }
  return registry;
}

export interface TaskOptions {
  readonly plugin: readonly string[];
  readonly set: readonly string[];
}

/** A task by name, with hyperparameters from --set. Loads no architecture, and so no tensor library. */
export async function openTask(id: string, { plugin, set }: TaskOptions, context: Context) {
  const { registry } = await openRegistry(['tasks'], plugin, context.io.workingFolder);
  const unit = registry.resolve('task', id);
  const given = Object.fromEntries(set.map(parseSetting).map(({ path, value }) => [path.join('.'), value]));
  return { unit, task: registry.createTask(id, given, { place: set.length ? '--set' : id }) };
}
