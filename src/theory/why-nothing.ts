import type { ColumnProperties, RowProperties } from '../core/contracts/theory';
import { columnKinds, holds } from './properties';
import type { Conditions, Proposition } from './proposition';
import { propertyNames } from './words';

/** Which kind of statement is missing where no proposition decides a cell, in a sentence or two. */
export function whyNothing(row: RowProperties, column: ColumnProperties, propositions: readonly Proposition[]): string {
  const deciding = propositions.filter(({ neverDecides }) => neverDecides === undefined);
  const cases = deciding.flatMap(({ id, cases: all = [] }) => all.map((each) => ({ id, ...each })));
  const ofRow = cases.filter((each) => unmet(each.row, row).length === 0);
  if (ofRow.length === 0) return noneOfRow(row, cases);
  const open = ofRow.flatMap((each) => {
    const missing = unmet(each.column, column);
    return missing.length && missing.every((name) => isUnknown(column, name)) ? [{ id: each.id, missing }] : [];
  });
  if (open.length === 0)
    return `What is known of such rows (${ids(ofRow)}) is about other columns: no bound excludes this one, and none says that it can be computed.`;
  const unknown = [...new Set(open.flatMap(({ missing }) => missing))].map((name) => propertyNames[name] ?? name);
  return `${ids(open)} would decide it if it were known ${unknown.join(', or ')}.`;
}

function noneOfRow(row: RowProperties, cases: readonly { readonly id: string; readonly row: Conditions }[]): string {
  if (row.mode === 'chain-of-thought')
    return 'What is proved of rows that write a chain of thought is about Transformers; no proposition speaks of this one.';
  const fewest = Math.min(...cases.map((each) => unmet(each.row, row).length));
  const nearest = cases.filter((each) => unmet(each.row, row).length === fewest);
  const missing = [...new Set(nearest.flatMap((each) => unmet(each.row, row)))];
  const told = missing.map((name) => propertyNames[name] ?? name);
  return `No proposition speaks of such a row; the nearest (${ids(nearest)}) ask otherwise of ${told.join(', ')}.`;
}

/** Of what has a number or a word, null says that there is none: no automaton, no counters. */
const isUnknown = (column: ColumnProperties, name: string): boolean =>
  columnKinds[name as keyof ColumnProperties] === 'flag' && valueAt(column, name) === null;
const valueAt = (properties: object, name: string): unknown =>
  (properties as Readonly<Record<string, unknown>>)[name] ?? null;
const unmet = (conditions: Conditions, properties: object): string[] =>
  Object.entries(conditions).flatMap(([name, condition]) => (holds(condition, valueAt(properties, name)) ? [] : name));
const ids = (found: readonly { readonly id: string }[]): string => [...new Set(found.map(({ id }) => id))].join(', ');
