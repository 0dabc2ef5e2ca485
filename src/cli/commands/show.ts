import { Option } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import { zooError } from '../../core/errors';
import { describeHyperparameters, type HyperparameterDescription } from '../../core/hyperparameters';
import { nearestNames } from '../../core/nearest';
import { type Registry } from '../../../registry/registry';
import { unitFolders } from '../../../registry/discover';
import { unitKinds, type RegisteredUnit, type UnitKind } from '../../../registry/units';
import { readPublished } from '../../literature/published';
import type { Budget } from '../../studies/match';
import { architectureLines, describeArchitecture, type ArchitectureDescription } from '../architecture';
import type { Context } from '../io';
import { renderMarkdown } from '../markdown';
import { jsonOption, matchOption, pluginOption } from '../options';
import { markLegend, publishedLines } from '../published';
import { describeTask, taskLines, type TaskDescription } from '../task';
import { openRegistry } from '../units';
import type { CommandDefinition } from '../command';

interface ShowOptions {
  readonly plugin: string[];
  readonly json?: boolean;
  readonly match?: Budget;
  readonly kind?: UnitKind;
}

export const show: CommandDefinition = {
  examples: [
    'zoo show parity',
    'zoo show lstm',
    'zoo show "regex:(ab|aabb)*"',
    'zoo show cot-lstm --json',
    'zoo show mamba --match parameters=64k',
  ],
  define: (command, context) =>
    command
      .argument('<name>', 'any unit: an architecture, a task, a baseline, an engine, a study, a view, an executor')
      .addOption(
        new Option('--kind <kind>', 'only the unit of this kind, where several have the name').choices(unitKinds),
      )
      .addOption(matchOption())
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, { plugin, json, match, kind }: ShowOptions) => {
        const { registry } = await openRegistry(unitFolders, plugin, context.io.workingFolder);
        const units = findUnits(registry, id, kind);
        if (match && !units.some(isArchitecture)) {
          const problem = `--match is for architectures, and "${id}" is a ${units[0]!.kind}.`;
          throw zooError('usage', { problem, command: 'zoo show' });
        }
        const shown = units.map((unit) => ({ unit, description: describe(registry, unit, match) }));
        if (json)
          return context.printJson(
            shown.length > 1 ? shown.map(({ description }) => description) : shown[0]!.description,
          );
        for (const [at, { unit, description }] of shown.entries()) {
          if (units.length > 1)
            await context.print(
              `${at ? '\n' : ''}${context.colors.dim(`${unit.kind} ${id} (${at + 1} of ${units.length})`)}`,
            );
          for (const line of asText(unit, description, context)) await context.print(line);
        }
      }),
};

/** Columns before rows: both have a majority. */
const columnsFirst = [...new Set<UnitKind>(['task', ...unitKinds])];

/** Every unit of this name. @throws unknown-unit */
function findUnits(registry: Registry, id: string, kind?: UnitKind): RegisteredUnit[] {
  const kinds = kind ? [kind] : columnsFirst;
  const found = kinds.map((each) => registry.find(each, id)).filter((unit) => unit !== undefined);
  if (found.length) return found;
  const told = kinds.map((each) => registry.nearest(each, id));
  const known = told.find((each) => each.known)?.known;
  const nearest = known ? [known.here] : nearestNames(id, [...new Set(told.flatMap((each) => each.nearest))]);
  throw zooError('unknown-unit', { kind: kind ?? 'unit', id, known, nearest });
}

function describe(registry: Registry, unit: RegisteredUnit, match?: Budget) {
  const { id, kind, meta, origin, pages } = unit;
  const { hyperparameters, experiment, settings, ...told } = meta as typeof meta & Settings;
  const file = pages.find((page) => existsSync(page));
  return {
    ...told,
    id,
    kind,
    origin,
    ...(isTask(unit) && describeTask(registry, unit)),
    ...(isArchitecture(unit) && describeArchitecture(registry, unit, match)),
    hyperparameters: describeHyperparameters(hyperparameters ?? experiment ?? settings).map((one) => ({
      ...one,
      default: unit.stands?.hyperparameters[one.name] ?? one.default,
    })),
    published:
      kind === 'architecture' || kind === 'task' ? readPublished().filter((result) => result[kind] === id) : [],
    page: file ? readFileSync(file, 'utf8') : null,
  };
}

/** What can be set of a unit: its hyperparameters, what the experiment files of a study say, or settings of an executor. */
interface Settings {
  readonly hyperparameters?: new () => object;
  readonly experiment?: new () => object;
  readonly settings?: new () => object;
}

/** Neither a row nor a column: all that it says of itself is in its meta. */
const isMachinery = ({ kind }: RegisteredUnit) => !['architecture', 'baseline', 'task'].includes(kind);

/** Texts, numbers and lists of a meta, apart from what the heading says. */
function factLines(meta: object): string[] {
  const said = ['id', 'title', 'summary'];
  const facts = Object.entries(meta).filter(([key, value]) => !said.includes(key) && isFact(value));
  const width = Math.max(...facts.map(([key]) => key.length)) + 2;
  return facts.map(([key, value]) => `  ${key.padEnd(width)}${wordOf(value)}`);
}

const isFact = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);
const wordOf = (value: unknown) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : [value].flat().join(', '));

const isTask = (unit: RegisteredUnit): unit is RegisteredUnit<'task'> => unit.kind === 'task';
const isArchitecture = (unit: RegisteredUnit): unit is RegisteredUnit<'architecture'> => unit.kind === 'architecture';

function asText(
  unit: RegisteredUnit,
  { page, hyperparameters, published, ...description }: ReturnType<typeof describe>,
  context: Context,
): string[] {
  const { colors } = context;
  const { meta, kind } = unit;
  const heading = [colors.bold(colors.underline(meta.title)), '', meta.summary];
  const section = (title: string, lines: readonly string[]) => (lines.length ? ['', colors.bold(title), ...lines] : []);
  return [
    ...(page && !unit.stands ? [renderMarkdown(page, context)] : heading),
    ...(isTask(unit) ? taskLines(unit, description as TaskDescription, context) : []),
    ...(isArchitecture(unit) ? architectureLines(unit, description as ArchitectureDescription, context) : []),
    ...(isMachinery(unit) ? section('In short', factLines(meta)) : []),
    ...section(headingOf(meta), hyperparameterLines(hyperparameters)),
    ...section(
      `Published results${published.length ? `  ${colors.dim(markLegend(published))}` : ''}`,
      publishedLines(
        published,
        ({ task, row, architecture }) =>
          kind === 'task' ? row : row.toLowerCase() === architecture ? task : `${task} (${row})`,
        context,
      ),
    ),
  ];
}

const headingOf = (meta: object): string =>
  'experiment' in meta
    ? 'Experiment files'
    : 'settings' in meta
      ? 'Settings (--set-executor name=value)'
      : 'Hyperparameters';

function hyperparameterLines(descriptions: readonly HyperparameterDescription[]): string[] {
  const width = Math.max(...descriptions.map(({ name }) => name.length)) + 2;
  return descriptions.map(
    ({ name, default: value, constraints }) =>
      `  ${name.padEnd(width)}${JSON.stringify(value) ?? 'none'}${constraints.length ? ` (${constraints.join(', ')})` : ''}`,
  );
}
