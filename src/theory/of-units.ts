import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { ColumnProperties, RowProperties } from '../core/contracts/theory';
import { rowProperties } from '../model/row-properties';
import { columnProperties } from './column-properties';

/** Hyperparameters that are given, and where they are written. */
export interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  readonly place: string;
}

/** @throws invalid-value where hyperparameters are none of the row's */
export function propertiesOfRow(
  registry: Registry,
  unit: RegisteredUnit<'architecture'>,
  { values, place }: Given = { values: {}, place: unit.id },
): RowProperties {
  return rowProperties(unit, registry.hyperparameters(unit, values, { place }));
}

/** @throws invalid-value where hyperparameters are none of the column's */
export function propertiesOfColumn(
  registry: Registry,
  unit: RegisteredUnit<'task'>,
  { values, place }: Given = { values: {}, place: unit.id },
): ColumnProperties {
  const hyperparameters = registry.hyperparameters(unit, values, { place });
  return columnProperties(unit.meta, registry.create(unit, hyperparameters), hyperparameters);
}
