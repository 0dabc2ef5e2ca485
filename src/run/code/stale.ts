import { fingerprint, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job, JobSpecification, UnitChoice } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { differences } from './identity';

type Stale = Extract<Stored, { status: 'stale' }>;

/** Why records that no cell claims became stale, where that is the code; others keep their reason. */
export function withReasons({ cells }: Manifest<Job>, found: readonly Stored[]): Stored[] {
  const changed = new Map(changes(cells, found).map(({ stale, changes }) => [stale as Stored, changes]));
  return found.map((stored) => {
    const reasons = changed.get(stored);
    return reasons ? { ...stored, reason: `${reasons} since it was made` } : stored;
  });
}

/** What of `cells` was measured with other code before, in a line for each change of the code. */
export function changesOf(cells: readonly Job[], found: readonly Stored[]): string[] {
  const all = changes(cells, found);
  return [...new Set(all.map((each) => each.changes))].map((reasons) => {
    const cells = all.filter((each) => each.changes === reasons).map(({ cell }) => cell);
    const rows = [...new Set(cells.map(rowOf))];
    const count = new Set(cells.map(({ key }) => key)).size;
    const named =
      rows.length > mostNamed ? [...rows.slice(0, mostNamed), `${rows.length - mostNamed} more rows`] : rows;
    const anew = count === 1 ? '1 cell is measured anew' : `${count} cells are measured anew`;
    return `${named.join(', ')}: ${reasons} since these records were made; ${anew}.`;
  });
}

const mostNamed = 4;

/** Stale records whose cell is still asked for, with what became of its code. */
function changes(cells: readonly Job[], found: readonly Stored[]) {
  const stale = found.filter((stored): stored is Stale => stored.status === 'stale');
  if (stale.length === 0) return [];
  const successor = successors(cells);
  return stale.flatMap((each) => {
    const { specification } = each.record;
    const cell = successor(specification);
    // A record of another schema tells its own reason, and its fields may mean something else.
    if (!cell || specification.schemaVersion !== cell.specification.schemaVersion) return [];
    const found = differences(specification, cell.specification);
    return found.length > 0 ? { stale: each, cell, changes: found.join(', ') } : [];
  });
}

/** The cell that asks what a record answered: the one of the same settings, or else the only one of its units. */
function successors(cells: readonly Job[]): (specification: JobSpecification) => Job | undefined {
  const bySettings = new Map(cells.map((cell) => [settings(cell.specification), cell]));
  const byUnits = new Map<string, Job | undefined>();
  for (const cell of cells) {
    const name = units(cell.specification);
    byUnits.set(name, byUnits.has(name) ? undefined : cell);
  }
  return (specification) => bySettings.get(settings(specification)) ?? byUnits.get(units(specification));
}

const withoutVersion = (choice: UnitChoice | undefined) => choice && { ...choice, version: 0 };
const withoutCode = { studyVersion: undefined, engineRevision: undefined, pluginCode: undefined };

const settings = (specification: JobSpecification): string =>
  fingerprint({
    ...specification,
    ...withoutCode,
    study: withoutVersion(specification.study),
    architecture: withoutVersion(specification.architecture),
    task: withoutVersion(specification.task),
    probes: specification.probes?.map(withoutVersion),
  });

const units = ({ study, architecture, task, mode, seed, engine }: JobSpecification): string =>
  JSON.stringify([study?.id, architecture?.id, task?.id, mode, seed, engine]);
