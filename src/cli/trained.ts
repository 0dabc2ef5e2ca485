import type { Command } from 'commander';
import { unitFolders } from '../../registry/discover';
import type { Registry } from '../../registry/registry';
import { cellLabel, columnOf, rowOf } from '../core/cell';
import type { CellRecord, Job } from '../core/contracts/record';
import type { Manifest } from '../core/contracts/manifest';
import { ZooError, zooError } from '../core/errors';
import { parseSelection } from '../studies/selection';
import { defaultExperiment } from '../core/experiment';
import { trainedCell, type TrainedCell } from '../evaluation/trained-cell';
import { requireThisCode } from '../run/code/identity';
import { FileStore } from '../run/store/file-store';
import { recordShapesOf } from '../run/store/record-shapes';
import { decodeSafetensors } from '../run/store/safetensors';
import { hasTraining } from '../run/store/weights';
import { select } from './experiment';
import { pluginOption, wholeNumber } from './options';
import { findResults } from './results';
import { addPlugins, openRegistry } from './units';

/** Which trained cell is meant. */
export interface TrainedOptions {
  readonly in: string;
  readonly seed?: number;
  readonly plugin: readonly string[];
}

/** What commands share that ask one trained cell. */
export const addTrainedOptions = (command: Command): Command =>
  command
    .argument('<cell>', 'a cell of the folder: "lstm x parity", or its key or the first characters of that')
    .option('--in <results>', 'folder of results, or the name of an experiment that was run', defaultExperiment)
    .option('--seed <number>', 'which seed (default: the first whose weights were kept)', wholeNumber(1, 2 ** 31))
    .addOption(pluginOption());

/** A cell whose weights were kept, ready to be asked. */
export interface OpenedCell {
  readonly registry: Registry;
  readonly job: Job;
  readonly record: CellRecord;
  readonly cell: TrainedCell;
  readonly row: string;
  readonly column: string;
}

/** @throws no-results, unknown-job, empty-selection, no-weights, other-code */
export async function openTrained(
  named: string,
  { in: results, seed, plugin }: TrainedOptions,
  workingFolder: string,
): Promise<OpenedCell> {
  const folder = findResults(results, workingFolder);
  const { registry } = await openRegistry(unitFolders, plugin, workingFolder);
  const store = new FileStore(folder, recordShapesOf(registry));
  const jobs = meantBy(named, (await store.loadManifest())!, folder).filter(
    ({ specification }) => seed === undefined || specification.seed === seed,
  );
  const [first] = jobs;
  if (!first) throw zooError('unknown-job', { key: `${named}, seed ${seed}`, folder, problem: 'is no job' });
  const { job, record } = (await firstWithWeights(store, jobs)) ?? (await refusal(store, first, folder));
  await addPlugins(registry, job.plugins, folder);
  registry.data.addAll(job.data);
  requireThisCode(registry, job);
  const file = await store.loadWeights(record.provenance.weights!);
  const model = trainedCell(registry, record, new Float32Array(0));
  const parameters = file && model.layout.flat(decodeSafetensors(file)?.tensors ?? []);
  const damaged = { cell: cellLabel(job), folder, reason: 'the file is lost or damaged', key: job.key };
  if (!parameters) throw zooError('no-weights', damaged);
  return { registry, job, record, cell: { ...model, parameters }, row: rowOf(job), column: columnOf(job) };
}

/** Jobs of one row and column, by seed. @throws unknown-job, empty-selection */
function meantBy(named: string, manifest: Manifest<Job>, folder: string): Job[] {
  if (/^[0-9a-f]{6,64}$/.test(named)) {
    const meant = manifest.cells.filter(({ key }) => key.startsWith(named));
    if (meant.length === 1) return meant;
    const problem = meant.length ? `begins the keys of ${meant.length} jobs` : 'is the key of no job';
    throw zooError('unknown-job', { key: named, folder, problem });
  }
  requireSome(manifest, named, folder);
  const isMeant = parseSelection(named);
  const meant = manifest.cells.filter((job) => isMeant(rowOf(job), columnOf(job)));
  const pairs = [...new Set(meant.map((job) => `"${rowOf(job)} x ${columnOf(job)}"`))];
  const shown = pairs.slice(0, 5).join(', ') + (pairs.length > 5 ? ', ...' : '');
  const problem = pairs.length === 0 ? 'is no cell' : `is ${pairs.length} cells (${shown}), and one is to be named,`;
  if (pairs.length !== 1) throw zooError('unknown-job', { key: named, folder, problem });
  return meant.sort((a, b) => a.specification.seed - b.specification.seed);
}

/** @throws unknown-job with the nearest names */
function requireSome(manifest: Manifest<Job>, named: string, folder: string): void {
  try {
    select(manifest, named);
  } catch (error) {
    if (!(error instanceof ZooError)) throw error;
    const nearest = error.nearest.map((name) => `"${name}"`);
    throw zooError('unknown-job', { key: named, folder, problem: 'is no cell', nearest });
  }
}

async function firstWithWeights(store: FileStore, jobs: readonly Job[]) {
  for (const job of jobs) {
    const stored = await store.load(job.key);
    if (stored.status === 'finished' && stored.record.provenance.weights !== undefined)
      return { job, record: stored.record as CellRecord };
  }
  return undefined;
}

/** Why there is nothing to ask. */
async function refusal(store: FileStore, job: Job, folder: string): Promise<never> {
  const stored = await store.load(job.key);
  const cell = cellLabel(job);
  if (stored.status === 'finished' && !hasTraining(stored.record))
    throw zooError('no-weights', { cell, folder, reason: 'nothing is trained in this row' });
  const reason = stored.status === 'finished' ? 'it was measured without --keep weights' : 'it is not measured yet';
  throw zooError('no-weights', { cell, folder, reason, key: job.key });
}
