import { relative, resolve } from 'node:path';
import { unitFolders } from '../../../registry/discover';
import { pluginSources } from '../../../registry/plugin-digest';
import { resolveImport } from '../../../registry/plugin-loader';
import type { LoadedPlugin } from '../../../registry/plugins';
import { writeAsked } from '../../core/atomic-file';
import { columnOf, rowOf } from '../../core/cell';
import type { PluginCode } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { packageFile } from '../../core/package';
import { validated } from '../../core/validation';
import { ofThisCode } from '../../run/code/this-code';
import { FileStore } from '../../run/store/file-store';
import { encodeRecord } from '../../run/store/record-file';
import { recordShapesOf } from '../../run/store/record-shapes';
import { chosenOf, madeWith, pluginsIn } from '../../run/submission/choose';
import { limits } from '../../run/submission/form';
import { Submitter, type SourceFile } from '../../run/submission/head';
import { encodeSubmission } from '../../run/submission/pack';
import { decodeSubmission, isSubmissionFile } from '../../run/submission/submission';
import { plural } from '../../studies/capability/drawing/wording';
import { claimedExperiment, requireProtocolOf } from '../claimed-protocol';
import type { CommandDefinition } from '../command';
import { addPartOptions, openPart, type PartOptions } from '../drawing';
import { distinctJobs } from '../experiment';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { pluginsOf } from '../results';
import { addPlugins, openRegistry } from '../units';

interface SubmitOptions extends Omit<PartOptions, 'thisCode'> {
  readonly out: string;
  readonly name: string;
  readonly contact: string;
  readonly licence: string;
  readonly note?: string;
  /** False: none is claimed. */
  readonly experiment?: string | false;
  readonly withSource?: boolean;
  readonly json?: boolean;
}

const who = '--name "A. Person" --contact a@example.org --licence CC-BY-4.0';

export const submit: CommandDefinition = {
  examples: [
    `zoo submit runs/mine --out mine.zoo ${who}`,
    `zoo submit runs/mine --rows example/gru --experiment quick --out gru.zoo ${who}`,
    `zoo submit runs/mine --only "example/gru x parity" --with-source --out gru.zoo ${who} --json`,
  ],
  define: (command, context) =>
    addPartOptions(
      command.argument(
        '<results...>',
        'folders of results, or names of experiments that were run; several are read as if merged',
      ),
      { thisCode: false },
    )
      .requiredOption('--out <file>', 'the submission, one file: mine.zoo')
      .requiredOption('--name <text>', 'who submits, as leaderboards show it')
      .requiredOption('--contact <text>', 'how to reach you: an address, a page')
      .requiredOption('--licence <text>', 'under which the records are given: CC-BY-4.0')
      .option('--note <text>', 'what should be known of them, one line')
      .option(
        '--experiment <name>',
        'the experiment whose protocol the cells have, which is checked (default: the one that the results are named after)',
      )
      .option('--no-experiment', 'claim none: they are shown with what differs from others')
      .option('--with-source', 'also pack the source of the plugins, to be read; it is never run from there')
      .addOption(jsonOption())
      .action((names: readonly string[], options: SubmitOptions) => submitResults(names, options, context)),
};

async function submitResults(names: readonly string[], options: SubmitOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const { out, name, contact, licence, note, plugin } = options;
  const submitter = validated(Submitter, { name, contact, licence, note }, { place: 'zoo submit' });
  const packed = names.find((each) => isSubmissionFile(resolve(workingFolder, each)));
  if (packed !== undefined)
    throw zooError('usage', { problem: `${packed} is a submission already.`, command: 'zoo submit' });
  const results = await openPart(names, options, context);
  const { manifest: whole, shown = whole } = results;
  const { registry, loaded } = await openRegistry(unitFolders, plugin, workingFolder);
  loaded.push(...(await addPlugins(registry, pluginsOf(shown), workingFolder)));
  const folders = results.folders.map(({ store }) => new FileStore(store.location));
  const chosen = chosenOf({
    ...results,
    manifest: { ...shown, cells: distinctJobs(shown.cells) },
    stored: ofThisCode(registry, results.stored).stored,
    failureOf: (job) => folders.flatMap((store) => store.failureOf(job)?.message.split('\n')[0] ?? [])[0],
  });
  const { manifest, records, leftOut } = chosen;
  if (!manifest.cells.some(({ specification }) => specification.mode !== 'baseline'))
    throw zooError('nothing-to-submit', { results: names.join(', '), leftOut });
  const experiment = claimedExperiment(options.experiment, manifest.experiment);
  if (experiment !== undefined) requireProtocolOf(experiment, manifest.cells, { registry, workingFolder });
  const plugins = pluginsIn(records);
  const shapes = recordShapesOf(registry);
  const { content, digest } = encodeSubmission({
    head: { submitter, experiment, plugins, made: madeWith(records, packageFile.name) },
    manifest,
    // On one line, as lines of the file are.
    records: new Map(records.map((record) => [record.key, JSON.stringify(JSON.parse(encodeRecord(record, shapes)))])),
    sources: options.withSource ? sourcesOf(plugins, loaded) : [],
  });
  // What others could not read is not written.
  decodeSubmission(Buffer.from(content), out, shapes);
  const file = resolve(workingFolder, out);
  writeAsked(file, content, out);
  const rows = [...new Set(manifest.cells.filter(isTrained).map(rowOf))];
  const columns = [...new Set(manifest.cells.map(columnOf))];
  const changed = records.filter(({ provenance }) => provenance.commit?.dirty).length;
  if (changed > 0)
    context.note(
      `${plural(changed, 'record')} made by a zoo whose sources were changed since their commit: say how in --note.`,
    );
  const told = { file: relative(workingFolder, file), digest, bytes: content.length, experiment: experiment ?? null };
  if (options.json)
    await context.printJson({
      ...told,
      rows,
      columns,
      cells: manifest.cells.length,
      records: records.length,
      plugins,
      leftOut,
    });
  else {
    const claim = experiment === undefined ? 'no experiment claimed' : `with the protocol of ${experiment}`;
    const size = `${Math.ceil(content.length / 1000)} of ${(limits.file / 2 ** 20) * 1000} kB`;
    await context.print(`${told.file}: ${plural(manifest.cells.length, 'cell')}, ${claim}; ${size}`);
    await context.print(`  rows     ${rows.join(', ')}`);
    await context.print(`  columns  ${columns.join(', ')}`);
    for (const { name, version, digest } of plugins)
      await context.print(`  plugin   ${name} ${version}, digest ${digest.slice(0, 12)}`);
    await context.print(`  digest   ${digest}`);
    for (const line of leftOut) await context.print(`  left out: ${line}`);
  }
}

const isTrained = ({ specification }: { readonly specification: { readonly mode?: string } }): boolean =>
  specification.mode !== 'baseline';

/** Files of the plugins that have a part in the records. */
function sourcesOf(plugins: readonly PluginCode[], loaded: readonly LoadedPlugin[]): SourceFile[] {
  const byName = new Map(loaded.map(({ plugin, file }) => [plugin.name, file]));
  return plugins.flatMap(({ name }) => {
    const file = byName.get(name);
    const texts = file === undefined ? [] : [...pluginSources(file, resolveImport)];
    return texts.map(([path, text]): SourceFile => ({ plugin: name, file: path, text }));
  });
}
