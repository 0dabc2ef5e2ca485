import { chomskyLevels } from '../core/contracts/chomsky-level';
import {
  externalMemories,
  hardClasses,
  memories,
  pushdowns,
  transitionForms,
  transitionKinds,
  updateClasses,
} from '../core/contracts/declared-theory';
import type { ColumnProperties, RowProperties } from '../core/contracts/theory';
import type { Condition, Value } from './proposition';

/** What values a property can have: one of these words, any word, true or false, or a number. */
export type PropertyKind = readonly string[] | 'word' | 'flag' | 'number';

export const rowKinds: { readonly [K in keyof RowProperties]: PropertyKind } = {
  mode: ['direct', 'chain-of-thought', 'filler'],
  causal: 'flag',
  update: updateClasses,
  transition: transitionKinds,
  transitionForm: transitionForms,
  factors: 'number',
  realEigenvalues: 'flag',
  leastEigenvalue: 'number',
  realProducts: 'flag',
  positions: 'word',
  softmaxAttention: 'flag',
  counts: 'flag',
  layers: 'number',
  depthPerToken: 'number',
  units: 'number',
  stateNumbers: 'number',
  stateSize: 'number',
  dictionarySize: 'number',
  headWidth: 'number',
  externalMemory: externalMemories,
  cells: 'number',
};

export const columnKinds: { readonly [K in keyof ColumnProperties]: PropertyKind } = {
  level: chomskyLevels,
  circuitClass: 'word',
  hasTrace: 'flag',
  hardFor: hardClasses,
  isRegular: 'flag',
  states: 'number',
  letters: 'number',
  monoid: 'number',
  starFree: 'flag',
  rTrivial: 'flag',
  passesCRaspTest: 'flag',
  quasiAperiodic: 'flag',
  cRasp: 'flag',
  cRaspWithPositions: 'flag',
  evenCycle: 'flag',
  oddCycle: 'flag',
  blockEvenCycle: 'flag',
  blockOddCycle: 'flag',
  group: 'flag',
  abelian: 'flag',
  solvable: 'flag',
  moved: 'number',
  points: 'number',
  pointsMoved: 'number',
  resetLayers: 'number',
  counters: 'number',
  memory: memories,
  pushdown: pushdowns,
  realTimeTape: 'flag',
};

/** The values that a condition names; none of a range. */
export const valuesOf = (condition: Condition): readonly Value[] =>
  isRange(condition) ? [] : Array.isArray(condition) ? (condition as readonly Value[]) : [condition as Value];

interface Range {
  readonly atLeast?: number;
  readonly atMost?: number;
}
const isRange = (condition: Condition): condition is Range =>
  typeof condition === 'object' && condition !== null && !Array.isArray(condition);

/** Whether a property is as a condition says; of what is not known only a condition that names null holds. */
export function holds(condition: Condition, value: unknown): boolean {
  if (!isRange(condition)) return valuesOf(condition).includes((value ?? null) as Value);
  const { atLeast = -Infinity, atMost = Infinity } = condition;
  return typeof value === 'number' && value >= atLeast && value <= atMost;
}

/** What is wrong with a condition on a property of this kind; undefined where nothing is. */
export function conditionProblem(kind: PropertyKind | undefined, condition: unknown): string | undefined {
  if (kind === undefined) return 'there is no such property';
  if (typeof condition === 'object' && condition !== null && !Array.isArray(condition)) {
    const isBounds = Object.entries(condition).every(
      ([key, bound]) => ['atLeast', 'atMost'].includes(key) && typeof bound === 'number',
    );
    if (kind !== 'number') return 'only numbers have a range';
    return isBounds && Object.keys(condition).length ? undefined : 'a range is {"atLeast": number, "atMost": number}';
  }
  const wrong = [condition].flat().find((value) => value !== null && !fits(kind, value));
  return wrong === undefined ? undefined : `${JSON.stringify(wrong)} is no value of it`;
}

function fits(kind: PropertyKind, value: unknown): boolean {
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'number') return typeof value === 'number';
  return typeof value === 'string' && (kind === 'word' || kind.includes(value));
}
