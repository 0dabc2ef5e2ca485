import type { DependencyContainer } from 'tsyringe';
import type { PluginCode } from '../src/core/contracts/record';
import type { ArchitectureMeta } from '../src/core/contracts/architecture';
import type { Task } from '../src/core/contracts/task';
import { spelling, type OtherName } from '../src/core/contracts/other-name';
import { createContainer, tokens } from './container';
import { DataFiles } from './data-files';
import { ExpectedUnits, type ExpectedModule } from './expected-units';
import { zooError } from '../src/core/errors';
import { Families } from './families';
import { metaProblems } from './meta-rules';
import { nearestNames } from '../src/core/nearest';
import {
  familyOf,
  hyperparametersToken,
  unitOf,
  wrapperOf,
  type RegisteredUnit,
  type Unit,
  type UnitInstances,
  type UnitCode,
  type UnitKind,
  type Wrapper,
} from './units';
import { isPlainObject, validated, type ValidationOptions } from '../src/core/validation';

interface RegisteredWrapper extends Wrapper {
  readonly code: readonly UnitCode[];
}

export interface Registration {
  readonly origin: string;
  /** Absent: the file `origin`. */
  readonly plugin?: PluginCode;
  /** Where the units are written, for messages; absent: `origin`. */
  readonly file?: string;
  /** Prefix of ids: `acme` makes `acme/parity`. */
  readonly namespace?: string;
  /** Files the page of a unit may be in, given its id without namespace. */
  readonly pagesOf?: (id: string) => readonly string[];
}

/** What one zoo knows: its units by name, held in a tsyringe container of its own. */
export class Registry {
  private readonly families: Families;
  /** What the container holds of units: it makes a list anew whenever it is asked. */
  private readonly units = new Map<UnitKind, Map<string, RegisteredUnit>>();
  private readonly classes = new Set<unknown>();
  private readonly expected = new ExpectedUnits();
  /** Where the files are that tasks are made of. */
  readonly data = new DataFiles();

  /** Files in names of tasks (`grammar:mine.bnf`) are looked for from these folders in turn; default: where the process is. */
  constructor(
    readonly container: DependencyContainer = createContainer(),
    ...folders: readonly string[]
  ) {
    this.families = new Families(container, folders.length > 0 ? folders : [process.cwd()], this.data);
    container.register(DataFiles, { useValue: this.data });
    container.register(Registry, { useValue: this });
  }

  /** Units that are loaded when they are asked for, by name or with all of their kind; the container lists them, too. */
  expect(module: ExpectedModule): void {
    this.expected.add(module);
    for (const [kind, id] of module.units)
      this.container.register(tokens[kind], { useFactory: () => this.known(kind, id) });
  }

  /**
   * Registers whatever among `values` is a unit, a wrapper or a family; returns the units. The same twice counts once.
   * @throws invalid-unit where a unit says something wrong of itself, or duplicate-unit
   */
  register(values: Iterable<unknown>, registration: Registration): RegisteredUnit[] {
    const { origin, plugin, file = origin, namespace, pagesOf } = registration;
    const registered: RegisteredUnit[] = [];
    const code: UnitCode[] = [plugin ? { plugin } : { file: origin }];
    for (const value of values) {
      const wrapper = wrapperOf(value);
      if (wrapper && !this.wrappers().some(({ wrap }) => wrap === wrapper.wrap)) {
        this.container.register<RegisteredWrapper>(tokens.wrapper, { useValue: { ...wrapper, code } });
      }
      const family = familyOf(value);
      if (family) this.families.add(family, namespace);
      const unit = unitOf(value);
      if (!unit) continue;
      checkMeta(unit, file);
      this.expected.load(unit.kind, unit.meta.id);
      if (this.classes.has(unit.unitClass)) continue;
      const id = namespace ? `${namespace}/${unit.meta.id}` : unit.meta.id;
      registered.push(this.add({ ...unit, id, origin, code, pages: pagesOf?.(unit.meta.id) ?? [] }));
    }
    return registered;
  }

