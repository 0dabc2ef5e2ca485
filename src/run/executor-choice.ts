import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { availableParallelism } from 'node:os';
import type { Executor } from '../core/contracts/executor';
import type { Job } from '../core/contracts/record';
import { zooError } from '../core/errors';
import { executorSettings } from './executor-settings';

/** What a command says of where jobs run. */
export interface ExecutorChoice {
  /** Absent: the one that is taken for so many workers. */
  readonly executor?: string;
  /** `name=value` of its settings. */
  readonly setExecutor?: readonly string[];
  /** Absent: as many as suit the jobs. */
  readonly workers?: number;
}

/** An executor, and what is set of it. */
export interface ChosenExecutor {
  readonly executor: Executor;
  readonly settings: object;
}

/**
 * Jobs at a time where nobody says how many: one for each core, and none besides this process where a single one is to be
 * trained, since another process would have to load everything once more.
 */
export function workersFor(jobs: readonly Job[], { executor, workers }: ExecutorChoice): number {
  if (workers !== undefined) return workers;
  const trained = jobs.filter(({ specification }) => specification.engine !== 'none').length;
  return executor === undefined && trained <= 1 ? 0 : availableParallelism();
}

/**
 * The executor of that name, or where none is named the one that is taken for so many workers.
 * @throws unknown-unit, invalid-value, or usage where none is taken unasked
 */
export function executorFor(
  registry: Registry,
  { executor, setExecutor = [], workers = availableParallelism() }: ExecutorChoice,
): ChosenExecutor {
  const unit =
    executor === undefined ? automatic(registry, workers) : registry.resolve('executor', executor, '--executor');
  return { executor: registry.create(unit), settings: executorSettings(unit, setExecutor) };
}

function automatic(registry: Registry, workers: number): RegisteredUnit<'executor'> {
  const unit = registry.all('executor').find(({ meta }) => meta.automatic?.(workers));
  if (unit) return unit;
  throw zooError('usage', { problem: `No executor is taken for ${workers} workers unasked.`, command: 'zoo run' });
}

/** Executors that go on when the command has ended. */
export const detachable = (registry: Registry): readonly string[] =>
  registry.all('executor').flatMap((unit) => (registry.create(unit).submit ? unit.id : []));
