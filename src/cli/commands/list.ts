import { Argument } from 'commander';
import { chomskyLevels } from '../../../registry/contracts';
import type { Registry } from '../../../registry/registry';
import { type RegisteredUnit } from '../../../registry/registry';
import { type Context } from '../io';
import { jsonOption, pluginOption } from '../options';
import { openRegistry } from '../units';
import type { CommandDefinition } from '.';

export const list: CommandDefinition = {
  examples: ['zoo list', 'zoo list tasks', 'zoo list architectures --json'],
  define: (command, context) =>
    command
      .addArgument(new Argument('[what]', 'only these').choices(['tasks', 'architectures']))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(
        async (
          what: 'tasks' | 'architectures' | undefined,
          { plugin, json }: { plugin: string[]; json?: boolean },
        ) => {
          const folders = what ? [what] : (['architectures', 'tasks'] as const);
          const { registry } = await openRegistry(folders, plugin, context.io.workingFolder);
          if (json) return context.printJson(asJson(registry, what));
          for (const line of asText(registry, what, context)) await context.print(line);
        },
      ),
};

function asJson(registry: Registry, what?: string) {
  const common = ({ id, meta: { version, title, summary }, origin }: RegisteredUnit) => ({
    id,
    version,
    title,
    summary,
    origin,
  });
  return {
    ...(what !== 'tasks' && {
      architectures: registry
        .architectures()
        .map((unit) => ({ ...common(unit), year: unit.meta.year, mode: unit.meta.mode ?? 'direct' })),
      baselines: registry.baselines().map(common),
    }),
    ...(what !== 'architectures' && {
      tasks: registry.tasks().map((unit) => ({
        ...common(unit),
        level: unit.meta.level,
        circuitClass: unit.meta.circuitClass.name,
        hasTrace: registry.createTask(unit.id).trace !== undefined,
        ...(unit.meta.variantOf && { variantOf: unit.meta.variantOf }),
      })),
    }),
  };
}

/** Tasks by level, weakest first; architectures by year. */
function asText(registry: Registry, what: string | undefined, { colors }: Context): string[] {
  const byYear = registry.architectures().sort((a, b) => a.meta.year - b.meta.year);
  const groups: [string, readonly RegisteredUnit[]][] = [
    ...(what === 'tasks'
      ? []
      : ([
          ['architectures', byYear],
          ['baselines', registry.baselines()],
        ] as [string, RegisteredUnit[]][])),
    ...(what === 'architectures'
      ? []
      : chomskyLevels.map((level): [string, RegisteredUnit[]] => [
          `tasks: ${level}`,
          registry.tasks().filter(({ meta }) => meta.level === level),
        ])),
  ];
  const filled = groups.filter(([, units]) => units.length > 0);
  const width = Math.max(...filled.flatMap(([, units]) => units.map(({ id }) => id.length))) + 2;
  return filled.flatMap(([title, units], at) => [
    ...(at ? [''] : []),
    colors.bold(title),
    ...units.map(({ id, meta }) => `  ${colors.cyan(id.padEnd(width))}${meta.summary}`),
  ]);
}