  /**
   * The unit itself, made by the container with whatever its constructor asks for.
   * @throws unit-dependency naming class and parameter
   */
  create<K extends UnitKind>(unit: Unit<K>, hyperparameters?: object): UnitInstances[K] {
    const container = hyperparameters ? this.container.createChildContainer() : this.container;
    if (hyperparameters) container.register(hyperparametersToken, { useValue: hyperparameters });
    try {
      return container.resolve(unit.unitClass);
    } catch (error) {
      throw dependencyError(unit, error) ?? error;
    }
  }

  architectures = () => this.all('architecture');
  tasks = () => this.all('task');
  baselines = () => this.all('baseline');

  /** Every unit of a kind, by name. tsyringe would let a child hide its parent's list: a zoo has one container. */
  all<K extends UnitKind>(kind: K): RegisteredUnit<K>[] {
    this.expected.loadKind(kind);
    const units = [...(this.units.get(kind)?.values() ?? [])] as RegisteredUnit[] as RegisteredUnit<K>[];
    return units.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /**
   * The unit called `id`, wrapping a row where the name asks for it (`cot-lstm`).
   * @throws unknown-unit with the nearest names; `place` says who asked.
   */
  resolve<K extends UnitKind>(kind: K, id: string, place?: string): RegisteredUnit<K> {
    const found = this.find(kind, id);
    if (found) return found;
    throw zooError('unknown-unit', { kind, id, place, ...this.nearest(kind, id) });
  }

  /** What a name that no unit has may mean: another spelling, what others call so, the nearest names. */
  nearest(kind: UnitKind, id: string): { readonly nearest: readonly string[]; readonly known?: KnownElsewhere } {
    const spelt = this.names(kind).filter((name) => spelling(name) === spelling(id));
    if (spelt.length) return { nearest: spelt };
    for (const unit of this.all(kind)) {
      const { otherNames = [] } = unit.meta as { readonly otherNames?: readonly OtherName[] };
      const known = otherNames.find(({ name }) => spelling(name) === spelling(id));
      if (known) return { nearest: [unit.id], known: { here: unit.id, ...known } };
    }
    return { nearest: (kind === 'task' && this.families.nearest(id)) || nearestNames(id, this.names(kind)) };
  }

  /** The unit called `id`, or undefined. */
  find<K extends UnitKind>(kind: K, id: string): RegisteredUnit<K> | undefined {
    const made = () => {
      if (kind === 'architecture') return this.wrapped(id);
      if (kind !== 'task') return undefined;
      this.expected.loadFamilies();
      return this.families.find(id, (base) => this.known('task', base) as RegisteredUnit<'task'> | undefined);
    };
    return (this.known(kind, id) ?? made()) as RegisteredUnit<K> | undefined;
  }

  /** A task ready to use, with `hyperparameters` checked and defaults filled in. */
  createTask(id: string, hyperparameters: unknown = {}, options: ValidationOptions = { place: id }): Task {
    const unit = this.resolve('task', id);
    return this.create(unit, this.hyperparameters(unit, hyperparameters, options));
  }

  /** All hyperparameters of a unit: `given`, checked, over the defaults. */
  hyperparameters(
    unit: RegisteredUnit<'architecture' | 'task' | 'probe' | 'intervention'>,
    given: unknown,
    options: ValidationOptions,
  ): object {
    const values = given ?? {};
    const all = isPlainObject(values) ? { ...unit.stands?.hyperparameters, ...values } : values;
    return validated(unit.meta.hyperparameters ?? NoHyperparameters, all, options);
  }

  /** Every name of every unit of a kind. */
  names = (kind: UnitKind): string[] => [...new Set(this.all(kind).flatMap(this.namesOf))];

  /** Its id, and the names of what wraps it: `cot-lstm` of `lstm`. */
  namesOf = ({ id, kind, meta }: RegisteredUnit): string[] => {
    const isWrapped = kind === 'architecture' && (meta as ArchitectureMeta).capabilities.causal;
    const [namespace, name] = namespaced(id);
    return [id, ...(isWrapped ? this.wrappers().map(({ prefix }) => `${namespace}${prefix}-${name}`) : [])];
  };

  /** What stands before the colon in names that hold what a user writes. */
  familyNames = (): string[] => {
    this.expected.loadFamilies();
    return this.families.bases();
  };

  /** By prefix, in whatever order they were loaded. */
  private wrappers = () => {
    this.expected.loadWrappers();
    const all = this.registered<RegisteredWrapper>(tokens.wrapper);
    return all.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  };

  /** A unit that was registered or is expected: what has the name itself. */
  private known(kind: UnitKind, id: string): RegisteredUnit | undefined {
    this.expected.load(kind, id);
    return this.units.get(kind)?.get(id);
  }

  private registered<T>(token: symbol): T[] {
    return this.container.isRegistered(token) ? this.container.resolveAll<T>(token) : [];
  }

  private add(unit: RegisteredUnit): RegisteredUnit {
    const first = this.known(unit.kind, unit.id);
    if (first)
      throw zooError('duplicate-unit', {
        kind: unit.kind,
        id: unit.id,
        first: first.origin,
        second: unit.origin,
      });
    const registered: RegisteredUnit = { ...unit, make: () => this.create(unit) };
    if (!this.expected.has(unit.kind, unit.id)) this.container.register(tokens[unit.kind], { useValue: registered });
    if (!this.units.has(unit.kind)) this.units.set(unit.kind, new Map());
    this.units.get(unit.kind)!.set(unit.id, registered);
    this.classes.add(unit.unitClass);
    return registered;
  }

  private wrapped(id: string): RegisteredUnit<'architecture'> | undefined {
    const [namespace, name] = namespaced(id); // acme/cot-gru wraps acme/gru
    const wrapper = this.wrappers().find(({ prefix }) => name.startsWith(`${prefix}-`));
    const base = wrapper && this.find('architecture', namespace + name.slice(wrapper.prefix.length + 1));
    const unit = base && unitOf(wrapper.wrap(base.unitClass));
    if (!unit) return undefined;
    const { origin, pages } = base;
    return this.add({
      ...unit,
      id,
      origin,
      pages,
      code: [...wrapper.code, ...base.code],
    }) as RegisteredUnit<'architecture'>;
  }
}

type KnownElsewhere = Required<Pick<OtherName, 'here' | 'source'>> & OtherName;

/** `acme/` and `gru` of `acme/gru`. */
function namespaced(id: string): [namespace: string, name: string] {
  const [, namespace = '', name = ''] = /^(.*\/)?(.*)$/s.exec(id)!;
  return [namespace, name];
}

class NoHyperparameters {}

function checkMeta({ kind, meta, unitClass }: Unit, file: string): void {
  const problems = metaProblems(kind, meta);
  if (problems.length === 0) return;
  const id = isPlainObject(meta) && typeof meta.id === 'string' ? meta.id : unitClass.name;
  throw zooError('invalid-unit', {
    kind,
    id,
    file,
    problems: problems.map(({ text }) => text),
    nearest: [...new Set(problems.flatMap(({ nearest }) => nearest))],
  });
}

/** What tsyringe says where it cannot give a constructor what it asks for. */
const injectionFailure = /^(Cannot inject the dependency|TypeInfo not known for|Attempted to resolve unregistered)/;

function dependencyError({ kind, meta, unitClass }: Unit, error: unknown): Error | undefined {
  if (!(error instanceof Error) || !injectionFailure.test(error.message)) return undefined;
  const reason = error.message.replace(/\s+/g, ' ');
  return zooError('unit-dependency', { kind, id: meta.id, className: unitClass.name, reason });
}
