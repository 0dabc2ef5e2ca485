import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unitFolders } from '../../registry/discover';
import { columnOf, rowOf } from '../core/cell';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { defaultExperiment } from '../core/experiment';
import { nearestNames } from '../core/nearest';
import { findExperiment, readExperiment, understandExperiment } from '../run/experiment/load';
import { glob, idsMeant, selectorOf, type Kin } from '../studies/selection';
import { askedOf, nameOf, type Question } from './question';
import { openRegistry } from './units';

type Grid = Pick<Question, 'rows' | 'columns'>;

/** Folder of what the same rows and columns asked of the default experiment; undefined where nobody has. */
export async function askedBefore(
  { rows, columns }: Grid,
  plugins: readonly string[],
  workingFolder: string,
): Promise<string | undefined> {
  const written = readExperiment(findExperiment(defaultExperiment, workingFolder), workingFolder);
  const { registry } = await openRegistry(unitFolders, plugins, workingFolder, written.folder);
  const plain = askedOf(registry, written.plain, { rows, columns, only: '' })!;
  const { experiment } = understandExperiment(registry, { ...written, plain });
  const folder = resolve(workingFolder, 'runs', nameOf(experiment));
  return existsSync(join(folder, 'manifest.json')) ? folder : undefined;
}

/** The rows and columns of a manifest that patterns mean. @throws unknown-unit for one that means none */
export async function partOf(
  manifest: Manifest<Job>,
  { rows, columns }: Grid,
  plugins: readonly string[],
  workingFolder: string,
): Promise<Manifest<Job>> {
  // What is a variant of what the units alone know.
  const patterns = [...rows, ...columns];
  const isKinAsked = patterns.some((pattern) => selectorOf(pattern));
  const units = isKinAsked ? (await openRegistry(unitFolders, plugins, workingFolder)).registry : undefined;
  const shown = {
    rows: meant('architecture', rows, manifest.architectures, units?.architectures()),
    columns: meant('task', columns, manifest.tasks, units?.tasks()),
  };
  return {
    ...manifest,
    architectures: manifest.architectures.filter(({ id, kind }) => kind === 'baseline' || shown.rows.has(id)),
    tasks: manifest.tasks.filter(({ id }) => shown.columns.has(id)),
    cells: manifest.cells.filter(
      (cell) =>
        shown.columns.has(columnOf(cell)) && (cell.specification.mode === 'baseline' || shown.rows.has(rowOf(cell))),
    ),
    inapplicable: manifest.inapplicable.filter(
      ({ architecture, task }) => shown.rows.has(architecture) && shown.columns.has(task),
    ),
  };
}

function meant(
  kind: 'architecture' | 'task',
  patterns: readonly string[],
  shown: readonly { readonly id: string }[],
  units: readonly Kin[] = [],
): Set<string> {
  const names = shown.map(({ id }) => id);
  if (patterns.length === 0) return new Set(names);
  const found = patterns.flatMap((pattern) => {
    const ids = selectorOf(pattern) ? idsMeant(units, pattern) : undefined;
    const matching = names.filter((name) => (ids ? ids.includes(name) : glob(pattern).test(name)));
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
