import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { packageRoot } from '../../core/package';
import { isPlainObject, quoted, validated } from '../../core/validation';
import { readJsonFile } from '../../core/json-file';
import { defaultStudy, experimentSizes, type Experiment, type ExperimentSize } from '../../core/experiment';
import { overlaid } from '../../core/overlay';
import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit } from '../../../registry/units';
import { applySettings } from './settings';

/** An experiment file as it is written. */
export interface ExperimentFile {
  /** What it says; its name where it gives itself none. */
  readonly plain: Readonly<Record<string, unknown>>;
  /** As it was asked for, for messages. */
  readonly file: string;
  /** Folder that relative plugins are looked for from. */
  readonly folder: string;
  /** Plugins that it names, to be loaded before it is understood. */
  readonly plugins: readonly string[];
  /** About how long it takes on two cores, where it says so. */
  readonly minutes?: number;
  /** Its other sizes. */
  readonly sizes: readonly ExperimentSize[];
}

/** An experiment, checked by the study that it asks for. */
export interface LoadedExperiment {
  readonly study: RegisteredUnit<'study'>;
  readonly experiment: Experiment;
  readonly file: string;
}

/** Names of the experiments that come with the package. */
export function shippedExperiments(): string[] {
  const folder = join(packageRoot, 'experiments');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/** File of an experiment given by a path or by a name alone; the working folder comes before the package. */
export function findExperiment(nameOrPath: string, workingFolder: string): string {
  const named = /[\\/]|\.json$/.test(nameOrPath) ? nameOrPath : join('experiments', `${nameOrPath}.json`);
  const candidates = [resolve(workingFolder, named), join(packageRoot, named)];
  const found = candidates.find((file) => existsSync(file));
  if (found) return found;
  const nearest = nearestNames(basename(nameOrPath, '.json'), shippedExperiments());
  throw zooError('missing-file', { file: nameOrPath, purpose: 'an experiment', nearest });
}

/**
 * Reads a file, at the `size` that is asked for: what it says of that size is laid over the rest, and its name ends in it.
 * @throws missing-file, unreadable-file, invalid-json, invalid-value, or usage where it has no such size
 */
export function readExperiment(file: string, workingFolder = process.cwd(), size?: ExperimentSize): ExperimentFile {
  const plain = readJsonFile(file, 'an experiment', workingFolder);
  if (!isPlainObject(plain))
    throw zooError('invalid-value', { place: file, problems: ['an experiment must be an object'] });
  const { sizes = {}, ...whole } = { name: basename(file, '.json'), ...plain };
  const known = checkedSizes(sizes, file);
  if (size && !known[size]) {
    const there = Object.keys(known);
    const problem = `${file} has no size "${size}"; ${there.length ? `it has ${there.join(' and ')}` : 'it has one size only'}.`;
    throw zooError('usage', { problem, command: 'zoo run' });
  }
  const sized = size ? { ...overlaid(whole, known[size]), name: `${String(whole.name)}-${size}` } : whole;
  const { plugins, minutes, $schema: _, ...content } = sized as Record<string, unknown>;
  const named = Array.isArray(plugins) ? plugins.filter((each) => typeof each === 'string') : [];
  return {
    plain: { ...content, ...(plugins !== undefined && { plugins }) },
    file,
    folder: dirname(resolve(workingFolder, file)),
    plugins: named,
    ...(typeof minutes === 'number' && { minutes }),
    sizes: experimentSizes.filter((each) => known[each]),
  };
}

/** @throws invalid-value for sizes that are none */
function checkedSizes(sizes: unknown, place: string): { readonly [size in ExperimentSize]?: object } {
  const known: readonly string[] = experimentSizes;
  if (!isPlainObject(sizes)) throw zooError('invalid-value', { place, problems: ['sizes must be an object'] });
  const problems = Object.entries(sizes).flatMap(([size, over]) => {
    if (!known.includes(size)) return `sizes.${size} is no size: there are ${known.join(' and ')}`;
    return isPlainObject(over) ? [] : `sizes.${size} must be an object`;
  });
  if (problems.length > 0) throw zooError('invalid-value', { place, problems });
  return sizes;
}

/**
 * What an experiment file means, `settings` (`path=value`) laid over it; its plugins are in the registry.
 * @throws unknown-unit for its study, or invalid-value naming file and JSON path
 */
export function understandExperiment(
  registry: Registry,
  { plain, file }: Pick<ExperimentFile, 'plain' | 'file'>,
  settings: readonly string[] = [],
): LoadedExperiment {
  const { study: id = defaultStudy } = plain;
  if (typeof id !== 'string')
    throw zooError('invalid-value', { place: file, problems: [`study is ${quoted(id)}: must be a text`] });
  const study = registry.resolve('study', id, `${file}, study`);
  const shape = study.meta.experiment;
  const place = settings.length ? `${file} with --set` : file;
  const parts = Object.entries(new shape()).flatMap(([name, value]) => (isPlainObject(value) ? name : []));
  const full = applySettings(shape.writtenOut({ ...plain }), settings, parts);
  return { study, experiment: validated(shape, full, { place }), file: place };
}
