import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '../../../registry/registry';
import { ZooError } from '../../core/errors';
import { defaultStudy } from '../../core/experiment';
import { findExperiment, readExperiment, shippedExperiments, type ExperimentFile } from './load';

/** What studies present that text, pictures and data can be made of. */
const presented = 'findings';

/** An experiment whose study presents findings. */
export interface ListedStudy {
  readonly name: string;
  /** Id of the unit. */
  readonly study: string;
  readonly description: string;
  /** Its other sizes. */
  readonly sizes: readonly string[];
  /** About how long on two cores, by size ("default" is as it is written); absent where the experiment does not say. */
  readonly minutes: Readonly<Record<string, number>>;
}

/** Experiments of the package and of a working folder whose studies present findings. */
export function studiesOf(registry: Registry, workingFolder: string): ListedStudy[] {
  const own = join(workingFolder, 'experiments');
  const names = [
    ...(existsSync(own) ? readdirSync(own).flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? []) : []),
    ...shippedExperiments(),
  ];
  return [...new Set(names)].sort().flatMap((name) => {
    const file = findExperiment(name, workingFolder);
    const read = readable(file, workingFolder);
    if (!read || !hasFindings(registry, read)) return [];
    const sized = read.sizes.map((size) => [size, readExperiment(file, workingFolder, size).minutes] as const);
    const minutes = [['default', read.minutes] as const, ...sized].filter(([, time]) => time !== undefined);
    const { description, study } = read.plain;
    return {
      name,
      study: String(study),
      description: typeof description === 'string' ? description : '',
      sizes: read.sizes,
      minutes: Object.fromEntries(minutes) as Record<string, number>,
    };
  });
}

/** A file in the working folder that is no experiment is not this list's to judge. */
function readable(file: string, workingFolder: string): ExperimentFile | undefined {
  try {
    return readExperiment(file, workingFolder);
  } catch (error) {
    if (error instanceof ZooError) return undefined;
    throw error;
  }
}

export const hasFindings = (registry: Registry, { plain }: Pick<ExperimentFile, 'plain'>): boolean =>
  registry.find('study', String(plain.study ?? defaultStudy))?.meta.presents.includes(presented) ?? false;

/** "40 s", "9 min", "1.5 h" */
export function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(60 * minutes)} s`;
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
}
