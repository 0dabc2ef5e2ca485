import type { Command } from 'commander';
import { measureTask } from '../../bench/tasks';
import { taskLines } from '../../bench/views';
import { describeMachine, versions } from '../../train/provenance';
import type { Context } from '../io';
import { jsonOption, pluginOption, wholeNumber } from '../options';
import { openRegistry } from '../units';

interface TaskBenchOptions {
  readonly batch: number;
  readonly tokens: number;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** `zoo bench tasks`: sampling must cost next to nothing beside a training step. */
export const defineTaskBench = (command: Command, context: Context): Command =>
  command
    .description('time sampling and encoding a batch of every task')
    .option('--batch <sequences>', 'sequences of a batch', wholeNumber(1), 128)
    .option('--tokens <tokens>', 'most tokens of a sequence', wholeNumber(1), 40)
    .addOption(pluginOption())
    .addOption(jsonOption())
    .option('--debug', 'show where an error happened')
    .action(async ({ batch, tokens, plugin, json }: TaskBenchOptions) => {
      const { registry } = await openRegistry(['tasks'], plugin, context.io.workingFolder);
      const rows = registry
        .tasks()
        .map(({ id }) => ({ task: id, ...measureTask(registry.createTask(id), batch, tokens) }));
      if (json) {
        return context.printJson({ machine: describeMachine(), versions: versions(), batch, tokens, rows });
      }
      for (const line of taskLines(rows, batch, tokens)) await context.print(line);
    });
