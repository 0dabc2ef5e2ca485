import { fingerprint, plainJson } from '../core/cell';
import { zooError } from '../core/errors';
import type { Experiment } from '../core/experiment';
import { nearestNames } from '../core/nearest';
import { isPlainObject } from '../core/validation';
import { glob, idsMeant, listed, partsOf, selectorOf, selectors } from '../studies/selection';
import type { Registry } from '../../registry/registry';
import { plurals } from '../../registry/units';

/** What is asked on the command line alone: rows and columns instead of an experiment's own. */
export interface Question {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly only: string;
}

type Plain = Readonly<Record<string, unknown>>;
type Side = 'architecture' | 'task';

/** How the options that name rows and columns are called. */
const sides = { architecture: '--rows', task: '--columns' } as const;

/**
 * The experiment with the rows and columns that are asked for, each as the experiment writes it where it has it; null
 * where nothing is asked that is not in the experiment.
 * @throws unknown-unit where a name or a pattern means no unit
 */
export function askedOf(registry: Registry, plain: Plain, { rows, columns, only }: Question): Plain | null {
  const grid = { architecture: entriesOf(plain.architectures), task: entriesOf(plain.tasks) };
  if (rows.length || columns.length) {
    if (!Array.isArray(plain.architectures) || !Array.isArray(plain.tasks)) {
      const problem = `--rows and --columns are for experiments with "architectures" and "tasks".`;
      throw zooError('usage', { problem, command: 'zoo run' });
    }
    const asked = (side: Side, patterns: readonly string[]) => {
      const found = patterns
        .flatMap(listed)
        .flatMap((pattern) => meant(registry, side, pattern, grid[side], sides[side]));
      return patterns.length ? distinct(found) : grid[side];
    };
    return withGrid(plain, asked('architecture', rows), asked('task', columns));
  }
  const parts = partsOf(only);
  const isBaseline = (row: string) => registry.find('baseline', row) !== undefined;
  const joins = parts.flatMap(({ row, column }) => [
    ...(isBaseline(row) ? [] : joining(registry, 'architecture', row, grid.architecture)),
    ...joining(registry, 'task', column, grid.task),
  ]);
  if (joins.length === 0) return null;
  const side = (kind: Side, patterns: readonly string[]) =>
    distinct(
      patterns.flatMap((pattern) =>
        pattern === '*' ? grid[kind] : meant(registry, kind, pattern, grid[kind], '--only'),
      ),
    );
  const rowsOf = parts.map(({ row }) => row).filter((row) => !isBaseline(row));
  return withGrid(
    plain,
    rowsOf.length ? side('architecture', rowsOf) : grid.architecture,
    side(
      'task',
      parts.map(({ column }) => column),
    ),
  );
}

/** Names an experiment by what it asks, so that the same question goes on in the same folder and another has its own. */
export function nameOf(experiment: Experiment): string {
  const { name: _, description: __, seeds: ___, ...content } = plainJson({ ...experiment }) as Record<string, unknown>;
  const slug = (key: string) =>
    entriesOf(content[key])
      .map(({ name }) => name)
      .join('-')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '');
  return `${short(slug('architectures')) || 'rows'}-x-${short(slug('tasks')) || 'columns'}-${fingerprint(content).slice(0, 8)}`;
}

/** Whole words, at least one. */
const short = (slug: string): string =>
  slug.length <= longestSlug ? slug : slug.slice(0, longestSlug).replace(/-[^-]*$/, '');
const longestSlug = 32;

/** An entry of `architectures` or `tasks` with the name that it has in the matrix. */
interface Entry {
  readonly name: string;
  readonly id: string;
  readonly written: unknown;
}

const entriesOf = (list: unknown): Entry[] =>
  (Array.isArray(list) ? (list as readonly unknown[]) : []).flatMap((written) => {
    const { id, label = id } = isPlainObject(written) ? written : { id: written };
    return typeof id === 'string' && typeof label === 'string' ? [{ id, name: label, written }] : [];
  });

const distinct = (entries: readonly Entry[]): Entry[] => [
  ...new Map(entries.map((entry) => [entry.name, entry])).values(),
];

/** What a pattern means that is not in the experiment; nothing where something in it is meant. */
function joining(registry: Registry, kind: Side, pattern: string, own: readonly Entry[]): Entry[] {
  if (own.some(({ name, id }) => glob(pattern).test(name) || glob(id).test(pattern))) return [];
  return selectorOf(pattern) || registered(registry, kind, pattern).length
    ? meant(registry, kind, pattern, own, '--only')
    : [];
}

/** The entries that a pattern means: of the experiment, and of every other unit there is. */
function meant(registry: Registry, kind: Side, pattern: string, own: readonly Entry[], option: string): Entry[] {
  const selector = selectorOf(pattern);
  const ids = selector ? selected(registry, kind, selector) : registered(registry, kind, pattern);
  const written = own.filter(({ name, id }) => (selector ? ids.includes(id) : glob(pattern).test(name)));
  const covered = new Set(written.map(({ id }) => id));
  const others = ids.filter((id) => !covered.has(id)).map((id) => ({ id, name: id, written: id }));
  if (written.length + others.length) return [...written, ...others];
  const known = registry.nearest(kind, pattern);
  const nearest = [
    ...nearestNames(
      pattern,
      own.map(({ name }) => name),
    ),
    ...known.nearest,
  ];
  throw zooError('unknown-unit', { kind, id: pattern, place: option, ...known, nearest: [...new Set(nearest)] });
}

function registered(registry: Registry, kind: Side, pattern: string): string[] {
  if (registry.find(kind, pattern)) return [pattern];
  return idsMeant(registry.all(kind), pattern);
}

/** @throws unknown-unit naming the words that a selector can be followed by */
function selected(registry: Registry, kind: Side, [selector, word]: readonly [string, string]): readonly string[] {
  const groups = selectors[selector]!(registry.all(kind));
  const found = groups.get(word);
  if (found) return found;
  const nearest = nearestNames(word, [...groups.keys()]).map((name) => `${selector}:${name}`);
  const all = [...groups.keys()].slice(0, 6).map((name) => `${selector}:${name}`);
  const place = groups.size ? undefined : `${plurals[kind]} have no ${selector}`;
  throw zooError('unknown-unit', { kind, id: `${selector}:${word}`, nearest: nearest.length ? nearest : all, place });
}

/** With these entries; what the experiment says of columns or cells that are no longer there is left out. */
function withGrid(plain: Plain, architectures: readonly Entry[], tasks: readonly Entry[]): Plain {
  const columns = tasks.map(({ name }) => name);
  const isThere = ({ row, column }: { row: string; column: string }) =>
    architectures.some(({ name }) => glob(row).test(name)) && columns.some((name) => glob(column).test(name));
  const overrides = Array.isArray(plain.overrides)
    ? plain.overrides.filter((each) => !isPlainObject(each) || partsOf(String(each.only)).some(isThere))
    : undefined;
  return {
    ...plain,
    architectures: architectures.map(({ written }) => everywhere(written)),
    tasks: tasks.map(({ written }) => written),
    ...(overrides && { overrides }),
  };
}

/** A row that the experiment measures on some columns is now asked about those that are named. */
const everywhere = (written: unknown): unknown => {
  if (!isPlainObject(written)) return written;
  const { tasks: _, ...entry } = written;
  return entry;
};
