import { Argument } from 'commander';
import { relative } from 'node:path';
import type { Registry } from '../../../registry/registry';
import { ZooError, zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { findExperiment, readExperiment, type ExperimentFile } from '../../run/experiment/load';
import { duration, hasFindings, studiesOf, type ListedStudy } from '../../run/experiment/studies';
import type { Findings } from '../../studies/findings/findings';
import type { CommandDefinition } from '../command';
import { writeFigures } from '../figure-files';
import type { Context } from '../io';
import { addExecutorOptions, addExperimentOptions, detachOption, logOption } from '../options';
import { addPlugins, openRegistry } from '../units';
import { runNamed, type RunOptions } from './run';

export const study: CommandDefinition = {
  examples: [
    'zoo study',
    'zoo study in-context-concepts',
    'zoo study in-context-concepts --quick',
    'zoo study in-context-concepts --seeds 8 --set settings.concepts=8',
    'zoo view runs/in-context-concepts --format svg > figures.svg',
  ],
  define: (command, context) =>
    addExecutorOptions(
      addExperimentOptions(command, new Argument('[study]', 'a file of an experiment, or the name of a study')),
    )
      .addOption(detachOption())
      .addOption(logOption())
      .action(async (name: string | undefined, options: RunOptions) => {
        const { registry } = await openRegistry(['studies', 'views'], options.plugin, context.io.workingFolder);
        if (name === undefined) return list(studiesOf(registry, context.io.workingFolder), options, context);
        await requireFindings(registry, name, context);
        await runNamed(name, options, context, async (summary, { folder, registry: units }) => {
          const files = await writeFigures(units, summary as Findings, folder);
          const shown = (file: string) => relative(context.io.workingFolder, file) || file;
          context.note(`Written: ${files.map(shown).join(', ')}`);
        });
      }),
};

/** @throws missing-file or usage with the nearest studies */
async function requireFindings(registry: Registry, name: string, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const names = () => studiesOf(registry, workingFolder).map((each) => each.name);
  let read: ExperimentFile;
  try {
    read = readExperiment(findExperiment(name, workingFolder), workingFolder);
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'missing-file') throw error;
    throw zooError('missing-file', { file: name, purpose: 'a study', nearest: nearestNames(name, names()) });
  }
  await addPlugins(registry, read.plugins, read.folder, read.file);
  if (hasFindings(registry, read)) return;
  const problem = `${name} is an experiment without findings to draw: zoo run ${name} runs it.`;
  throw zooError('usage', { problem, nearest: nearestNames(name, names()), command: 'zoo study' });
}

async function list(studies: readonly ListedStudy[], { json }: RunOptions, context: Context): Promise<void> {
  if (json) return context.printJson({ studies });
  const { colors } = context;
  const width = Math.max(0, ...studies.map(({ name }) => name.length)) + 2;
  for (const { name, description, minutes } of studies) {
    const times = Object.entries(minutes).map(
      ([size, time]) => `${size === 'default' ? '' : `--${size} `}${duration(time)}`,
    );
    await context.print(`${colors.cyan(name.padEnd(width))}${firstSentence(description)}`);
    if (times.length > 0) await context.print(colors.dim(`${' '.repeat(width)}about ${times.join(', ')} on two cores`));
  }
}

const firstSentence = (text: string): string => /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
