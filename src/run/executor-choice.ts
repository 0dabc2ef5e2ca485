import type { Registry } from '../../registry/registry';
import type { Executor } from '../core/contracts/executor';
import { zooError } from '../core/errors';

/**
 * The executor of that name, or where none is named the one that is taken for so many workers.
 * @throws unknown-unit, or usage where none is taken unasked
 */
export function executorFor(registry: Registry, name: string | undefined, workers: number): Executor {
  if (name !== undefined) return registry.create(registry.resolve('executor', name, '--executor'));
  const unit = registry.all('executor').find(({ meta }) => meta.automatic?.(workers));
  if (unit) return registry.create(unit);
  throw zooError('usage', { problem: `No executor is taken for ${workers} workers unasked.`, command: 'zoo run' });
}
