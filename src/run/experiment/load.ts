import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { packageRoot } from '../../core/package';
import { isPlainObject, validated } from '../../core/validation';
import { readJsonFile } from '../../core/json-file';
import { Experiment, normalised } from '../../studies/experiment';
import { applySettings } from './settings';

/** An experiment file, read and checked. */
export interface LoadedExperiment {
  readonly experiment: Experiment;
  /** As it was asked for, for messages. */
  readonly file: string;
  /** Folder that relative plugins are looked for from. */
  readonly folder: string;
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
 * Reads an experiment; `settings` are `path=value` texts laid over the file.
 * @throws missing-file, invalid-json, or invalid-value naming file and JSON path.
 */
export function loadExperiment(
  file: string,
  settings: readonly string[] = [],
  workingFolder = process.cwd(),
): LoadedExperiment {
  const plain = readJsonFile(file, 'an experiment', workingFolder);
  if (!isPlainObject(plain))
    throw zooError('invalid-value', { place: file, problems: ['an experiment must be an object'] });
  const full = applySettings(normalised({ name: basename(file, '.json'), ...plain }), settings);
  const place = settings.length ? `${file} with --set` : file;
  return {
    experiment: validated(Experiment, full, { place }),
    file: place,
    folder: dirname(resolve(workingFolder, file)),
  };
}
