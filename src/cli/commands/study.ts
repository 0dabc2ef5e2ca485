import { Argument } from 'commander';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Registry } from '../../../registry/registry';
import { ZooError, zooError } from '../../core/errors';
import { defaultStudy } from '../../core/experiment';
import { nearestNames } from '../../core/nearest';
import { findExperiment, readExperiment, shippedExperiments, type ExperimentFile } from '../../run/experiment/load';
import type { Findings } from '../../studies/findings/findings';
import type { CommandDefinition } from '../command';
import { writeFigures } from '../figure-files';
import type { Context } from '../io';
import { addExperimentOptions, executorOption } from '../options';
import { addPlugins, openRegistry } from '../units';
import { runNamed, type RunOptions } from './run';

/** What studies present that this command can draw. */
const presented = 'findings';

export const study: CommandDefinition = {
  examples: [
    'zoo study',
    'zoo study in-context-concepts',
    'zoo study in-context-concepts --quick',
    'zoo study in-context-concepts --seeds 8 --set settings.concepts=8',
    'zoo view runs/in-context-concepts --format svg > figures.svg',
  ],
  define: (command, context) =>
    addExperimentOptions(command, new Argument('[study]', 'a file of an experiment, or the name of a study'))
      .addOption(executorOption())
      .action(async (name: string | undefined, options: RunOptions) => {
        const { registry } = await openRegistry(['studies', 'views'], options.plugin, context.io.workingFolder);
        if (name === undefined) return list(await studiesOf(registry, context), options, context);
        await requireFindings(registry, name, context);
        await runNamed(name, options, context, (summary, { folder, registry: units }) => {
          const files = writeFigures(units, summary as Findings, folder);
          const shown = (file: string) => relative(context.io.workingFolder, file) || file;
          context.note(`Written: ${files.map(shown).join(', ')}`);
        });
      }),
};

interface ListedStudy {
  readonly name: string;
  readonly description: string;
  readonly sizes: readonly string[];
  /** About how long on two cores, by size; absent where the experiment does not say. */
  readonly minutes: Readonly<Record<string, number>>;
}

/** Experiments of the package and of the working folder whose studies present findings. */
async function studiesOf(registry: Registry, context: Context): Promise<ListedStudy[]> {
  const { workingFolder } = context.io;
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
    const description = typeof read.plain.description === 'string' ? read.plain.description : '';
    return { name, description, sizes: read.sizes, minutes: Object.fromEntries(minutes) as Record<string, number> };
  });
}

/** A file in the working folder that is no experiment is not this command's to judge. */
function readable(file: string, workingFolder: string): ExperimentFile | undefined {
  try {
    return readExperiment(file, workingFolder);
  } catch (error) {
    if (error instanceof ZooError) return undefined;
    throw error;
  }
}

const hasFindings = (registry: Registry, { plain }: ExperimentFile): boolean =>
  registry.find('study', String(plain.study ?? defaultStudy))?.meta.presents.includes(presented) ?? false;

/** @throws missing-file or usage with the nearest studies */
async function requireFindings(registry: Registry, name: string, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const names = async () => (await studiesOf(registry, context)).map((each) => each.name);
  let read: ExperimentFile;
  try {
    read = readExperiment(findExperiment(name, workingFolder), workingFolder);
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'missing-file') throw error;
    throw zooError('missing-file', { file: name, purpose: 'a study', nearest: nearestNames(name, await names()) });
  }
  await addPlugins(registry, read.plugins, read.folder, read.file);
  if (hasFindings(registry, read)) return;
  const problem = `${name} is an experiment without findings to draw: zoo run ${name} runs it.`;
  throw zooError('usage', { problem, nearest: nearestNames(name, await names()), command: 'zoo study' });
}

async function list(studies: readonly ListedStudy[], { json }: RunOptions, context: Context): Promise<void> {
  if (json) return context.printJson({ studies });
  const { colors } = context;
  const width = Math.max(0, ...studies.map(({ name }) => name.length)) + 2;
  for (const { name, description, minutes } of studies) {
    const times = Object.entries(minutes).map(
      ([size, time]) => `${size === 'default' ? '' : `--${size} `}${spoken(time)}`,
    );
    await context.print(`${colors.cyan(name.padEnd(width))}${firstSentence(description)}`);
    if (times.length > 0) await context.print(colors.dim(`${' '.repeat(width)}about ${times.join(', ')} on two cores`));
  }
}

const firstSentence = (text: string): string => /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;

const spoken = (minutes: number): string => {
  if (minutes < 1) return `${Math.round(60 * minutes)} s`;
  return minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`;
};
