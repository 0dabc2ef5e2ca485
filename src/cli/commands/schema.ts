import { Option } from 'commander';
import { unitFolders } from '../../../registry/discover';
import { experimentSchema } from '../../run/experiment/schema';
import type { CommandDefinition } from '../command';
import { pluginOption } from '../options';
import { openRegistry } from '../units';

export const schema: CommandDefinition = {
  examples: ['zoo schema > experiment.schema.json', 'zoo schema --plugin ./my-model.ts > experiment.schema.json'],
  define: (command, context) =>
    command
      .addOption(pluginOption())
      .addOption(new Option('--json', 'print JSON, as it does anyway'))
      .action(async ({ plugin }: { plugin: string[] }) => {
        const { registry } = await openRegistry(unitFolders, plugin, context.io.workingFolder);
        await context.printJson(experimentSchema(registry));
      }),
};
