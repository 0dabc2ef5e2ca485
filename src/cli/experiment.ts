import { join, relative, resolve } from 'node:path';
import { engineNames, type EngineName } from '../core/contracts/engine';
import type { Cell, Manifest } from '../core/contracts/record';
import { columnOf, rowOf } from '../core/cell';
import { ZooError, zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import type { Registry } from '../../registry/registry';
import { selectEngine, type EngineChoice } from '../engine/select';
import { budgetOf, type Budget } from '../studies/match';
import { expandExperiment } from '../studies/capability/expand';
import { findExperiment, loadExperiment } from '../run/experiment/load';
import { misfits } from '../studies/misfits';
import { parseSelection } from '../studies/selection';
import type { Experiment } from '../studies/experiment';
import { FileStore } from '../run/store/file-store';
import type { Context } from './io';
import { addPlugins, openRegistry } from './units';

export interface ExperimentOptions {
  readonly only: string;
  readonly seeds?: readonly number[];
  readonly out?: string;
  readonly engine: EngineChoice;
  readonly plugin: readonly string[];
  readonly set: readonly string[];
  readonly match?: Budget;
}

/** An experiment made into cells, and which of them are asked for. */
export interface OpenedExperiment {
  readonly manifest: Manifest;
  /** Cells that --only selects, with the baselines of their columns: chance is measured, never assumed. */
  readonly selected: readonly Cell[];
  /** The part of the manifest that is asked for. */
  readonly shown: Manifest;
  readonly folder: string;
  /** What trains the cells. */
  readonly engine: EngineName;
  /** Whether that is so because the folder was begun with it, though another would be taken here. */
  readonly keepsEngine: boolean;
}

export const defaultExperiment = 'quick';

/** Reads an experiment and everything it names, and expands it. Nothing is written. */
export async function openExperiment(
  name: string,
  options: ExperimentOptions,
  context: Context,
): Promise<OpenedExperiment> {
  const { workingFolder } = context.io;
  const path = findExperiment(name, workingFolder);
  const shownPath = relative(workingFolder, path).startsWith('..') ? path : relative(workingFolder, path);
  const loaded = loadExperiment(shownPath, options.set, workingFolder);
  const { registry, loaded: added } = await openRegistry(
    ['tasks', 'architectures'],
    options.plugin,
    workingFolder,
    loaded.folder,
  );
  const named = await addPlugins(registry, loaded.experiment.plugins, loaded.folder, loaded.file);
  if (options.match) loaded.experiment.match = { [options.match.quantity]: options.match.amount };
  for (const { units } of added) addUnits(loaded.experiment, units);
  const folder = resolve(workingFolder, options.out ?? join('runs', loaded.experiment.name));
  const { engine, keepsEngine } = await engineFor(folder, options.engine, context);
  const manifest = expandExperiment(registry, loaded.experiment, {
    file: loaded.file,
    engine,
    plugins: [...new Set([...added, ...named].map(({ file }) => file))],
    seeds: options.seeds,
  });
  const budget = budgetOf(loaded.experiment.match);
  if (budget) noteMisfits(registry, manifest, budget, context);
  return { manifest, folder, engine, keepsEngine, ...select(manifest, options.only) };
}

/**
 * The engine named, or what `auto` means for a folder. Cells of two engines are different cells: a folder goes on with
 * the engine it was begun with, so that nothing is trained anew because another machine has a faster one.
 */
async function engineFor(
  folder: string,
  asked: EngineChoice,
  context: Context,
): Promise<Pick<OpenedExperiment, 'engine' | 'keepsEngine'>> {
  const engine = await nameOf(asked);
  const begun = asked === 'auto' ? await engineOfFolder(folder) : undefined;
  if (!begun || begun === engine) return { engine, keepsEngine: false };
  try {
    return { engine: await nameOf(begun), keepsEngine: true };
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'no-engine') throw error;
    context.note(`${error.what} Records in ${folder} were made with it: ${engine} takes its place and trains anew.`);
    return { engine, keepsEngine: false };
  }
}

async function nameOf(choice: EngineChoice): Promise<EngineName> {
  const engine = await selectEngine(choice, { threads: 1 });
  await engine.dispose();
  return engine.name;
}

/** Of the cells that were to be trained there, if any. A damaged manifest says nothing; who writes it tells of it. */
async function engineOfFolder(folder: string): Promise<EngineName | undefined> {
  const manifest = await new FileStore(folder).loadManifest().catch(() => null);
  const engines = manifest?.cells.map(({ specification }) => specification.engine) ?? [];
  return engineNames.find((name) => engines.includes(name));
}

function noteMisfits(registry: Registry, manifest: Manifest, budget: Budget, context: Context): void {
  const { quantity, amount: asked } = budget;
  for (const { row, amount } of misfits(registry, manifest, budget))
    context.note(`${row} comes no nearer to ${quantity}=${asked} than ${amount}.`);
}

/** Units of a plugin named on the command line become rows and columns without being written into the experiment. */
function addUnits(experiment: Experiment, units: readonly { readonly id: string; readonly kind: string }[]): void {
  for (const { id, kind } of units) {
    const entries = kind === 'task' ? experiment.tasks : experiment.architectures;
    if (!entries.some((entry) => entry.id === id)) entries.push({ id });
  }
}

/** The cells that `only` means. @throws empty-selection with the nearest names */
export function select(manifest: Manifest, only: string): Pick<OpenedExperiment, 'selected' | 'shown'> {
  const meant = parseSelection(only);
  const chosen = manifest.cells.filter((cell) => meant(rowOf(cell), columnOf(cell)));
  if (chosen.length === 0) {
    const reasons = manifest.inapplicable
      .filter(({ architecture, task }) => meant(architecture, task))
      .map(({ reason }) => reason);
    const names = [...manifest.architectures.map(({ id }) => id), ...manifest.tasks.map(({ id }) => `x ${id}`)];
    const words = only.split(/,|\s[x×]\s/).map((word) => word.trim());
    const nearest = [...new Set(words.flatMap((word) => nearestNames(word, names, 1)))];
    throw zooError('empty-selection', { only, reason: reasons[0], nearest: reasons.length ? [] : nearest });
  }
  const columns = new Set(chosen.map(columnOf));
  const selected = manifest.cells.filter(
    (cell) => chosen.includes(cell) || (cell.specification.mode === 'baseline' && columns.has(columnOf(cell))),
  );
  const rows = new Set(selected.map(rowOf));
  const shown: Manifest = {
    ...manifest,
    architectures: manifest.architectures.filter(({ id }) => rows.has(id)),
    tasks: manifest.tasks.filter(({ id }) => columns.has(id)),
    cells: selected,
    inapplicable: manifest.inapplicable.filter(({ architecture, task }) => rows.has(architecture) && columns.has(task)),
  };
  return { selected, shown: only.trim() ? shown : manifest };
}
