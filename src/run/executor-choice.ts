import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Executor } from '../core/contracts/executor';
import { zooError } from '../core/errors';
import { executorSettings } from './executor-settings';

/** What a command says of where jobs run. */
export interface ExecutorChoice {
  /** Absent: the one that is taken for so many workers. */
  readonly executor?: string;
  /** `name=value` of its settings. */
  readonly setExecutor?: readonly string[];
  readonly workers: number;
}

/** An executor, and what is set of it. */
export interface ChosenExecutor {
  readonly executor: Executor;
  readonly settings: object;
}

/**
 * The executor of that name, or where none is named the one that is taken for so many workers.
 * @throws unknown-unit, invalid-value, or usage where none is taken unasked
 */
export function executorFor(
  registry: Registry,
  { executor, setExecutor = [], workers }: ExecutorChoice,
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
