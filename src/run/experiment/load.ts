import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { packageRoot } from '../../core/package';
import { isPlainObject, quoted, validated } from '../../core/validation';
import { readJsonFile } from '../../core/json-file';
import { defaultStudy, type Experiment } from '../../core/experiment';
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

/** @throws missing-file, unreadable-file or invalid-json */
export function readExperiment(file: string, workingFolder = process.cwd()): ExperimentFile {
  const plain = readJsonFile(file, 'an experiment', workingFolder);
  if (!isPlainObject(plain))
    throw zooError('invalid-value', { place: file, problems: ['an experiment must be an object'] });
  const { plugins, $schema: _, ...content } = plain;
  const named = Array.isArray(plugins) ? plugins.filter((each) => typeof each === 'string') : [];
  return {
    plain: { name: basename(file, '.json'), ...content, ...(plugins !== undefined && { plugins }) },
    file,
    folder: dirname(resolve(workingFolder, file)),
    plugins: named,
  };
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
