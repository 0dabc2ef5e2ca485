import { Option, type Command } from 'commander';
import { theoryFilters, type TheoryFilter } from '../core/contracts/theory';
import { scoreKinds, themes, type ScoreKind, type Theme } from '../core/contracts/view';
import { unitFolders } from '../../registry/discover';
import { ZooError } from '../core/errors';
import { defaultExperiment } from '../core/experiment';
import { ofThisCode } from '../run/code/this-code';
import type { Context } from './io';
import { addGridOptions, jsonOption, pluginOption } from './options';
import { openResults, pluginsOf, refuseCorrupt, type OpenedResults } from './results';
import { addPlugins, openRegistry } from './units';
import { formats, printSummary } from './views';

interface ResultOptions {
  readonly of?: string;
  readonly format: string;
  readonly score: ScoreKind;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly plugin: readonly string[];
  readonly theory?: TheoryFilter;
  readonly theme: Theme;
  readonly json?: boolean;
  readonly thisCode?: boolean;
}

/** What commands share that draw a folder of results. */
export function addResultOptions(command: Command): Command {
  return addGridOptions(
    command.argument(
      '[results]',
      `a folder of results, or the name of an experiment that was run (default: what --rows and --columns asked of it, else ${defaultExperiment})`,
    ),
    { row: 'only these rows', column: 'only these columns' },
  )
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
    .addOption(
      new Option(
        '--theory <what>',
        'only cells that test a prediction of theory, those of them that agree or disagree, or learnability gaps',
      ).choices(Object.keys(theoryFilters)),
    )
    .addOption(
      new Option('--theme <theme>', "colours for a light or a dark background; auto: the reader's, or the terminal's")
        .choices(themes)
        .default('auto'),
    )
    .option('--this-code', 'show only records of the code that is here: versions of units, engine revision, plugins')
    .addOption(pluginOption())
    .addOption(jsonOption());
}

/** Loaded where it is asked for: it knows units, which whoever reads results need not wait for. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const partOfResults = () => require('./part-of-results') as typeof import('./part-of-results');

export async function printResults(
  name: string | undefined,
  { of, format, score, theory, theme, plugin, json, thisCode, rows, columns }: ResultOptions,
  context: Context,
): Promise<void> {
  const { workingFolder } = context.io;
  const part = rows.length + columns.length > 0 ? partOfResults() : undefined;
  const named = name ?? (await part?.askedBefore({ rows, columns }, plugin, workingFolder)) ?? defaultExperiment;
  const opened = await openResults(named, plugin, workingFolder);
  const results = thisCode ? await onlyThisCode(opened, plugin, context) : opened;
  const shown = await part?.partOf(results.manifest, { rows, columns }, plugin, workingFolder);
  await printSummary(
    { ...results, shown },
    { of, format: json ? formats.scripts : format, score, theory, theme },
    context,
  );
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
