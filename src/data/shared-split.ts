import type { Registry } from '../../registry/registry';
import { fingerprint } from '../core/cell';
import type { UnitChoice } from '../core/contracts/record';
import { Split } from './split';

/** Columns that are remembered, the latest; cells of one column often come one after another. */
const mostRemembered = 8;

const remembered = new WeakMap<Registry, Map<string, Split>>();

/**
 * A column's task with its split. Cells that one process measures on a column have them in common, and with them what was
 * found out: which lengths are kept apart, the inputs of tests.
 */
export function splitOf(
  registry: Registry,
  { id, hyperparameters }: Pick<UnitChoice, 'id' | 'hyperparameters'>,
  longest: number,
): Split {
  const splits = remembered.get(registry) ?? new Map<string, Split>();
  remembered.set(registry, splits);
  const key = fingerprint([id, hyperparameters, longest]);
  const split = splits.get(key) ?? new Split(registry.createTask(id, hyperparameters), longest);
  splits.delete(key);
  splits.set(key, split);
  if (splits.size > mostRemembered) splits.delete(splits.keys().next().value!);
  return split;
}
