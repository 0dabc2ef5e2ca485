import { resolve } from 'node:path';
import { unitFolders } from '../../registry/discover';
import type { LoadedPlugin } from '../../registry/plugins';
import type { Registry } from '../../registry/registry';
import type { PluginCode } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { defaultStudy } from '../core/experiment';
import { recordShapesOf } from '../run/store/record-shapes';
import { isSubmissionFile, readSubmission, type Submission } from '../run/submission/submission';
import { noteVerified, readVerified, verifiedCells, verifiedFolder } from '../run/submission/verified';
import { plural } from '../studies/capability/drawing/wording';
import type { Context } from './io';
import type { OpenedResults } from './results';
import { openRegistry } from './units';
import type { Repeated } from './verification';

/** A submission with what it takes to measure its cells again. */
export interface OpenedSubmission {
  readonly results: Pick<OpenedResults, 'manifest' | 'stored' | 'study'>;
  readonly registry: Registry;
  readonly submission: Submission;
}

/**
 * The submission that is named, under its own names and keys, with the plugins that the user names and no others; undefined
 * where folders are named.
 * @throws usage for several, plugin-needed, other-plugin, and what is wrong with the file
 */
export async function openSubmission(
  names: readonly string[],
  plugins: readonly string[],
  workingFolder: string,
): Promise<OpenedSubmission | undefined> {
  const file = names.find((name) => isSubmissionFile(resolve(workingFolder, name)));
  if (file === undefined) return undefined;
  if (names.length > 1)
    throw zooError('usage', { problem: 'A submission is verified by itself: name one.', command: 'zoo verify' });
  const { registry, loaded } = await openRegistry(unitFolders, plugins, workingFolder);
  const submission = readSubmission(resolve(workingFolder, file), file, recordShapesOf(registry));
  requirePlugins(submission, loaded);
  const files = loaded.map((each) => each.file);
  const { manifest, records } = submission;
  const study = registry.resolve('study', manifest.study ?? defaultStudy, file);
  const cells = manifest.cells.map((cell) => ({ ...cell, plugins: files }));
  return { registry, submission, results: { manifest: { ...manifest, cells }, stored: records, study } };
}

/** The plugins that a submission was measured with must be those that are named here, to the byte. */
function requirePlugins({ head, manifest, file }: Submission, loaded: readonly LoadedPlugin[]): void {
  const here = new Map(loaded.flatMap(({ units }) => units.flatMap(codeOf)).map((code) => [code.name, code]));
  // What its cells say counts: the head is what somebody wrote above them.
  const asked = [...head.plugins, ...manifest.cells.flatMap(({ specification }) => specification.pluginCode ?? [])];
  const distinct = [...new Map(asked.map((code) => [`${code.name}\n${code.digest}`, code])).values()];
  const missing = distinct.filter(({ name }) => !here.has(name));
  if (missing.length > 0) throw zooError('plugin-needed', { file, plugins: missing });
  for (const plugin of distinct) {
    const found = here.get(plugin.name)!;
    if (found.digest !== plugin.digest) throw zooError('other-plugin', { file, plugin, here: found });
  }
}

const codeOf = ({ code }: LoadedPlugin['units'][number]): PluginCode[] =>
  code.flatMap((each) => ('plugin' in each ? each.plugin : []));

/** Notes what came of cells where views look for it, and says what they show now. */
export function noteOutcome(submission: Submission, repeated: readonly Repeated[], { io, note }: Context): void {
  const folder = verifiedFolder(io.environment);
  noteVerified(
    folder,
    submission.digest,
    Object.fromEntries(repeated.map(({ job, repetition }) => [job.key, repetition])),
  );
  const { cells } = submission.manifest;
  const trained = cells.filter(({ specification }) => specification.engine !== 'none');
  const keys = new Set(trained.map(({ key }) => key));
  const { agreed, disagreed } = verifiedCells(readVerified(folder, submission.digest), keys);
  const otherwise = disagreed > 0 ? `, ${disagreed} with another one` : '';
  note(
    `Of the ${plural(trained.length, 'trained cell')} of ${submission.file} ${agreed} were measured again here with the same outcome${otherwise}; views say so beside its rows. Noted in ${folder}.`,
  );
}
