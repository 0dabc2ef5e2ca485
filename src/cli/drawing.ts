import { Option, type Command } from 'commander';
import { scoreKinds, type ScoreKind } from '../core/contracts/view';
import { unitFolders } from '../../registry/discover';
import { ZooError } from '../core/errors';
import { ofThisCode } from '../run/code/this-code';
import type { Context } from './io';
import { jsonOption, pluginOption } from './options';
import { openResults, pluginsOf, refuseCorrupt, type OpenedResults } from './results';
import { addPlugins, openRegistry } from './units';
import { formats, printSummary } from './views';

interface ResultOptions {
  readonly of?: string;
  readonly format: string;
  readonly score: ScoreKind;
  readonly plugin: readonly string[];
  readonly json?: boolean;
  readonly thisCode?: boolean;
}

/** What commands share that draw a folder of results. */
export function addResultOptions(command: Command): Command {
  return command
    .argument('[results]', 'a folder of results, or the name of an experiment that was run', 'quick')
    .option(
      '--format <format>',
      'how to draw it: text, markdown, csv, latex, svg, json; zoo list views shows all',
      formats.people,
    )
    .addOption(
      new Option('--score <score>', 'exact match of whole answers, or share of right symbols')
        .choices(scoreKinds)
        .default('exact'),
    )
    .option('--this-code', 'show only records of the code that is here: versions of units, engine revision, plugins')
    .addOption(pluginOption())
    .addOption(jsonOption());
}

export async function printResults(
  name: string,
  { of, format, score, plugin, json, thisCode }: ResultOptions,
  context: Context,
): Promise<void> {
  const opened = await openResults(name, plugin, context.io.workingFolder);
  const results = thisCode ? await onlyThisCode(opened, plugin, context) : opened;
  await printSummary(results, { of, format: json ? formats.scripts : format, score }, context);
  refuseCorrupt(results);
}

/** Says how many records are left out, and why. */
async function onlyThisCode(
  results: OpenedResults,
  plugins: readonly string[],
  context: Context,
): Promise<OpenedResults> {
  const { workingFolder } = context.io;
  const { registry } = await openRegistry(unitFolders, plugins, workingFolder);
  for (const plugin of pluginsOf(results.manifest)) {
    try {
      await addPlugins(registry, [plugin], workingFolder);
    } catch (error) {
      if (!(error instanceof ZooError)) throw error;
      context.note(error.what);
    }
  }
  const { stored, leftOut } = ofThisCode(registry, results.stored);
  for (const [reason, count] of leftOut)
    context.note(`${count === 1 ? '1 record is' : `${count} records are`} of other code and left out: ${reason}.`);
  return { ...results, stored };
}
