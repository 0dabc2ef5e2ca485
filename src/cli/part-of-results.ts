import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unitFolders } from '../../registry/discover';
import { columnOf, rowOf } from '../core/cell';
import type { Manifest, ShownSubmission } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { defaultExperiment } from '../core/experiment';
import { nearestNames } from '../core/nearest';
import { findExperiment, readExperiment, understandExperiment } from '../run/experiment/load';
import { glob, idsMeant, partsOf, selectorOf, type Kin } from '../studies/selection';
import { askedOf, nameOf, type Question } from './question';
import { openRegistry } from './units';

/** What is asked of results: rows, columns and levels by their names, and cells. */
export interface Part extends Question {
  readonly level: readonly string[];
}

/** Folder of what the same rows and columns asked of the default experiment; undefined where nobody has. */
export async function askedBefore(
  { rows, columns, only }: Question,
  plugins: readonly string[],
  workingFolder: string,
): Promise<string | undefined> {
  const written = readExperiment(findExperiment(defaultExperiment, workingFolder), workingFolder);
  const { registry } = await openRegistry(unitFolders, plugins, workingFolder, written.folder);
  const plain = askedOf(registry, written.plain, { rows, columns, only });
  if (!plain) return undefined;
  const { experiment } = understandExperiment(registry, { ...written, plain });
  const folder = resolve(workingFolder, 'runs', nameOf(experiment));
  return existsSync(join(folder, 'manifest.json')) ? folder : undefined;
}

/**
 * The part of a manifest that is asked for, with the baselines of its columns.
 * @throws unknown-unit for a pattern that means no row or column, empty-selection for cells that are not there
 */
export async function partOf(
  manifest: Manifest<Job>,
  { rows, columns, level, only }: Part,
  plugins: readonly string[],
  workingFolder: string,
): Promise<Manifest<Job>> {
  // What is a variant of what the units alone know.
  const patterns = [...rows, ...columns, ...partsOf(only).flatMap(({ row, column }) => [row, column])];
  const isKinAsked = patterns.some((pattern) => selectorOf(pattern));
  const units = isKinAsked ? (await openRegistry(unitFolders, plugins, workingFolder)).registry : undefined;
  const rowsMeant = (names: readonly string[]) =>
    meant('architecture', names, manifest.architectures, units?.architectures());
  const columnsMeant = (names: readonly string[]) => meant('task', names, manifest.tasks, units?.tasks());
  const ofLevels = columnsOfLevels(manifest.tasks, level);
  const named = { rows: rowsMeant(rows), columns: columnsMeant(columns) };
  const pairs = partsOf(only).map(({ text, row, column }) => ({
    text,
    rows: rowsMeant(row === '*' ? [] : [row]),
    columns: columnsMeant(column === '*' ? [] : [column]),
  }));
  const isShown = (row: string, column: string) =>
    named.rows.has(row) &&
    named.columns.has(column) &&
    ofLevels.has(column) &&
    (pairs.length === 0 || pairs.some((pair) => pair.rows.has(row) && pair.columns.has(column)));
  const cells = manifest.cells.filter((cell) => isShown(rowOf(cell), columnOf(cell)));
  const inapplicable = manifest.inapplicable.filter(({ architecture, task }) => isShown(architecture, task));
  const known = [
    ...cells.map((cell) => [rowOf(cell), columnOf(cell)] as const),
    ...inapplicable.map(({ architecture, task }) => [architecture, task] as const),
  ];
  const absent = pairs.filter((pair) => !known.some(([row, column]) => pair.rows.has(row) && pair.columns.has(column)));
  if (absent.length > 0)
    throw zooError('empty-selection', { problems: absent.map(({ text }) => ({ part: text, nearest: [] })) });
  const columnsShown = new Set(
    pairs.length === 0 ? [...named.columns].filter((id) => ofLevels.has(id)) : known.map(([, column]) => column),
  );
  const rowsShown = pairs.length === 0 ? named.rows : new Set(known.map(([row]) => row));
  return {
    ...manifest,
    architectures: manifest.architectures.filter(({ id, kind }) => kind === 'baseline' || rowsShown.has(id)),
    tasks: manifest.tasks.filter(({ id }) => columnsShown.has(id)),
    cells: manifest.cells.filter((cell) =>
      cell.specification.mode === 'baseline' ? columnsShown.has(columnOf(cell)) : isShown(rowOf(cell), columnOf(cell)),
    ),
    inapplicable,
  };
}

/** @throws usage for a level that no column has */
function columnsOfLevels(columns: Manifest['tasks'], levels: readonly string[]): Set<string> {
  const known = [...new Set(columns.map(({ level }) => level))];
  const unknown = levels.find((level) => !known.includes(level));
  if (unknown !== undefined) {
    const problem = `--level: these results have no column of the level "${unknown}".`;
    const nearest = nearestNames(unknown, known);
    throw zooError('usage', { problem, nearest: nearest.length > 0 ? nearest : known, command: 'zoo matrix' });
  }
  return new Set(columns.flatMap(({ id, level }) => (levels.length === 0 || levels.includes(level) ? id : [])));
}

function meant(
  kind: 'architecture' | 'task',
  patterns: readonly string[],
  shown: readonly { readonly id: string; readonly submission?: ShownSubmission }[],
  units: readonly Kin[] = [],
): Set<string> {
  const names = shown.map(({ id }) => id);
  // A submitted row is asked for as it is called at home, too, and without the remark behind its name.
  const others = new Map(
    shown.map(({ id, submission }) => [id, submission ? [submission.row, id.slice(0, id.indexOf(' ('))] : []]),
  );
  if (patterns.length === 0) return new Set(names);
  const found = patterns.flatMap((pattern) => {
    const ids = selectorOf(pattern) ? idsMeant(units, pattern) : undefined;
    const isMeant = (name: string) => (ids ? ids.includes(name) : glob(pattern).test(name));
    const matching = names.filter((name) => [name, ...others.get(name)!].some(isMeant));
    if (matching.length) return matching;
    throw zooError('unknown-unit', {
      kind,
      id: pattern,
      nearest: nearestNames(pattern, names),
      place: 'these results do not have it',
    });
  });
  return new Set(found);
}
