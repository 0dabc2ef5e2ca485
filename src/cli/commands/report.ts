import { relative, resolve } from 'node:path';
import { unitFolders } from '../../../registry/discover';
import { writeAtomically } from '../../core/atomic-file';
import { ZooError, zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';
import type { Registry } from '../../../registry/registry';
import type { CommandDefinition } from '../command';
import { corruptOf, openResults, pluginsOf, refuseCorrupt, type OpenedResults } from '../results';
import { pluginOption } from '../options';
import { replaysOf } from '../replays';
import { addPlugins, openRegistry } from '../units';
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
  ],
  define: (command, context) =>
    command
      .argument('<results...>', 'folders of results of any study, or names of experiments that were run')
      .option('--out <file>', 'write it there instead of printing it')
      .option('--title <text>', 'what the report is called')
      .addOption(pluginOption())
      .action((names: readonly string[], options: ReportOptions) => write(names, options, context)),
};

async function write(names: readonly string[], { out, title, plugin }: ReportOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const opened: (OpenedResults & { readonly name: string })[] = [];
  for (const name of names) opened.push({ name, ...(await openResults(name, plugin, workingFolder)) });
  const registry = await unitsOf(opened, plugin, context);
  const told = async ({ name, ...results }: OpenedResults & { readonly name: string }) => ({
    familyOf: (row: string) => familyOf(registry, row),
    replays: await replaysOf(results, name, { registry, workingFolder, note: (line) => context.note(line) }),
  });
  const page = (await reportOf(opened, told)).page(title);
  if (out === undefined) await context.write(page);
  else {
    const file = resolve(workingFolder, out);
    try {
      writeAtomically(file, page);
    } catch (error) {
      throw zooError('write-failed', { file: out, reason: systemReason(error) });
    }
    context.note(`Written: ${relative(workingFolder, file)} (${Math.ceil(Buffer.byteLength(page) / 1000)} kB).`);
  }
  for (const results of opened) if (corruptOf(results).length > 0) refuseCorrupt(results);
}

/** What is here of the units that results are about. */
async function unitsOf(
  opened: readonly OpenedResults[],
  plugins: readonly string[],
  context: Context,
): Promise<Registry> {
  const { workingFolder } = context.io;
  const { registry } = await openRegistry(unitFolders, plugins, workingFolder);
  for (const plugin of new Set(opened.flatMap(({ manifest }) => pluginsOf(manifest))))
    try {
      await addPlugins(registry, [plugin], workingFolder);
    } catch (error) {
      if (!(error instanceof ZooError)) throw error;
      context.note(error.what);
    }
  return registry;
}
