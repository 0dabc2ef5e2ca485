import { cellLabel, columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job, JobSpecification, RecordOf, UnitChoice } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { fewNames } from '../../core/few-names';
import { differences } from './identity';
import { settingDifferences } from './settings';

type Unclaimed = Extract<Stored, { status: 'of another run' }>;

/**
 * Records that no cell of a manifest claims: stale where a cell asks the same of other code, another engine or other settings,
 * with what differs; else of another run, which asked for other seeds or other cells.
 */
export function judged({ cells }: Pick<Manifest<Job>, 'cells'>, found: readonly Stored[]): Stored[] {
  if (!found.some(isUnclaimed)) return [...found];
  const kinds = new Kinds(cells);
  return found.map((stored): Stored => {
    if (!isUnclaimed(stored)) return stored;
    const { file, record } = stored;
    const { kind, hasOthers, code, engine, settings } = kinds.nearest(record.specification);
    const reason = [
      ...(code.length > 0 ? [`${code.join(', ')} since it was made`] : []),
      ...(engine ? [`it was trained by the engine ${engine.then}, not by ${engine.now}`] : []),
      ...(settings.length > 0 ? [`it was made with ${fewNames(settings)}`] : []),
    ].join('; ');
    if (!kind || reason === '') {
      const asked = kind ? cellLabel(record) : `${pairOf(record)}${hasOthers ? ' with its settings' : ''}`;
      return { ...stored, reason: `this experiment does not ask for ${asked}` };
    }
    return { status: 'stale', file, record, reason, cell: kind.bySeed.get(record.specification.seed)?.key };
  });
}

const isUnclaimed = (stored: Stored): stored is Unclaimed => stored.status === 'of another run';
const pairOf = (record: RecordOf): string => [rowOf(record), columnOf(record)].filter(Boolean).join(' x ');

/** How a job differs from those of `cells` that are most like it, but for its seed; empty where none is of its units. */
export function differenceFrom(cells: readonly Job[], specification: JobSpecification): string {
  const { code, engine, settings } = new Kinds(cells).nearest(specification);
  const engines = engine ? [`the engine ${engine.then} instead of ${engine.now}`] : [];
  return [...code, ...engines, ...(settings.length > 0 ? [fewNames(settings)] : [])].join(', ');
}

/** What of `cells` was measured with other code before, in a line for each change of the code. */
export function changesOf(cells: readonly Job[], found: readonly Stored[]): string[] {
  const kinds = new Kinds(cells);
  const all = found.flatMap((stored) => {
    if (stored.status !== 'stale') return [];
    const { kind, code } = kinds.nearest(stored.record.specification);
    const cell = kind?.bySeed.get(stored.record.specification.seed);
    return cell && code.length > 0 ? { cell, changes: code.join(', ') } : [];
  });
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

/** Cells that are the same but for their seed. */
interface Kind {
  readonly specification: JobSpecification;
  readonly bySeed: Map<number, Job>;
}

/** How a record differs from the cells that are most like it. */
interface Difference {
  /** Undefined where no cell asks for its units. */
  readonly kind?: Kind;
  /** Some ask for its units, with settings of several kinds, and none with its own. */
  readonly hasOthers?: boolean;
  /** "lstm went from version 1 to 2" */
  readonly code: readonly string[];
  readonly engine?: { readonly then: string; readonly now: string };
  /** "protocol.steps 500 instead of 1000" */
  readonly settings: readonly string[];
}

/** The cells of an experiment by their units; records of one kind are compared once. */
class Kinds {
  private readonly byUnits = new Map<string, Map<string, Kind>>();
  private readonly compared = new Map<string, Difference>();

  constructor(cells: readonly Job[]) {
    for (const cell of cells) {
      const { specification } = cell;
      const kinds = getOr(this.byUnits, unitsOf(specification), () => new Map<string, Kind>());
      const kind = getOr(kinds, textOf(specification), () => ({ specification, bySeed: new Map<number, Job>() }));
      kind.bySeed.set(specification.seed, cell);
    }
  }

  nearest(specification: JobSpecification): Difference {
    return getOr(this.compared, textOf(specification), () => this.compare(specification));
  }

  private compare(specification: JobSpecification): Difference {
    const kinds = [...(this.byUnits.get(unitsOf(specification))?.values() ?? [])];
    // A record of another schema tells its own reason, and its fields may mean something else.
    const alike = kinds.filter((kind) => kind.specification.schemaVersion === specification.schemaVersion);
    const [first] = alike
      .map((kind): Difference & { readonly kind: Kind } => ({ kind, ...differenceOf(specification, kind) }))
      .sort((a, b) => weightOf(a) - weightOf(b));
    // Where a unit is asked for with several settings, one with others still is a cell of its own.
    const isOther = !first || (first.settings.length > 0 && new Set(alike.map(settingsText)).size > 1);
    return isOther ? { hasOthers: first !== undefined, code: [], settings: [] } : first;
  }
}

function differenceOf(then: JobSpecification, { specification: now }: Kind): Omit<Difference, 'kind'> {
  const isSameEngine = then.engine === now.engine;
  return {
    code: differences({ ...then, ...(!isSameEngine && { engineRevision: now.engineRevision }) }, now),
    ...(!isSameEngine && { engine: { then: then.engine, now: now.engine } }),
    settings: settingDifferences(then, now),
  };
}

/** Settings weigh more than the engine, and that more than code. */
const weightOf = ({ settings, engine, code }: Difference): number =>
  10_000 * settings.length + 100 * Number(engine !== undefined) + code.length;

const settingsText = ({ specification }: Kind): string =>
  textOf({
    ...specification,
    ...{ study: unversioned(specification.study), architecture: unversioned(specification.architecture) },
    ...{ task: unversioned(specification.task), probes: specification.probes?.map((probe) => unversioned(probe)!) },
    ...{ engine: '', studyVersion: undefined, engineRevision: undefined, pluginCode: undefined },
  });
const unversioned = (choice: UnitChoice | undefined) => choice && { ...choice, version: 0 };

/** The order of keys is that in which studies write them. */
const textOf = (specification: JobSpecification): string => JSON.stringify({ ...specification, seed: 0 });
const unitsOf = ({ study, architecture, task, mode }: JobSpecification): string =>
  JSON.stringify([study?.id, architecture?.id, task?.id, mode]);

function getOr<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
