import { Registry } from '../../registry/registry';
import { unitOf, type Unit, type UnitClass, type UnitInstances, type UnitKind } from '../../registry/units';

/**
 * A unit with what its constructor asks for, made by a container of its own; where there is something to set, with
 * `hyperparameters` over the defaults.
 */
export function made<K extends UnitKind>(kind: K, unitClass: UnitClass<K>, hyperparameters?: object): UnitInstances[K] {
  const unit = unitOf(unitClass) as Unit<K>;
  const { hyperparameters: shape } = unit.meta as { readonly hyperparameters?: new () => object };
  const all = kind === 'task' && shape ? Object.assign(new shape(), hyperparameters) : undefined;
  return new Registry().create(unit, all);
}
