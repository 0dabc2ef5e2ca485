import { Option, type Command } from 'commander';
import { scoreKinds, type ScoreKind } from '../core/contracts/view';
import type { Context } from './io';
import { jsonOption, pluginOption } from './options';
import { openResults, refuseCorrupt } from './results';
import { formats, printSummary } from './views';

interface ResultOptions {
  readonly of?: string;
  readonly format: string;
  readonly score: ScoreKind;
  readonly plugin: readonly string[];
  readonly json?: boolean;
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
    .addOption(pluginOption())
    .addOption(jsonOption());
}

export async function printResults(
  name: string,
  { of, format, score, plugin, json }: ResultOptions,
  context: Context,
): Promise<void> {
  const results = await openResults(name, plugin, context.io.workingFolder);
  await printSummary(results, { of, format: json ? formats.scripts : format, score }, context);
  refuseCorrupt(results);
}
