import type { ManifestClaim, ManifestColumn, ManifestRow } from '../core/contracts/manifest';
import type { CellSpecification, UnitChoice } from '../core/contracts/record';
import type { Task, TaskMeta } from '../core/contracts/task';
import { zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import { Protocol } from '../core/protocol';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { usualSetting } from '../model/sizes';
import { joinPath, knownKeys, validated } from '../core/validation';
import { vocabularyOf } from '../data/format';
import type { Vocabulary } from '../data/vocabulary';
import { plainJson } from '../core/cell';
import { claimsOfRows } from '../literature/published';
import { levelOf } from '../theory/declared-column';
import { isValid, matched, type Budget } from './match';
import type { ArchitectureEntry, UnitEntry } from './experiment';
import { familyBeside } from './family';
import { glob, idsMeant, selectorOf } from './selection';
import type { SearchValues } from './search-values';
import type { SweptEntry } from './sweep';

/** A row of the grid: an architecture or a baseline. */
export interface Row {
  /**
   * With every hyperparameter, `given` over those that are written. Where a budget is to be met, they depend on the size of the
   * column's vocabulary.
   */
  readonly choice: (column: Column, protocol: Protocol, given?: Readonly<Record<string, unknown>>) => UnitChoice;
  /** Instead of the experiment's; false: none. */
  readonly search?: SearchValues | false;
  /** Hyperparameters that can be given: all but what is solved for where a budget is to be met. */
  readonly searchable: readonly string[];
  /** Whether one of them can have a value, the others as they are written. */
  readonly allows: (name: string, value: unknown) => boolean;
  readonly mode: CellSpecification['mode'];
  /** What it changes of the experiment's protocol. */
  readonly protocol?: object;
  /** Names of the columns that it is measured on, as patterns; absent: all of them. */
  readonly columns?: readonly string[];
  /** Instead of the experiment's. */
  readonly seeds?: readonly number[];
  /** How it appears in the manifest; its id is the label where there is one. */
  readonly shown: ManifestRow;
  /** Name of the row that it differs from in one setting. */
  readonly base?: string;
}

/** A column of the grid: a task, with every hyperparameter. */
export interface Column {
  readonly choice: UnitChoice;
  readonly protocol?: object;
  readonly task: Task;
  readonly labels: TaskMeta['labels'];
  readonly shown: ManifestColumn;
  /** Name of the column that it differs from in one setting, and that setting where it is one of the protocol. */
  readonly base?: string;
  readonly swept?: object;
}

/** Looks up and checks what an experiment file names; every error says where in the file. */
export class GridReader {
  private published?: Map<string, ManifestClaim[]>;

  constructor(
    private readonly registry: Registry,
    private readonly file: string,
    private readonly budget?: Budget,
  ) {}

  /**
   * Every entry with its place, `*` in an id written out: `"*"` is every unit of the kind, `"tomita-*"` a few, and so
   * are `"level:counter"` and `"family:dyck"`. A unit
   * that has an entry of its own stays as it is written there.
   */
  entries<Entry extends UnitEntry>(
    kind: 'architecture' | 'task',
    written: readonly Entry[],
    path: string,
  ): (readonly [Entry, string])[] {
    const isPattern = ({ id }: UnitEntry) => (id.includes('*') && !id.includes(':')) || selectorOf(id) !== undefined; // "regex:(ab)*" is a name
    const taken = new Set(written.filter((entry) => !isPattern(entry)).map(({ id }) => id));
    return written.flatMap((entry, at): (readonly [Entry, string])[] => {
      const place = `${path}[${at}]`;
      if (!isPattern(entry)) return [[entry, place]];
      const meant = idsMeant(this.registry.all(kind), entry.id);
      if (meant.length === 0)
        throw zooError('unknown-unit', { kind, id: entry.id, nearest: [], place: `${this.file}, ${place}` });
      const fresh = meant.filter((id) => !taken.has(id));
      fresh.forEach((id) => taken.add(id));
      return fresh.map((id) => [{ ...entry, id }, place]);
    });
  }

  architecture({ entry, path, base }: SweptEntry<ArchitectureEntry>): Row {
    const unit = this.registry.resolve('architecture', entry.id, `${this.file}, ${path}`);
    const { title, mode = 'direct' } = unit.meta;
    const choice = this.budget ? undefined : this.choose(unit, entry, path);
    const shape = unit.meta.hyperparameters as ((new () => object) & { readonly scale?: string }) | undefined;
    return {
      choice: ({ task }, protocol, given) => {
        if (choice && !given) return choice;
        const whole = { ...entry, hyperparameters: { ...entry.hyperparameters, ...given } };
        return this.budget
          ? this.match(unit, whole, path, vocabularyOf(task, mode, protocol))
          : this.choose(unit, whole, given ? 'search' : path);
      },
      search: entry.search,
      searchable: shape ? knownKeys(shape).filter((name) => !(this.budget && name === shape.scale)) : [],
      allows: (name, value) =>
        isValid(() =>
          this.registry.hyperparameters(unit, { ...entry.hyperparameters, [name]: value }, { place: this.file }),
        ),
      mode,
      protocol: this.override(entry.protocol, path),
      columns: entry.tasks,
      seeds: entry.seeds,
      shown: {
        id: entry.label ?? unit.id,
        title,
        kind: 'architecture',
        ...familyBeside(this.registry, unit, entry.label ?? unit.id),
        // What is published is of the row as it is.
        claims: base === undefined ? this.claimsOf(unit) : [],
      },
      base,
    };
  }

  baseline(id: string, path: string): Row {
    const { meta } = this.registry.resolve('baseline', id, `${this.file}, ${path}`);
    return {
      choice: () => ({ id, version: meta.version, hyperparameters: {} }),
      searchable: [],
      allows: () => false,
      mode: 'baseline',
      shown: {
        id,
        title: meta.title,
        kind: 'baseline',
        claims: [],
        ...(meta.usesSolver && { usesSolver: true }),
      },
    };
  }

  task({ entry, path, base, protocol: swept }: SweptEntry<UnitEntry>): Column {
    const unit = this.registry.resolve('task', entry.id, `${this.file}, ${path}`);
    const { title, labels } = unit.meta;
    const choice = this.choose(unit, entry, path);
    const task = this.registry.createTask(choice.id, choice.hyperparameters);
    return {
      choice,
      protocol: this.override(entry.protocol, path),
      task,
      labels,
      shown: {
        id: entry.label ?? unit.id,
        title,
        level: levelOf(unit.meta, task, choice.hyperparameters),
        ...familyBeside(this.registry, unit, entry.label ?? unit.id),
      },
      base,
      swept,
    };
  }

  /** What is published of a row, in `literature` or by the plugin that it comes from. */
  private claimsOf({ id, meta }: RegisteredUnit<'architecture'>): ManifestClaim[] {
    this.published ??= claimsOfRows();
    const own = (meta.claims ?? []).map(({ reference: { authors, place }, ...claim }) => ({
      ...claim,
      source: [authors, place].filter(Boolean).join(', '),
    }));
    return [...(this.published.get(id) ?? []), ...own];
  }

  /** Checks part of a protocol on its own, so that an error names the place where it is written. */
  override(protocol: object | undefined, path: string): object | undefined {
    if (protocol) validated(Protocol, protocol, { place: this.file, path: joinPath(path, 'protocol') });
    return protocol;
  }

  /** A row cannot ask for columns that the experiment does not have. */
  requireColumns(rows: readonly Row[], columns: readonly Column[]): void {
    const known = columns.map(({ shown }) => shown.id);
    for (const { shown, columns: wanted = [] } of rows) {
      const unknown = wanted.find((name) => !known.some((id) => glob(name).test(id)));
      if (unknown === undefined) continue;
      const problems = [`the row ${shown.id} is to be measured on "${unknown}", which is no column of the experiment`];
      throw zooError('invalid-value', { place: this.file, problems, nearest: nearestNames(unknown, known) });
    }
  }

  /** Two rows or columns of one name could not be told apart. */
  requireDistinct(shown: readonly { readonly id: string }[], path: string): void {
    const ids = shown.map(({ id }) => id);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice === undefined) return;
    const problems = [`${path} has "${twice}" twice: give one of them a "label" of its own`];
    throw zooError('invalid-value', { place: this.file, problems });
  }

  private choose(
    unit: RegisteredUnit<'architecture'> | RegisteredUnit<'task'>,
    entry: UnitEntry,
    path: string,
  ): UnitChoice {
    const place = { place: this.file, path: joinPath(path, 'hyperparameters') };
    return choiceOf(unit, this.registry.hyperparameters(unit, entry.hyperparameters, place));
  }

  private match(
    unit: RegisteredUnit<'architecture'>,
    entry: UnitEntry,
    path: string,
    { size: vocabularySize }: Vocabulary,
  ): UnitChoice {
    const options = {
      given: entry.hyperparameters,
      setting: { ...usualSetting, vocabularySize },
      place: this.file,
      path: joinPath(path, 'hyperparameters'),
    };
    return choiceOf(unit, matched(this.registry, unit, this.budget!, options));
  }
}

const choiceOf = (
  { id, stands, meta }: RegisteredUnit<'architecture'> | RegisteredUnit<'task'>,
  hyperparameters: object,
): UnitChoice => ({
  id: stands?.for ?? id,
  version: meta.version,
  hyperparameters: plainJson({ ...hyperparameters }),
});
