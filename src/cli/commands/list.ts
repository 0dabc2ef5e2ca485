import { Argument } from 'commander';
import { chomskyLevels } from '../../core/contracts/task';
import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import { describeArchitecture } from '../architecture';
import { type Context } from '../io';
import { jsonOption, pluginOption } from '../options';
import { openRegistry } from '../units';
import type { CommandDefinition } from '../command';

export const list: CommandDefinition = {
  examples: ['zoo list', 'zoo list tasks', 'zoo list architectures --json'],
  define: (command, context) =>
    command
      .addArgument(new Argument('[what]', 'only these').choices(['tasks', 'architectures']))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(
        async (what: 'tasks' | 'architectures' | undefined, { plugin, json }: { plugin: string[]; json?: boolean }) => {
          const folders = what ? [what] : (['architectures', 'tasks'] as const);
          const { registry } = await openRegistry(folders, plugin, context.io.workingFolder);
          if (json) return context.printJson(asJson(registry, what));
          for (const line of asText(registry, what, context)) await context.print(line);
        },
      ),
};

function asJson(registry: Registry, what?: string) {
  const common = ({ id, meta, origin }: RegisteredUnit) => ({
    id,
    ...('version' in meta && { version: meta.version }),
    title: meta.title,
    summary: meta.summary,
    origin,
  });
  return {
    ...(what !== 'tasks' && {
      architectures: registry.architectures().map((unit) => ({
        ...common(unit),
        year: unit.meta.year,
        mode: unit.meta.mode ?? 'direct',
        capabilities: unit.meta.capabilities,
        ...describeArchitecture(registry, unit),
      })),
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

interface Group {
  readonly title: string;
  readonly units: readonly RegisteredUnit[];
  /** What stands between a unit's name and its summary, with its heading. */
  readonly columns?: { readonly heading: string; readonly of: (unit: RegisteredUnit) => string };
}

/** Tasks by level, weakest first; architectures by year. */
function asText(registry: Registry, what: string | undefined, { colors }: Context): string[] {
  const rows: Group[] = [
    {
      title: 'architectures',
      units: registry.architectures().sort((a, b) => a.meta.year - b.meta.year),
      columns: {
        heading: inColumns('parameters', 'state', 'FLOPs'),
        of: (unit) => sizeColumns(registry, unit),
      },
    },
    { title: 'baselines', units: registry.baselines() },
  ];
  const columns = chomskyLevels.map((level): Group => ({
    title: `tasks: ${level}`,
    units: registry.tasks().filter(({ meta }) => meta.level === level),
  }));
  const groups = [...(what === 'tasks' ? [] : rows), ...(what === 'architectures' ? [] : columns)];
  const filled = groups.filter(({ units }) => units.length > 0);
  const width = Math.max(...filled.flatMap(({ units }) => units.map(({ id }) => id.length))) + 2;
  return filled.flatMap(({ title, units, columns }, at) => [
    ...(at ? [''] : []),
    columns ? `${colors.bold(title.padEnd(width + 2))}${colors.dim(columns.heading)}` : colors.bold(title),
    ...units.map((unit) => `  ${colors.cyan(unit.id.padEnd(width))}${columns?.of(unit) ?? ''}${unit.meta.summary}`),
  ]);
}

const inColumns = (...texts: readonly string[]) => texts.map((text) => `${text.padStart(10)}  `).join('');

/** Sizes at the defaults, in three digits, written as --match takes them. */
function sizeColumns(registry: Registry, unit: RegisteredUnit): string {
  const { sizes } = describeArchitecture(registry, unit as RegisteredUnit<'architecture'>);
  const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
  const short = (amount: number | undefined) => (amount === undefined ? '' : compact.format(amount).toLowerCase());
  return inColumns(short(sizes.parameters), short(sizes.state), short(sizes.flops));
}
