import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import { zooError } from '../../core/errors';
import { executorSettings } from '../../run/executor-settings';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { addExecutorOptions, jsonOption, pluginOption } from '../options';
import { findResults } from '../results';
import { openRegistry } from '../units';

interface CancelOptions {
  readonly executor?: string;
  readonly setExecutor: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export const cancel: CommandDefinition = {
  examples: ['zoo cancel quick', 'zoo cancel /shared/runs/quick --executor slurm'],
  define: (command, context) =>
    addExecutorOptions(
      command.argument('<results>', 'a folder of results, or the name of an experiment that was begun'),
      'only what this one runs (default: whichever runs something for the folder)',
    )
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action((results: string, options: CancelOptions) => cancelAll(results, options, context)),
};

async function cancelAll(name: string, options: CancelOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const folder = findResults(name, workingFolder);
  const { registry } = await openRegistry(['executors'], options.plugin, workingFolder);
  const ended: Record<string, string> = {};
  for (const unit of asked(registry, options)) {
    const settings = executorSettings(unit, options.executor === undefined ? [] : options.setExecutor);
    const said = await registry.create(unit).cancel?.(folder, settings);
    if (said) ended[unit.id] = said;
  }
  if (options.json) return context.printJson({ folder, ended });
  const lines = Object.values(ended);
  for (const line of lines) await context.print(line);
  if (lines.length === 0) await context.print(`No executor runs anything for ${folder}.`);
}

/** @throws unknown-unit; usage for an executor that has nothing to end */
function asked(registry: Registry, { executor, setExecutor }: CancelOptions): readonly RegisteredUnit<'executor'>[] {
  const able = registry.all('executor').filter((unit) => registry.create(unit).cancel);
  if (executor === undefined && setExecutor.length === 0) return able;
  const problem =
    executor === undefined
      ? '--set-executor needs --executor, which it sets values of.'
      : `The executor ${executor} ends with its command; zoo cancel is for ${able.map(({ id }) => id).join(', ')}.`;
  const unit = executor === undefined ? undefined : registry.resolve('executor', executor, '--executor');
  if (unit && able.includes(unit)) return [unit];
  throw zooError('usage', { problem, command: 'zoo cancel' });
}
