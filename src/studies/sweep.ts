import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { zooError } from '../core/errors';
import { describeHyperparameters } from '../core/hyperparameters';
import { nearestNames } from '../core/nearest';
import { nested, overlaid } from '../core/overlay';
import { plainText } from '../core/plain-text';
import { Protocol } from '../core/protocol';
import { isPlainObject, knownKeys, quoted, validated } from '../core/validation';
import type { UnitEntry } from './experiment';
import type { Budget } from './match';
import type { SweepValues } from './sweep-values';

type Kind = 'architecture' | 'task';
type SettableUnit = RegisteredUnit<'architecture'> | RegisteredUnit<'task'>;

/** A row or column as an experiment writes it, or one that differs from it in one setting. */
export interface SweptEntry<Entry extends UnitEntry> {
  readonly entry: Entry;
  /** Place in the file. */
  readonly path: string;
  /** Name of the entry that this one differs from; absent where it is as written. */
  readonly base?: string;
  /** What is changed of the protocol; goes over everything else. */
  readonly protocol?: object;
}

/**
 * Settings of which one after the other takes other values while everything else stays as it is, as in the suites of
 * mechanistic tasks. `task.vocabulary` is a hyperparameter of every task that has it, `architecture.width` of every row,
 * `mqar.keys` of one unit; `protocol.trainingSequences` is a setting of the protocol, which makes columns.
 */
export class Sweep {
  private readonly used = new Set<string>();
  /** Paths that would have meant something. */
  private readonly known = new Set(describeHyperparameters(Protocol).map(({ name }) => `protocol.${name}`));

  constructor(
    private readonly registry: Registry,
    private readonly file: string,
    private readonly experiment: {
      readonly sweep?: SweepValues;
      readonly protocol: Protocol;
      readonly budget?: Budget;
    },
  ) {}

  /** Every entry, and behind it those that differ from it in one setting. */
  entries<Entry extends UnitEntry>(
    kind: Kind,
    written: readonly (readonly [Entry, string])[],
  ): readonly SweptEntry<Entry>[] {
    return written.flatMap(([entry, path]) => [
      { entry, path },
      ...this.paths().flatMap(([setting, values]) => this.changed(kind, entry, path, setting, values)),
    ]);
  }

  /** @throws invalid-value for a path that is of nothing here */
  requireUsed(): void {
    for (const [path] of this.paths()) {
      if (this.used.has(path)) continue;
      const problems = [`sweep: "${path}" is no setting of a row, of a column or of the protocol here`];
      throw zooError('invalid-value', { place: this.file, problems, nearest: nearestNames(path, [...this.known]) });
    }
  }

  private paths = () => Object.entries(this.experiment.sweep ?? {});

  private changed<Entry extends UnitEntry>(
    kind: Kind,
    entry: Entry,
    path: string,
    setting: string,
    values: readonly unknown[],
  ): SweptEntry<Entry>[] {
    const ofProtocol = behind('protocol', setting);
    if (ofProtocol !== undefined) {
      this.used.add(setting);
      return kind === 'task' ? this.protocolsOf(entry, path, ofProtocol, values) : [];
    }
    const unit = this.registry.resolve(kind, entry.id, `${this.file}, ${path}`) as SettableUnit;
    const shape = unit.meta.hyperparameters;
    const keys = shape ? knownKeys(shape) : [];
    const name = entry.label ?? unit.id;
    for (const own of [kind, name]) keys.forEach((each) => this.known.add(`${own}.${each}`));
    const key = [kind, name, entry.id].flatMap((own) => behind(own, setting) ?? []).find((own) => keys.includes(own));
    if (key === undefined) return [];
    this.used.add(setting);
    this.requireFree(unit, setting, key);
    return this.hyperparametersOf(unit, entry, name, path, key, values);
  }

  private hyperparametersOf<Entry extends UnitEntry>(
    unit: SettableUnit,
    entry: Entry,
    base: string,
    path: string,
    key: string,
    values: readonly unknown[],
  ): SweptEntry<Entry>[] {
    const place = { place: this.file, path: `sweep, ${base}` };
    const at = (value: unknown) => ({ ...entry.hyperparameters, [key]: value });
    const settingOf = (given: unknown) =>
      (this.registry.hyperparameters(unit, given, place) as Record<string, unknown>)[key];
    const usual = settingOf(entry.hyperparameters);
    return values.flatMap((value) =>
      isSame(settingOf(at(value)), usual)
        ? []
        : { path, base, entry: { ...entry, hyperparameters: at(value), label: labelOf(base, key, value) } },
    );
  }

  private protocolsOf<Entry extends UnitEntry>(
    entry: Entry,
    path: string,
    key: string,
    values: readonly unknown[],
  ): SweptEntry<Entry>[] {
    const base = entry.label ?? entry.id;
    const usual = valueAt(overlaid(this.experiment.protocol, entry.protocol), key);
    return values.flatMap((value) => {
      const protocol = nested(key, value);
      validated(Protocol, protocol, { place: this.file, path: 'sweep.protocol' });
      return isSame(value, usual)
        ? []
        : { path, base, entry: { ...entry, label: labelOf(base, key, value) }, protocol };
    });
  }

  /** What a budget solves for cannot be set as well. */
  private requireFree({ id, kind, meta }: SettableUnit, setting: string, key: string): void {
    const shape = meta.hyperparameters as { readonly scale?: string } | undefined;
    if (kind !== 'architecture' || !this.experiment.budget || shape?.scale !== key) return;
    const problems = [`sweep: "${setting}" is what "match" solves for in the row ${id}`];
    throw zooError('invalid-value', { place: this.file, problems });
  }
}

/** What a path says behind the name of an owner; undefined where it is not the owner's. */
const behind = (owner: string, path: string): string | undefined =>
  path.startsWith(`${owner}.`) ? path.slice(owner.length + 1) : undefined;

/** "mqar{keys=32}" */
const labelOf = (base: string, key: string, value: unknown): string =>
  `${base}{${key}=${typeof value === 'string' && plainText.test(value) ? value : quoted(value)}}`;

/** What is absent may be written as null. */
const isSame = (one: unknown, other: unknown): boolean => (one ?? null) === (other ?? null);

const valueAt = (object: object, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), object);
