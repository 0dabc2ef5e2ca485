import 'reflect-metadata';
import type { Architecture, ArchitectureMeta } from '../src/core/contracts/architecture';
import type { Baseline, BaselineMeta } from '../src/core/contracts/baseline';
import { inject, injectable } from 'tsyringe';
import type { Experiment } from '../src/core/experiment';
import type { PluginCode } from '../src/core/contracts/record';
import type { EngineMeta, EngineSource } from '../src/core/contracts/engine';
import type { Executor, ExecutorMeta } from '../src/core/contracts/executor';
import type { Intervention, InterventionMeta } from '../src/core/contracts/intervention';
import type { Log, LogMeta } from '../src/core/contracts/log';
import type { Plot, PlotMeta } from '../src/core/contracts/plot';
import type { Probe, ProbeMeta } from '../src/core/contracts/probe';
import type { Study, StudyMeta } from '../src/core/contracts/study';
import type { Task, TaskMeta } from '../src/core/contracts/task';
import type { View, ViewMeta } from '../src/core/contracts/view';

/**
 * Units are recognised by a registered symbol, never by `instanceof`: a plugin may carry its own copy of this package.
 */
const mark = Symbol.for('chomsky-zoo/unit');

/** What each kind of unit says of itself. */
export interface UnitMetas {
  architecture: ArchitectureMeta;
  task: TaskMeta;
  baseline: BaselineMeta;
  engine: EngineMeta;
  executor: ExecutorMeta;
  study: StudyMeta;
  view: ViewMeta;
  plot: PlotMeta;
  probe: ProbeMeta;
  intervention: InterventionMeta;
  log: LogMeta;
}
/** Name of a kind: `architecture`, `task`, `view` and so on. */
export type UnitKind = keyof UnitMetas;

export interface UnitInstances {
  architecture: Architecture;
  task: Task;
  baseline: Baseline;
  engine: EngineSource;
  executor: Executor;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a study reads and writes is its own business
  study: Study<any, any, any, any>;
  view: View;
  plot: Plot;
  probe: Probe;
  intervention: Intervention;
  log: Log;
}

/** What several units of a kind are called, in plugins and on the command line. */
export const plurals = {
  architecture: 'architectures',
  task: 'tasks',
  baseline: 'baselines',
  engine: 'engines',
  executor: 'executors',
  study: 'studies',
  view: 'views',
  plot: 'plots',
  probe: 'probes',
  intervention: 'interventions',
  log: 'logs',
} as const satisfies Record<UnitKind, string>;
export const unitKinds = Object.keys(plurals) as readonly UnitKind[];

/**
 * A decorated class, made by the container: its constructor may ask for whatever that knows or can make. A task is given
 * its hyperparameters where its constructor asks for their class, or first; an architecture is given them in `build`.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a constructor asks for is its own business
export type UnitClass<K extends UnitKind = UnitKind> = new (...dependencies: any[]) => UnitInstances[K];

/** A decorated class with its kind and what it says of itself. */
export interface Unit<K extends UnitKind = UnitKind> {
  readonly kind: K;
  readonly meta: UnitMetas[K];
  readonly unitClass: UnitClass<K>;
}

/** A unit with its place: the file or the plugin it came from, and its page. */
export interface RegisteredUnit<K extends UnitKind = UnitKind> extends Unit<K> {
  /** Name it is asked for by: `meta.id`, after the plugin's namespace where there is one. */
  readonly id: string;
  /** File or plugin, for messages. */
  readonly origin: string;
  /** All code it is made of: a wrapped row has that of its wrapper as well. */
  readonly code: readonly UnitCode[];
  /** Files its page may be in, best first. */
  readonly pages: readonly string[];
  /** The unit itself, made by the container of its registry. */
  readonly make?: () => UnitInstances[K];
  /** Where the name says more than an id (`regex:(ab)*`): the unit that is measured, with what the name sets. */
  readonly stands?: { readonly for: string; readonly hyperparameters: Readonly<Record<string, unknown>> };
}

/** Where the code of a unit is: in a plugin, or in a file of the zoo (its path from the root of the code). */
export type UnitCode = { readonly plugin: PluginCode } | { readonly file: string };

function decorator<K extends UnitKind>(kind: K, meta: UnitMetas[K]) {
  return <C extends UnitClass<K>>(unitClass: C): C => {
    Object.defineProperty(unitClass, mark, { value: { kind, meta, unitClass } satisfies Unit<K> });
    injectable()(unitClass as UnitClass);
    return unitClass;
  };
}

/** Under this token the container has the hyperparameters of the task that is being made. */
export const hyperparametersToken = Symbol.for('chomsky-zoo/hyperparameters');

/** Marks the parameter of a constructor that is given the hyperparameters: the one of their class, or the first. */
function takesHyperparameters(unitClass: UnitClass<'task'>, shape: new () => object): void {
  const types = (Reflect.getMetadata('design:paramtypes', unitClass) ?? []) as unknown[];
  inject(hyperparametersToken)(unitClass, undefined, Math.max(0, types.indexOf(shape)));
}

