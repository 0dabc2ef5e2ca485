import { Option, type Command } from 'commander';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import { theoryFilters, type TheoryFilter } from '../core/contracts/theory';
import type { Arrangement } from '../core/contracts/study';
import { shownScores, type RankingOptions, themes, type ShownScore, type Theme } from '../core/contracts/view';
import { defaultExperiment } from '../core/experiment';
import { ofThisCode } from '../run/code/this-code';
import type { Context } from './io';
import { addGridOptions, jsonOption, wordsOption, onlyOption, pluginOption, wholeNumber } from './options';
import { openResults, pluginsOf, refuseCorrupt, type OpenedResults } from './results';
import { unitsThereAre } from './units';
import { formats, printSummary } from './views';

/** Which results are meant, and which part of them. */
export interface PartOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly level: readonly string[];
  readonly only: string;
  readonly plugin: readonly string[];
  readonly thisCode?: boolean;
}

export interface ResultOptions extends PartOptions {
  readonly of?: string;
  readonly format: string;
  readonly score: ShownScore;
  readonly theory?: TheoryFilter;
  readonly theme: Theme;
  readonly title?: string;
  readonly width?: number;
  readonly compact?: boolean;
  readonly ranking?: RankingOptions;
  readonly json?: boolean;
}

/** What commands share that draw a folder of results. */
export function addResultOptions(command: Command): Command {
  return addPartOptions(
    command.argument(
      '[results...]',
      `a folder of results, the name of an experiment that was run, or a submission; several are shown as if they were merged (default: what --rows and --columns asked of it, else ${defaultExperiment})`,
    ),
  )
    .option(
      '--format <format>',
      'how to draw it: text, markdown, csv, latex, svg, json; zoo list views shows all',
      formats.people,
    )
    .addOption(
      new Option(
        '--score <score>',
        'exact match of whole answers, share of right symbols, or exact match on a scale from guessing (0) to perfect (100)',
      )
        .choices(shownScores)
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
    .option('--title <text>', "instead of the view's own")
    .option('--width <size>', 'columns of a text, pixels of a picture', wholeNumber(20, 100_000))
    .option('--compact', 'as small as can still be read (default: where a grid is large)')
    .option('--no-compact', 'as it is drawn where a grid is small')
    .addOption(jsonOption());
}

/** Which part of results: rows, columns, levels, cells, records of this code; and what it takes to read them. */
export function addPartOptions(command: Command, { thisCode = true } = {}): Command {
  addGridOptions(command, { row: 'only these rows', column: 'only these columns' })
    .addOption(wordsOption('--level <levels>', 'only columns of these levels of the hierarchy: regular,counter'))
    .addOption(onlyOption());
  if (thisCode)
    command.option(
      '--this-code',
      'show only records of the code that is here: versions of units, engine revision, plugins',
    );
  return command.addOption(pluginOption());
}

/** Loaded where it is asked for: it knows units, which whoever reads results need not wait for. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const partOfResults = () => require('./part-of-results') as typeof import('./part-of-results');

export async function printResults(
  names: readonly string[],
  options: ResultOptions,
  context: Context,
  arrangement?: Arrangement,
): Promise<void> {
  const { of, score, theory, theme, title, width, compact: isCompact, ranking, json } = options;
  const format = json ? formats.scripts : options.format;
  const results = await openPart(names, options, context);
  const drawing = { of, format, score, theory, theme, title, width, isCompact, ranking, arrangement };
  await printSummary(results, drawing, context);
  refuseCorrupt(results);
}

/** The results that are named, and of their manifest the part that is asked for. */
export async function openPart(
  names: readonly string[],
  { rows, columns, level, only, plugin, thisCode }: PartOptions,
  context: Context,
): Promise<OpenedResults & { readonly shown?: Manifest<Job> }> {
  const { workingFolder, environment } = context.io;
  const isPart = rows.length + columns.length + level.length > 0 || only.trim() !== '';
  const part = isPart ? partOfResults() : undefined;
  const asked = { rows, columns, level, only };
  const before = names.length === 0 ? await part?.askedBefore(asked, plugin, workingFolder) : undefined;
  const named = names.length > 0 ? names : [before ?? defaultExperiment];
  const opened = await openResults(named, { plugins: plugin, workingFolder, environment, note: context.note });
  const results = thisCode ? await onlyThisCode(opened, plugin, context) : opened;
  return { ...results, shown: await part?.partOf(results.manifest, asked, plugin, workingFolder) };
}

/** Says how many records are left out, and why. */
async function onlyThisCode(
  results: OpenedResults,
  plugins: readonly string[],
  context: Context,
): Promise<OpenedResults> {
  const registry = await unitsThereAre(plugins, pluginsOf(results.manifest), context);
  const { stored, leftOut } = ofThisCode(registry, results.stored);
  for (const [reason, count] of leftOut)
    context.note(`${count === 1 ? '1 record is' : `${count} records are`} of other code and left out: ${reason}.`);
  return { ...results, stored };
}
