import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Registry } from '../../../registry/registry';
import type { RegisteredUnit, UnitKind } from '../../../registry/units';
import { fewNames } from '../../core/few-names';
import { packageRoot } from '../../core/package';
import { ModuleGraph } from './module-graph';

/** Kinds whose version is in the key of a cell; an engine has a revision and a test of its bits. */
export const versionedKinds = [
  'architecture',
  'baseline',
  'task',
  'study',
  'probe',
  'intervention',
] as const satisfies readonly UnitKind[];

/** Versions of built-in units, and digests of the sources that they had when these were fixed (`npm run versions`). */
export interface FixedVersions {
  readonly units: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, string>>;
}

export const versionsFile = join(packageRoot, 'registry', 'versions.json');
export const fixedVersions = (): FixedVersions => JSON.parse(readFileSync(versionsFile, 'utf8')) as FixedVersions;

/** Whether the sources are here: in a clone. A package that is installed has none, nor can anybody change them there. */
export const hasSources = (): boolean =>
  existsSync(versionsFile) && existsSync(join(packageRoot, 'registry', 'units.ts'));

/** What rows, columns and probes are made of: their files, and those they import in the same room. Publications compute nothing. */
const ofUnits = (file: string): boolean =>
  /^(architectures|tasks|src\/(probes|interventions))\//.test(file) && !/\/references\.ts$/.test(file);
/** What turns a job into a record. */
const ofStudies = (file: string): boolean =>
  /^src\/((data|model|train|evaluation|studies)\/|core\/(random|protocol)\.ts)/.test(file);

const nameOf = ({ kind, id }: RegisteredUnit): string => `${kind} ${id}`;
const versionOf = ({ meta }: RegisteredUnit): number => (meta as { readonly version: number }).version;

/** Digests of a file of a unit and of all that it is made of, by file; of a file that is not there none. */
export type SourcesOfFile = (file: string, kind: UnitKind) => Readonly<Record<string, string>>;

/** The same, read from the sources below a folder: a second for all units. */
export function readSources(root: string): SourcesOfFile {
  const graph = new ModuleGraph(root);
  return (file, kind) => {
    const [entry, isFollowed] = kind === 'study' ? [`${dirname(file)}/measure.ts`, ofStudies] : [file, ofUnits];
    return graph.has(entry) ? graph.closure(entry, isFollowed) : {};
  };
}

/** Files of the sources that a unit is written in; none of a plugin's, whose digest is in its cells. */
const filesOf = ({ code }: RegisteredUnit): string[] =>
  code.flatMap((each) => ('file' in each ? each.file.split('\\').join('/').replace(/\.js$/, '.ts') : []));

/** Digests of the sources of a unit by file. */
export const sourcesOf = (read: SourcesOfFile, unit: RegisteredUnit): Record<string, string> =>
  Object.assign({}, ...filesOf(unit).map((file) => read(file, unit.kind))) as Record<string, string>;

const builtInUnits = (registry: Registry): RegisteredUnit[] =>
  versionedKinds.flatMap((kind): RegisteredUnit[] => registry.all(kind)).filter(({ code }) => 'file' in code[0]!);

/** What the build writes of the sources that it was made of: their digests, and which belong to a file of units. */
interface BuiltSources {
  readonly files: Readonly<Record<string, string>>;
  readonly closures: Readonly<Record<string, readonly string[]>>;
}
export const builtSourcesFile = join(__dirname, 'sources.json');

/** The content of `builtSourcesFile` for the built-in units. */
export function builtSources(registry: Registry): BuiltSources {
  const read = readSources(packageRoot);
  const found = builtInUnits(registry).flatMap((unit) =>
    filesOf(unit).map((file) => [file, read(file, unit.kind)] as const),
  );
  return {
    files: Object.assign({}, ...found.map(([, digests]) => digests)) as Record<string, string>,
    closures: Object.fromEntries(found.map(([file, digests]) => [file, Object.keys(digests)])),
  };
}

/** The sources as the build found them. */
export const readBuilt =
  ({ files, closures }: BuiltSources): SourcesOfFile =>
  (file) =>
    Object.fromEntries((closures[file] ?? []).map((each) => [each, files[each]!]));

/** Sources of the code that runs: as the build found them or, where the sources themselves run, as they are. */
const sourcesHere = (): SourcesOfFile =>
  existsSync(builtSourcesFile)
    ? readBuilt(JSON.parse(readFileSync(builtSourcesFile, 'utf8')) as BuiltSources)
    : readSources(packageRoot);

/** What `npm run versions` writes. */
export function versionsHere(registry: Registry): FixedVersions {
  const read = readSources(packageRoot);
  const units = builtInUnits(registry);
  const files = Object.assign({}, ...units.map((unit) => sourcesOf(read, unit))) as Record<string, string>;
  const sorted = <T>(entries: readonly (readonly [string, T])[]) =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { units: sorted(units.map((unit) => [nameOf(unit), versionOf(unit)])), files: sorted(Object.entries(files)) };
}

/** Files that changed since the version of a unit was fixed, and whose units have that version still. */
export interface Unversioned {
  readonly file: string;
  readonly units: readonly string[];
}

/** What changed among the sources of these units without a new version of theirs. */
export function unversionedChanges(
  units: readonly RegisteredUnit[],
  fixed: FixedVersions,
  read: SourcesOfFile,
): Unversioned[] {
  const byFile = new Map<string, Set<string>>();
  for (const unit of units) {
    // A row that is wrapped as it is asked for has the version of its base.
    const { variantOf } = unit.meta as { readonly variantOf?: string };
    const version = fixed.units[nameOf(unit)] ?? fixed.units[`${unit.kind} ${variantOf}`];
    if (version === undefined || version !== versionOf(unit)) continue;
    for (const [file, digest] of Object.entries(sourcesOf(read, unit)))
      if (fixed.files[file] !== digest) byFile.set(file, (byFile.get(file) ?? new Set()).add(unit.id));
  }
  return [...byFile]
    .map(([file, ids]) => ({ file, units: [...ids].sort() }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

const mostNamed = 4;

/** A line for each file, and what to do. */
export function warningsOf(changes: readonly Unversioned[]): string[] {
  if (changes.length === 0) return [];
  const lines = changes.map(
    ({ file, units }) => `${file} changed without a new version of ${fewNames(units, mostNamed)}.`,
  );
  return [
    ...lines,
    'Records made before and after it look alike: raise the version, or npm run versions confirms that results stay.',
  ];
}

/** Warnings for the built-in units among these, in a clone. */
export const versionWarnings = (units: readonly RegisteredUnit[]): string[] =>
  hasSources() ? warningsOf(unversionedChanges(units, fixedVersions(), sourcesHere())) : [];