/** Declares a class to be an architecture (a row of the matrix). */
export const architecture = <H extends object>(meta: ArchitectureMeta<H>) =>
  decorator('architecture', meta as unknown as ArchitectureMeta);
/** Declares a class to be a task (a column of the matrix). */
export const task =
  <H extends object>(meta: TaskMeta<H>) =>
  <C extends UnitClass<'task'>>(unitClass: C): C => {
    if (meta.hyperparameters) takesHyperparameters(unitClass, meta.hyperparameters);
    return decorator('task', meta as TaskMeta)(unitClass);
  };
/** Declares a class to be a baseline (a row without parameters). */
export const baseline = (meta: BaselineMeta) => decorator('baseline', meta);

/** Declares a class to be a way to compute programs. */
export const engine = (meta: EngineMeta) => decorator('engine', meta);
/** Declares a class to be a place where jobs run. */
export const executor = (meta: ExecutorMeta) => decorator('executor', meta);
/** Declares a class to be a kind of measurement. */
export const study = <E extends Experiment>(meta: StudyMeta<E>) => decorator('study', meta as unknown as StudyMeta);
/** What the view of something in a format is called: `matrix-svg`. */
export const viewId = (of: string, format: string): string => `${of}-${format}`;
/** Declares a class to draw what a study summarises, in one format. */
export const view = (meta: Omit<ViewMeta, 'id'>) => decorator('view', { ...meta, id: viewId(meta.of, meta.format) });

/** Declares a class to make figures of what a study summarises. */
export const plot = (meta: PlotMeta) => decorator('plot', meta);

/** Declares a class to measure something of a model, in training or after. */
export const probe = <H extends object>(meta: ProbeMeta<H>) => decorator('probe', meta as unknown as ProbeMeta);
/** Declares a class to change what a trained model computes. */
export const intervention = <H extends object>(meta: InterventionMeta<H>) =>
  decorator('intervention', meta as unknown as InterventionMeta);
/** Declares a class to write what happens in a run, for other programs. */
export const log = (meta: LogMeta) => decorator('log', meta);

/** The unit itself: by its container where it is registered. */
export const instanceOf = <K extends UnitKind>(unit: Unit<K> & Pick<RegisteredUnit<K>, 'make'>): UnitInstances[K] =>
  unit.make ? unit.make() : new unit.unitClass();

/** The unit a value is, or undefined: only a class that carries the mark itself counts, not one that inherits it. */
export function unitOf(value: unknown): Unit | undefined {
  return typeof value === 'function' && Object.hasOwn(value, mark)
    ? (value as unknown as Record<symbol, Unit>)[mark]
    : undefined;
}

const wrapperMark = Symbol.for('chomsky-zoo/wrapper');

/** Makes rows out of rows: `cot-lstm` is the wrapper with prefix `cot` around `lstm`. */
export interface Wrapper {
  readonly prefix: string;
  /** The wrapped row; its `meta.id` is `<prefix>-<id of the base>`. */
  readonly wrap: (base: UnitClass<'architecture'>) => UnitClass<'architecture'>;
}

/** Declares a function to be a wrapper, so that `<prefix>-<id>` is a name of every row it can wrap. */
export function wrapper<F extends Wrapper['wrap']>(prefix: string, wrap: F): F {
  Object.defineProperty(wrap, wrapperMark, { value: { prefix, wrap } satisfies Wrapper });
  return wrap;
}

/** The wrapper a value is, or undefined. */
export function wrapperOf(value: unknown): Wrapper | undefined {
  return typeof value === 'function' && Object.hasOwn(value, wrapperMark)
    ? (value as unknown as Record<symbol, Wrapper>)[wrapperMark]
    : undefined;
}

const familyMark = Symbol.for('chomsky-zoo/family');

/**
 * Names for tasks made of what a user writes: `regex:(ab)*` is the task `regex` with that expression, and is measured
 * as such, so that its name is short and its cells hold the whole expression.
 */
export interface TaskFamily {
  /** Id of the task whose hyperparameter the text after the colon sets. */
  readonly base: string;
  readonly hyperparameter: string;
  /** Whether the text is the name of a file, whose content is the value. */
  readonly fromFile?: boolean;
  /**
   * Where files are too large for a cell: the digest of what lies at a path, which is the value. The task finds the path by
   * it (`DataFiles`). `name` is the path as it was written, for messages.
   */
  readonly digestOf?: (path: string, name: string) => string;
  /** The task of one text, whose meta says what is special about it; `value` is the text, or content or digest of its file. */
  readonly create: (text: string, value: string) => UnitClass<'task'>;
}

/** Declares a function to make the tasks of a family, so that `<base>:<text>` is a name of each. */
export function family<F extends TaskFamily['create']>(description: Omit<TaskFamily, 'create'>, create: F): F {
  Object.defineProperty(create, familyMark, { value: { ...description, create } satisfies TaskFamily });
  return create;
}

/** The family a value makes, or undefined. */
export function familyOf(value: unknown): TaskFamily | undefined {
  return typeof value === 'function' && Object.hasOwn(value, familyMark)
    ? (value as unknown as Record<symbol, TaskFamily>)[familyMark]
    : undefined;
}
