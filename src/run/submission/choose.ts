import { cellLabel, columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job, PluginCode, RecordOf } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { fewNames } from '../../core/few-names';
import { searchKeysOf } from '../../core/search';
import { plainManifest } from './submission';
import type { MadeWith } from './head';

/** What is asked of results, and what there is of it. */
export interface Offered {
  /** The part that is asked for. */
  readonly manifest: Manifest<Job>;
  /** By key, with what is not of the code at hand marked as stale. */
  readonly stored: ReadonlyMap<string, Stored>;
  /** Records that no cell asks for. */
  readonly scanned: readonly Stored[];
  readonly searches: readonly RecordOf[];
  /** Why a job failed when it was last tried. */
  failureOf(job: Job): string | undefined;
}

/** What of it others can check, and what was left out. */
export interface Chosen {
  readonly manifest: Manifest<Job>;
  readonly records: readonly RecordOf[];
  /** A line for each reason, with the cells that it holds for. */
  readonly leftOut: readonly string[];
}

/**
 * Cells whose record is finished and of the code at hand: what failed, was never run, is damaged, was made by other code, or of
 * files that nobody else has, could not be checked by others. Rows and columns without a cell go too.
 */
export function chosenOf({ manifest, stored, scanned, searches, failureOf }: Offered): Chosen {
  const reasons = new Map<string, string[]>();
  const leaveOut = (reason: string, what: string) => reasons.set(reason, [...(reasons.get(reason) ?? []), what]);
  const records: RecordOf[] = [];
  const cells = manifest.cells.filter((cell) => {
    const found = stored.get(cell.key) ?? { status: 'missing' };
    const files = Object.values(cell.data ?? {});
    if (found.status === 'finished' && files.length === 0) {
      records.push(found.record);
      return true;
    }
    leaveOut(
      files.length > 0 ? 'made of a file that others do not have' : reasonOf(found, failureOf(cell)),
      cellLabel(cell),
    );
    return false;
  });
  for (const found of scanned)
    if (found.status === 'stale' || found.status === 'corrupt')
      leaveOut(reasonOf(found, undefined), found.status === 'stale' ? cellLabel(found.record) : found.file);
  const needed = searchKeysOf(cells);
  const rows = new Set(cells.map(rowOf));
  const columns = new Set(cells.map(columnOf));
  const { costs, architectures, tasks } = manifest;
  return {
    manifest: plainManifest({
      ...manifest,
      architectures: architectures.filter(({ id }) => rows.has(id)),
      tasks: tasks.filter(({ id }) => columns.has(id)),
      cells,
      ...(costs && { costs: costs.filter(({ architecture, task }) => rows.has(architecture) && columns.has(task)) }),
    }),
    records: [...records, ...searches.filter(({ key }) => needed.has(key))],
    leftOut: [...reasons].map(([reason, what]) => `${fewNames(what, 3, '; ')}: ${reason}`),
  };
}

function reasonOf(found: Stored, failure: string | undefined): string {
  if (found.status === 'stale') return `stale, ${found.reason}`;
  if (found.status === 'corrupt') return `damaged, ${found.reason}`;
  return failure === undefined ? 'not run' : `failed, ${failure}`;
}

/** Plugins that have a part in records, once each. */
export function pluginsIn(records: readonly RecordOf[]): PluginCode[] {
  const found = records.flatMap(({ specification }) => specification.pluginCode ?? []);
  const byDigest = new Map(found.map((code) => [`${code.name}\n${code.digest}`, code]));
  return [...byDigest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
}

/** What records were made with, each value once and in order. */
export function madeWith(records: readonly RecordOf[], zoo: string): MadeWith {
  const valuesOf = (value: (record: RecordOf) => string | undefined) =>
    [...new Set(records.flatMap((record) => value(record) ?? []))].sort();
  return {
    zoo: valuesOf(({ provenance }) => provenance.versions[zoo]),
    runtimes: valuesOf(({ provenance }) => provenance.runtime),
    engines: valuesOf(({ provenance }) => provenance.engine),
    machines: valuesOf(({ provenance }) => provenance.machine),
  };
}
