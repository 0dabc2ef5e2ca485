import { Argument } from 'commander';
import type { UnitFolder } from '../../../registry/discover';
import type { Registry } from '../../../registry/registry';
import { plurals, unitKinds, type RegisteredUnit, type UnitKind } from '../../../registry/units';
import { chomskyLevels } from '../../core/contracts/chomsky-level';
import { describeArchitecture } from '../architecture';
import { depthFormula } from '../../model/recurrence';
import type { CommandDefinition } from '../command';
import { type Context } from '../io';
import { jsonOption, pluginOption } from '../options';
import { openRegistry } from '../units';

type Plural = (typeof plurals)[UnitKind];

/** Rows and columns: what is listed where no kind is named. */
const grid: readonly UnitKind[] = ['architecture', 'baseline', 'task'];
/** Folders whose units are not named like them. */
const folderOf = (kind: UnitKind): UnitFolder => (kind === 'baseline' ? 'architectures' : plurals[kind]);

export const list: CommandDefinition = {
  examples: ['zoo list', 'zoo list tasks', 'zoo list architectures --json', 'zoo list engines'],
  define: (command, context) =>
    command
      .addArgument(new Argument('[kind]', 'only these (default: rows and columns)').choices(Object.values(plurals)))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (plural: Plural | undefined, { plugin, json }: { plugin: string[]; json?: boolean }) => {
        const kinds = plural ? unitKinds.filter((kind) => plurals[kind] === plural) : grid;
        const folders = [...new Set(kinds.map(folderOf))];
        const { registry } = await openRegistry(folders, plugin, context.io.workingFolder);
        if (json) return context.printJson(asJson(registry, kinds));
        for (const line of asText(registry, kinds, context)) await context.print(line);
        if (plural) return;
        const others = unitKinds.filter((kind) => !grid.includes(kind)).map((kind) => plurals[kind]);
        await context.print(`\n${context.colors.dim(`zoo list ${others.join(' | ')} lists the rest.`)}`);
      }),
};

/** What a kind says of a unit beside its name, title and summary; other kinds tell their meta as it is. */
const details: { readonly [K in UnitKind]?: (registry: Registry, unit: RegisteredUnit<K>) => object } = {
  architecture: (registry, unit) => ({
    year: unit.meta.year,
    mode: unit.meta.mode ?? 'direct',
    capabilities: unit.meta.capabilities,
    ...describeArchitecture(registry, unit),
  }),
  task: (registry, { id, meta }) => ({
    level: meta.level,
    circuitClass: meta.circuitClass.name,
    hasTrace: registry.createTask(id).trace !== undefined,
    ...(meta.variantOf && { variantOf: meta.variantOf }),
  }),
  study: (_, { meta: { presents } }) => ({ presents }),
};

function asJson(registry: Registry, kinds: readonly UnitKind[]) {
  const described = (unit: RegisteredUnit) => {
    const { id, kind, meta, origin } = unit;
    const own = details[kind] as ((registry: Registry, unit: RegisteredUnit) => object) | undefined;
    return { ...(own ? { ...headOf(unit), ...own(registry, unit) } : { ...meta, id }), origin };
  };
  return Object.fromEntries(kinds.map((kind) => [plurals[kind], registry.all(kind).map(described)]));
}

const headOf = ({ id, meta }: RegisteredUnit) => ({
  id,
  ...('version' in meta && { version: meta.version }),
  title: meta.title,
  summary: meta.summary,
});

interface Group {
  readonly title: string;
  readonly units: readonly RegisteredUnit[];
  /** What stands between a unit's name and its summary, with its heading. */
  readonly columns?: { readonly heading: string; readonly of: (unit: RegisteredUnit) => string };
}

/** Tasks by level, weakest first; architectures by year. */
const groupings: { readonly [K in UnitKind]?: (registry: Registry) => Group[] } = {
  architecture: (registry) => [
    {
      title: plurals.architecture,
      units: registry.architectures().sort((a, b) => a.meta.year - b.meta.year),
      columns: {
        heading: `${inColumns('parameters', 'state', 'FLOPs')}${'depth'.padStart(depthWidth)}  `,
        of: (unit) => sizeColumns(registry, unit),
      },
    },
  ],
  task: (registry) =>
    chomskyLevels.map((level) => ({
      title: `tasks: ${level}`,
      units: registry.tasks().filter(({ meta }) => meta.level === level),
    })),
};

function asText(registry: Registry, kinds: readonly UnitKind[], { colors }: Context): string[] {
  const plain = (kind: UnitKind): Group[] => [{ title: plurals[kind], units: registry.all(kind) }];
  const groups = kinds.flatMap((kind) => groupings[kind]?.(registry) ?? plain(kind));
  const filled = groups.filter(({ units }) => units.length > 0);
  const width = Math.max(...filled.flatMap(({ units }) => units.map(({ id }) => id.length))) + 2;
  return filled.flatMap(({ title, units, columns }, at) => [
    ...(at ? [''] : []),
    columns ? `${colors.bold(title.padEnd(width + 2))}${colors.dim(columns.heading)}` : colors.bold(title),
    ...units.map((unit) => `  ${colors.cyan(unit.id.padEnd(width))}${columns?.of(unit) ?? ''}${unit.meta.summary}`),
  ]);
}

const inColumns = (...texts: readonly string[]) => texts.map((text) => `${text.padStart(10)}  `).join('');

/** Of the longest formula, "12n/16". */
const depthWidth = 6;

/** Sizes at the defaults, in three digits, written as --match takes them, and sequential depth for n tokens. */
function sizeColumns(registry: Registry, unit: RegisteredUnit): string {
  const { sizes, theory } = describeArchitecture(registry, unit as RegisteredUnit<'architecture'>);
  const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
  const short = (amount: number | undefined) => (amount === undefined ? '' : compact.format(amount).toLowerCase());
  const numbers = inColumns(short(sizes.parameters), short(sizes.state), short(sizes.flops));
  return `${numbers}${depthFormula(theory).padStart(depthWidth)}  `;
}
