import { createRequire } from 'node:module';
import type { RowProperties } from '../core/contracts/theory';
import type { RegisteredUnit } from '../../registry/units';
import { keyOf, writtenFigures } from './figures';
import type { RowTheory } from './traced-theory';
import type * as TracedTheory from './traced-theory';

type Row = RegisteredUnit<'architecture'>;

const load = createRequire(__filename); // see sizes.ts
const known = new WeakMap<Row['unitClass'], Map<string, RowTheory>>();

/** Properties and sequential depth of a row, from the build where they are there; traced once otherwise. */
export function rowTheory(unit: Row, hyperparameters: object): RowTheory {
  const written = writtenFigures(unit, hyperparameters)?.theory;
  if (written) return written;
  const ofClass = known.get(unit.unitClass) ?? new Map<string, RowTheory>();
  known.set(unit.unitClass, ofClass);
  const key = keyOf(unit, hyperparameters);
  if (!ofClass.has(key)) {
    ofClass.set(key, (load('./traced-theory') as typeof TracedTheory).tracedTheory(unit, hyperparameters));
  }
  return ofClass.get(key)!;
}

/** What propositions of theory ask of a row with its hyperparameters. */
export const rowProperties = (unit: Row, hyperparameters: object): RowProperties =>
  rowTheory(unit, hyperparameters).properties;
