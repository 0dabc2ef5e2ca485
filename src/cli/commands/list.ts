import { Argument } from 'commander';
import type { UnitFolder } from '../../../registry/discover';
import type { Registry } from '../../../registry/registry';
import { plurals, unitKinds, type RegisteredUnit, type UnitKind } from '../../../registry/units';
import { chomskyLevels } from '../../core/contracts/chomsky-level';
import { describeArchitecture } from '../architecture';
import { depthFormula } from '../../model/recurrence';
import type { CommandDefinition } from '../command';
import { fit } from '../../report/width';
import { type Context } from '../io';
import { unitsMeant, type ListFilter } from '../list-filter';
import { jsonOption, pluginOption, wordsOption } from '../options';
import { openRegistry } from '../units';

type Plural = (typeof plurals)[UnitKind];

/** Rows and columns: what is listed where no kind is named. */
const grid: readonly UnitKind[] = ['architecture', 'baseline', 'task'];
/** Folders whose units are not named like them. */
const folderOf = (kind: UnitKind): UnitFolder => (kind === 'baseline' ? 'architectures' : plurals[kind]);

export const list: CommandDefinition = {
  examples: [
    'zoo list',
    'zoo list tasks --level regular,counter',
    'zoo list architectures --family deltanet',
    'zoo list --search "stack"',
    'zoo list architectures --json',
    'zoo list engines',
  ],
  define: (command, context) =>
    command
      .addArgument(new Argument('[kind]', 'only these (default: rows and columns)').choices(Object.values(plurals)))
      .addOption(wordsOption('--level <names>', 'tasks of these levels: regular,counter'))
      .addOption(wordsOption('--family <names>', 'these with their variants and what wraps them: deltanet'))
      .option('--search <words>', 'with all of these words in name, title or summary')
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (plural: Plural | undefined, { plugin, json, ...filter }: ListOptions) => {
        const kinds = plural ? unitKinds.filter((kind) => plurals[kind] === plural) : grid;
        const folders = [...new Set(kinds.map(folderOf))];
        const { registry } = await openRegistry(folders, plugin, context.io.workingFolder);
        const units = unitsMeant(registry, kinds, filter);
        if (json) return context.printJson(asJson(registry, units));
        for (const line of asText(registry, units, context)) await context.print(line);
        if (plural || filter.level.length + filter.family.length > 0) return;
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

type UnitsByKind = ReadonlyMap<UnitKind, readonly RegisteredUnit[]>;

function asJson(registry: Registry, units: UnitsByKind) {
  const described = (unit: RegisteredUnit) => {
    const { id, kind, meta, origin } = unit;
    const own = details[kind] as ((registry: Registry, unit: RegisteredUnit) => object) | undefined;
    return { ...(own ? { ...headOf(unit), ...own(registry, unit) } : { ...meta, id }), origin };
  };
  return Object.fromEntries([...units].map(([kind, own]) => [plurals[kind], own.map(described)]));
}

const headOf = ({ id, meta }: RegisteredUnit) => ({
  id,
  ...('version' in meta && { version: meta.version }),
  title: meta.title,
  summary: meta.summary,
});

/** Options of the command. */
interface ListOptions extends ListFilter {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** Stands between a unit's name and its summary; heading and texts are equally wide. */
interface SizeColumn {
  readonly heading: string;
  readonly of: (unit: RegisteredUnit) => string;
}

interface Group {
  readonly title: string;
  readonly units: readonly RegisteredUnit[];
  readonly sizes?: readonly SizeColumn[];
}

/** Tasks by level, weakest first; architectures by year. */
const groupings: { readonly [K in UnitKind]?: (registry: Registry, units: readonly RegisteredUnit<K>[]) => Group[] } = {
  architecture: (registry, units) => [
    {
      title: plurals.architecture,
      units: units.toSorted((a, b) => a.meta.year - b.meta.year),
      sizes: sizeColumns.map(({ heading, width, of }) => ({
        heading: heading.padStart(width),
        of: (unit) => of(describeArchitecture(registry, unit as RegisteredUnit<'architecture'>)).padStart(width),
      })),
    },
  ],
  task: (_, units) =>
    chomskyLevels.map((level) => ({
      title: `tasks: ${level}`,
      units: units.filter(({ meta }) => meta.level === level),
    })),
};

function asText(registry: Registry, units: UnitsByKind, { colors, terminal }: Context): string[] {
  const groups = [...units].flatMap(([kind, own]): Group[] => {
    const grouped = groupings[kind] as ((registry: Registry, units: readonly RegisteredUnit[]) => Group[]) | undefined;
    return grouped?.(registry, own) ?? [{ title: plurals[kind], units: own }];
  });
  const filled = groups.filter((group) => group.units.length > 0);
  const nameWidth = Math.max(...filled.flatMap((group) => group.units.map(({ id }) => id.length))) + 2;
  return filled.flatMap(({ title, units: own, sizes = [] }, at) => {
    const room = (terminal.width ?? Infinity) - 2 - nameWidth;
    const shown = fitting(sizes, room - leastSummary);
    const left = room - shown.reduce((sum, { heading }) => sum + heading.length + gap.length, 0);
    const heading = shown.map((size) => `${size.heading}${gap}`).join('');
    return [
      ...(at ? [''] : []),
      shown.length ? `${colors.bold(title.padEnd(nameWidth + 2))}${colors.dim(heading)}` : colors.bold(title),
      ...own.map((unit) => {
        const numbers = shown.map(({ of }) => `${of(unit)}${gap}`).join('');
        return `  ${colors.cyan(unit.id.padEnd(nameWidth))}${numbers}${fit(unit.meta.summary, Math.max(left, 10))}`;
      }),
    ];
  });
}

const gap = '  ';
/** Of a summary, in characters: where there is less room, columns are left out from the last on. */
const leastSummary = 40;

function fitting(sizes: readonly SizeColumn[], room: number): readonly SizeColumn[] {
  const width = sizes.reduce((sum, { heading }) => sum + heading.length + gap.length, 0);
  return width <= room || sizes.length === 0 ? sizes : fitting(sizes.slice(0, -1), room);
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const short = (amount: number | undefined) => (amount === undefined ? '' : compact.format(amount).toLowerCase());

/** Sizes at the defaults, in three digits, written as --match takes them, and sequential depth for n tokens. */
const sizeColumns = [
  { heading: 'parameters', width: 10, of: ({ sizes }: Described) => short(sizes.parameters) },
  { heading: 'state', width: 6, of: ({ sizes }: Described) => short(sizes.state) },
  { heading: 'FLOPs', width: 6, of: ({ sizes }: Described) => short(sizes.flops) },
  { heading: 'depth', width: 6, of: ({ theory }: Described) => depthFormula(theory) },
] as const;
type Described = ReturnType<typeof describeArchitecture>;
