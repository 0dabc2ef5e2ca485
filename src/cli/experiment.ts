import { availableParallelism, totalmem } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Registry } from '../../registry/registry';
import type { LoadedPlugin } from '../../registry/plugins';
import { plurals, type RegisteredUnit, type UnitKind } from '../../registry/units';
import { columnOf, fingerprint, rowOf } from '../core/cell';
import { type EngineName, automatic } from '../core/contracts/engine';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import { ZooError, zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import { defaultStudy, type ExperimentSize, type Kept } from '../core/experiment';
import { isPlainObject, quoted } from '../core/validation';
import { enginesOf } from '../engine/select';
import { identified } from '../run/code/identity';
import { checkDemands } from '../run/experiment/demand';
import { findExperiment, readExperiment, understandExperiment } from '../run/experiment/load';
import { shardOf, type Shard } from '../run/shard';
import { recordShapesOf } from '../run/store/record-shapes';
import { FileStore } from '../run/store/file-store';
import type { Budget } from '../studies/match';
import { machineKind } from '../train/provenance';
import { glob, parseSelection, partsOf } from '../studies/selection';
import type { Surroundings } from './io';
import { askedOf, nameOf as nameOfQuestion } from './question';
import { addPlugins, openRegistry } from './units';
import { unitFolders } from '../../registry/discover';

export interface ExperimentOptions {
  readonly only: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly seeds?: readonly number[];
  readonly out?: string;
  readonly engine: string;
  /** Absent: as many as suit the jobs. */
  readonly workers?: number;
  readonly plugin: readonly string[];
  readonly set: readonly string[];
  readonly match?: Budget;
  readonly repeat?: number;
  /** False: settings are taken as they are written. */
  readonly search?: boolean;
  readonly keep?: Kept;
  /** Absent: as the folder was begun. */
  readonly sameMachine?: boolean;
  /** Only this part of the selected jobs. */
  readonly shard?: Shard;
  readonly quick?: boolean;
  readonly full?: boolean;
}

/** An experiment made into jobs, and which of them are asked for. */
export interface OpenedExperiment {
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
  readonly manifest: Manifest<Job>;
  /**
   * Jobs that --only selects, with the baselines of their columns: chance is measured, never assumed. Of these --shard
   * leaves its part.
   */
  readonly selected: readonly Job[];
  /** The part of the manifest that is asked for. */
  readonly shown: Manifest<Job>;
  readonly store: FileStore;
  /** What trains the jobs. */
  readonly engine: EngineName;
  /** Whether that is so because the folder was begun with it, though another would be taken here. */
  readonly keepsEngine: boolean;
  /** What stays with the records besides what is measured. */
  readonly keep: readonly Kept[];
  /** Whether all is to be trained on one kind of machine; absent: as the folder was begun. */
  readonly sameMachine?: boolean;
  /** The kind of this one. */
  readonly machineKind: string;
}

/** Reads an experiment and everything it names, and expands it. Nothing is written. */
export async function openExperiment(
  name: string,
  options: ExperimentOptions,
  { note, io }: Surroundings,
): Promise<OpenedExperiment> {
  const { workingFolder } = io;
  const path = findExperiment(name, workingFolder);
  const shownPath = relative(workingFolder, path).startsWith('..') ? path : relative(workingFolder, path);
  const written = readExperiment(shownPath, workingFolder, sizeOf(options));
  const { registry, loaded } = await openRegistry(unitFolders, options.plugin, workingFolder, written.folder);
  const named = await addPlugins(registry, written.plugins, written.folder, written.file);
  const searched = options.search === false ? withoutSearch(written.plain) : written.plain;
  const whole = withUnits(
    withRepeats(withBudget(searched, options.match), options.repeat),
    loaded.flatMap(({ units }) => units),
  );
  const asked = askedOf(registry, whole, options);
  const { study, experiment, file } = understandExperiment(
    registry,
    { ...written, plain: asked ?? whole },
    options.set,
  );
  if (asked) experiment.name = nameOfQuestion(experiment);
  const folder = resolve(workingFolder, options.out ?? join('runs', experiment.name));
  const store = new FileStore(folder, recordShapesOf(registry));
  const { engine, keepsEngine, machineKind } = await engineFor(registry, store, options.engine, note);
  const unit = registry.create(study);
  const expanded: Manifest<Job> = unit.expand(experiment, {
    file,
    engine,
    plugins: [...new Set([...loaded, ...named].filter(isMeasuredWith).map(({ file }) => file))],
    seeds: options.seeds,
  });
  const { keep = [], ...measured } = experiment;
  const experimentFingerprint = fingerprint(measured);
  const manifest = {
    ...expanded,
    experimentFingerprint,
    cells: expanded.cells.map((cell) => identified(registry, cell)),
  };
  const chosen = select(manifest, options.only);
  for (const each of unit.notes?.(experiment, chosen.shown) ?? []) note(each);
  const demand = checkDemands(registry, chosen.selected, {
    file,
    workers: options.workers ?? availableParallelism(),
    memory: totalmem(),
  });
  if (demand !== undefined) note(demand);
  const kept = [...new Set([...keep, ...(options.keep ? [options.keep] : [])])];
  const selected = options.shard ? ownPart(chosen.selected, options.shard, note) : chosen.selected;
  const { sameMachine } = options;
  const found = { engine, keepsEngine, machineKind, sameMachine, keep: kept };
  return { registry, study, manifest, store, ...found, shown: chosen.shown, selected };
}

function ownPart(jobs: readonly Job[], shard: Shard, note: Surroundings['note']): Job[] {
  const all = distinctJobs(jobs);
  const own = shardOf(all, shard);
  note(`Part ${shard.index} of ${shard.of}: ${own.length} of ${all.length} jobs.`);
  return own;
}

/** Whoever measures a job needs its plugins; where it runs and how it is shown is the business of this command alone. */
const isMeasuredWith = ({ units }: LoadedPlugin): boolean =>
  units.length === 0 || units.some(({ kind }) => !ofTheCommand.has(kind));
const ofTheCommand: ReadonlySet<UnitKind> = new Set(['executor', 'view', 'plot', 'log']);

const sizeOf = ({ quick, full }: ExperimentOptions): ExperimentSize | undefined =>
  quick ? 'quick' : full ? 'full' : undefined;

/**
 * The engine named, or the one taken unasked for a folder. Jobs of two engines are different jobs: a folder goes on with
 * the engine it was begun with, so that nothing is trained anew because another machine has a faster one.
 * @throws engine-changed where that one cannot be had
 */
async function engineFor(
  registry: Registry,
  store: FileStore,
  asked: string,
  note: Surroundings['note'],
): Promise<Pick<OpenedExperiment, 'engine' | 'keepsEngine' | 'machineKind'>> {
  const begun = asked === automatic ? await engineOfFolder(store) : undefined;
  const told = new Set<string>();
  const tell = (text: string) => {
    if (!told.has(text)) note(text);
    told.add(text);
  };
  const taken = await engineNamed(registry, asked, tell);
  if (!begun || begun === taken.engine) return { ...taken, keepsEngine: false };
  try {
    return { ...(await engineNamed(registry, begun, tell)), keepsEngine: true };
  } catch (error) {
    if (!(error instanceof ZooError) || !['no-engine', 'unknown-unit'].includes(error.code)) throw error;
    throw zooError('engine-changed', { folder: store.location, begun, taken: taken.engine, reason: error.what });
  }
}

async function engineNamed(
  registry: Registry,
  choice: string,
  tell: (note: string) => void,
): Promise<Pick<OpenedExperiment, 'engine' | 'machineKind'>> {
  const engine = await enginesOf(registry).open(choice, { threads: 1 }, tell);
  await engine.dispose();
  return { engine: engine.name, machineKind: machineKind(engine) };
}

/** Of the jobs that were to be trained there, if any. A damaged manifest says nothing; who writes it tells of it. */
async function engineOfFolder(store: FileStore): Promise<EngineName | undefined> {
  const manifest = await store.loadManifest().catch(() => null);
  const engines = manifest?.cells.map(({ specification }) => specification.engine) ?? [];
  return engines.find((name) => name !== 'none');
}

type Plain = Readonly<Record<string, unknown>>;

/** `--match` over the experiment's own. */
const withBudget = (plain: Plain, match: Budget | undefined): Plain =>
  match ? { ...plain, match: { [match.quantity]: match.amount } } : plain;

/** `--no-search`: the same experiment with its settings as they are written, in a folder of its own. */
function withoutSearch({ search, architectures, ...plain }: Plain): Plain {
  const isSearched = (entry: unknown) => isPlainObject(entry) && entry.search !== undefined && entry.search !== false;
  const rows = Array.isArray(architectures) ? architectures : [];
  if (search === undefined && !rows.some(isSearched)) return { architectures, ...plain };
  const fixed = rows.map((entry: unknown) => {
    if (!isPlainObject(entry)) return entry;
    const { search: _, ...rest } = entry;
    return rest;
  });
  return { ...plain, architectures: fixed, name: `${String(plain.name)}-fixed` };
}

/** `--repeat`: the same experiment as another study, with a folder of its own. */
function withRepeats(plain: Plain, repeats: number | undefined): Plain {
  if (repeats === undefined) return plain;
  const { study = defaultStudy, name } = plain;
  if (study === defaultStudy) return { ...plain, name: `${String(name)}-${repeated}`, study: repeated, repeats };
  const problem = `--repeat is for experiments of the study ${defaultStudy}; this one is of ${quoted(study)}.`;
  throw zooError('usage', { problem, command: 'zoo run' });
}

/** Id of the study that measures a grid several times. */
const repeated = 'rounding';

/** Units of a plugin named on the command line join the lists of their kind without being written into the experiment. */
function withUnits(plain: Plain, units: readonly RegisteredUnit[]): Plain {
  const named = (entry: unknown): unknown => (isPlainObject(entry) ? entry.id : entry);
  return units.reduce<Plain>((joined, { id, kind }) => {
    const list = joined[plurals[kind]];
    if (!Array.isArray(list) || list.some((entry) => named(entry) === id)) return joined;
    return { ...joined, [plurals[kind]]: [...list, id] };
  }, plain);
}

/** A part of a selection that means nothing is a slip: the rest alone would not be what was asked. @throws empty-selection */
function requireEveryPart({ cells, inapplicable, architectures, tasks }: Manifest<Job>, only: string): void {
  if (cells.length === 0 && inapplicable.length > 0)
    throw zooError('empty-selection', { problems: [{ reason: inapplicable[0]!.reason, nearest: [] }] });
  const problems = partsOf(only).flatMap(({ text, row, column }) => {
    const meant = parseSelection(text);
    if (cells.some((cell) => meant(rowOf(cell), columnOf(cell)))) return [];
    const impossible = inapplicable.find(({ architecture, task }) => meant(architecture, task));
    if (impossible) return { part: text, reason: impossible.reason, nearest: [] };
    const rows = nearestFor(row, architectures);
    const columns = nearestFor(column, tasks);
    const reason = rows ? `there is no row "${row}"` : columns ? `there is no column "${column}"` : undefined;
    return { part: text, reason, nearest: [...(rows ?? []), ...(columns ?? []).map((name) => `x ${name}`)] };
  });
  if (problems.length > 0) throw zooError('empty-selection', { problems });
}

/** Names like a pattern that means none of them; undefined where it means some. */
function nearestFor(pattern: string, shown: readonly { readonly id: string }[]): string[] | undefined {
  const names = shown.map(({ id }) => id);
  return names.some((name) => glob(pattern).test(name)) ? undefined : nearestNames(pattern, names, 1);
}

/** Each job once: columns that differ only in how rows are trained have their baselines in common. */
export const distinctJobs = (jobs: readonly Job[]): Job[] => [...new Map(jobs.map((job) => [job.key, job])).values()];

/** The cells that `only` means. @throws empty-selection with the nearest names */
export function select(manifest: Manifest<Job>, only: string): Pick<OpenedExperiment, 'selected' | 'shown'> {
  const meant = parseSelection(only);
  const chosen = new Set(manifest.cells.filter((cell) => meant(rowOf(cell), columnOf(cell))));
  requireEveryPart(manifest, only);
  const columns = new Set([...chosen].map(columnOf));
  const selected = manifest.cells.filter(
    (cell) => chosen.has(cell) || (cell.specification.mode === 'baseline' && columns.has(columnOf(cell))),
  );
  const rows = new Set(selected.map(rowOf));
  const shown: Manifest<Job> = {
    ...manifest,
    architectures: manifest.architectures.filter(({ id }) => rows.has(id)),
    tasks: manifest.tasks.filter(({ id }) => columns.has(id)),
    cells: selected,
    inapplicable: manifest.inapplicable.filter(({ architecture, task }) => rows.has(architecture) && columns.has(task)),
  };
  return { selected, shown: only.trim() ? shown : manifest };
}
