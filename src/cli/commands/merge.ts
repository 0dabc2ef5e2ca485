import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { zooError } from '../../core/errors';
import { fewNames } from '../../core/few-names';
import { mergeFolders, type MergedFolders, type Source } from '../../run/merge/folders';
import { mergeManifests, type MergedManifests } from '../../run/merge/manifests';
import { forgetMachineKind, machineFile, machineKindIn, requireMachineKind } from '../../run/store/machine-kind';
import { FileStore } from '../../run/store/file-store';
import { plural } from '../../studies/capability/drawing/wording';
import type { CommandDefinition } from '../command';
import { distinctJobs } from '../experiment';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { findResults } from '../results';

interface MergeOptions {
  readonly takeFirst?: boolean;
  readonly json?: boolean;
}

export const merge: CommandDefinition = {
  examples: [
    'zoo merge runs/standard runs/standard-1 runs/standard-2 runs/standard-3',
    'zoo merge runs/all runs/here runs/there --take-first',
    'zoo merge runs/here runs/there --json',
  ],
  define: (command, context) =>
    command
      .argument('<out>', 'folder of the whole; what it holds already stays, and counts as the first')
      .argument(
        '<results...>',
        'folders of results of one study, or names of experiments that were run; none is changed',
      )
      .option('--take-first', 'of a cell with different results take those of the folder that is named first')
      .addOption(jsonOption())
      .action((out: string, names: readonly string[], options: MergeOptions) =>
        mergeNamed(out, names, options, context),
      ),
};

async function mergeNamed(name: string, names: readonly string[], options: MergeOptions, context: Context) {
  const { workingFolder } = context.io;
  const folder = resolve(workingFolder, name);
  requireResults(folder);
  const out = new FileStore(folder);
  const folders = new Map(names.map((each) => [findResults(each, workingFolder), each]));
  folders.delete(folder);
  const sources: Source[] = [];
  const begun = await out.loadManifest();
  if (begun) sources.push({ name, store: out, manifest: begun });
  for (const [location, each] of folders) {
    const store = new FileStore(location);
    sources.push({ name: each, store, manifest: (await store.loadManifest())! });
  }
  const { manifest, notes, kind } = withMachine(mergeManifests(sources), sources);
  notes.forEach((note) => context.note(note));
  const merged = await mergeFolders(out, sources, options);
  if (kind === undefined) forgetMachineKind(folder);
  else requireMachineKind(folder, kind);
  // Last: a folder without it has no results yet.
  await out.saveManifest(manifest);
  const jobs = distinctJobs(manifest.cells);
  const finished = jobs.filter(({ key }) => merged.keys.has(key)).length;
  const counts = { cells: jobs.length, finished, others: merged.keys.size - finished };
  if (options.json)
    await context.printJson({ folder, experiment: manifest.experiment, ...asJson(merged, counts), notes });
  else for (const line of asText(merged, counts, relative(workingFolder, folder) || folder)) await context.print(line);
  if (merged.damaged.length > 0) throw zooError('corrupt-records', { records: merged.damaged });
}

/** The whole is kept to one kind of machine where all its parts are to the same. */
function withMachine(
  { manifest, notes }: MergedManifests,
  sources: readonly Source[],
): MergedManifests & { readonly kind?: string } {
  const { sameMachine: _, ...others } = manifest;
  const kept = sources.filter((source) => source.manifest.sameMachine);
  const kinds = new Set(kept.flatMap(({ store }) => machineKindIn(store.location) ?? []));
  const [kind] = kinds;
  if (kept.length === sources.length && kinds.size <= 1) return { manifest, notes, kind };
  if (kept.length === 0) return { manifest: others, notes };
  const told = [...kinds].join('; ') || 'none has trained yet';
  const note = `Not every folder is kept to the same kind of machine (${told}), so the whole is kept to none.`;
  return { manifest: others, notes: [...notes, note] };
}

/** What is no folder of results is left alone. @throws folder-not-empty */
function requireResults(folder: string): void {
  const ours = ['records', 'packs', 'checkpoints', 'weights', 'claims', 'failures', 'logs', machineFile];
  if (!existsSync(folder) || existsSync(join(folder, 'manifest.json'))) return;
  if (readdirSync(folder).some((name) => !ours.includes(name) && !name.startsWith('.')))
    throw zooError('folder-not-empty', { folder });
}

interface Counts {
  readonly cells: number;
  readonly finished: number;
  /** Records that no cell asks for. */
  readonly others: number;
}

const asJson = ({ keys: _, copied, ...merged }: MergedFolders, counts: Counts) => ({
  ...counts,
  copied: Object.fromEntries(copied),
  ...merged,
});

function asText(merged: MergedFolders, { cells, finished, others }: Counts, shown: string): string[] {
  const { copied, equal, repeated, different, checkpoints, weights, withoutWeights } = merged;
  const besides = others > 0 ? `, and ${plural(others, 'record')} of other runs` : '';
  const line = (names: readonly string[], told: string) =>
    names.length > 0 ? [`  ${plural(names.length, 'cell')} ${told}: ${fewNames(names)}`] : [];
  return [
    `${shown}: ${finished} of ${plural(cells, 'cell')} finished${besides}`,
    ...[...copied].map(([name, count]) => `  ${plural(count, 'record')} from ${name}`),
    ...(equal > 0 ? [`  ${plural(equal, 'cell')} in several folders, equal to the byte`] : []),
    ...line(repeated, 'in several folders with the same results, the older kept'),
    ...line(different, 'with different results, those of the first folder taken'),
    ...(checkpoints > 0 ? [`  ${plural(checkpoints, 'checkpoint')} of unfinished cells`] : []),
    ...(weights > 0 ? [`  ${plural(weights, 'file')} of weights`] : []),
    ...line(withoutWeights, 'whose weights are in no folder'),
  ];
}
