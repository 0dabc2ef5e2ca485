import { relative, resolve } from 'node:path';
import { writeAsked } from '../../core/atomic-file';
import type { CommandDefinition } from '../command';
import { openResults, pluginsOf, refuseCorrupt, type OpenedResults } from '../results';
import { pluginOption } from '../options';
import { replaysOf } from '../replays';
import { unitsThereAre } from '../units';
import type { Context } from '../io';
import { familyOf, reportOf } from '../../studies/report/report-of-results';

interface ReportOptions {
  readonly out?: string;
  readonly title?: string;
  readonly plugin: readonly string[];
}

export const report: CommandDefinition = {
  examples: [
    'zoo report results/quick > report.html',
    'zoo report results/quick results/claims results/recurrence --out report.html',
    'zoo report runs/mine --title "What our models learn" --out report.html',
    'zoo report results/quick,gru.zoo --out report.html',
  ],
  define: (command, context) =>
    command
      .argument(
        '<results...>',
        'folders of results of any study, names of experiments that were run, or submissions; several with commas are one part of it',
      )
      .option('--out <file>', 'write it there instead of printing it')
      .option('--title <text>', 'what the report is called')
      .addOption(pluginOption())
      .action((names: readonly string[], options: ReportOptions) => write(names, options, context)),
};

async function write(names: readonly string[], { out, title, plugin }: ReportOptions, context: Context): Promise<void> {
  const { workingFolder, environment } = context.io;
  const reading = { plugins: plugin, workingFolder, environment, note: context.note };
  const opened: (OpenedResults & { readonly name: string })[] = [];
  for (const name of names) opened.push({ name, ...(await openResults(name, reading)) });
  const plugins = opened.flatMap(({ manifest }) => pluginsOf(manifest));
  const registry = await unitsThereAre(plugin, plugins, context);
  const told = async (results: OpenedResults) => ({
    familyOf: (row: string) => familyOf(registry, row),
    replays: await replaysOf(results, { registry, note: context.note }),
  });
  const page = (await reportOf(opened, told)).page(title);
  if (out === undefined) await context.write(page);
  else {
    const file = resolve(workingFolder, out);
    writeAsked(file, page, out);
    context.note(`Written: ${relative(workingFolder, file)} (${Math.ceil(Buffer.byteLength(page) / 1000)} kB).`);
  }
  opened.forEach(refuseCorrupt);
}
