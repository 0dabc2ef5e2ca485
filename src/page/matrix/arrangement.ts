import type { ShownScore } from '../../core/contracts/view';
import type { GridData, RowData } from '../../studies/capability/report/grid-data';
import { seriation } from './cluster';

export const densities = ['comfortable', 'medium', 'compact'] as const;
export type Density = (typeof densities)[number];

/** How rows or columns are ordered: as the experiment has them, by name, so that similar ones are neighbours, or by one line. */
export type Order = 'given' | 'name' | 'capability' | 'parameters' | 'cluster' | `by ${string}`;

/** What the reader of a matrix has chosen. */
export interface Arrangement {
  readonly colour: ShownScore;
  readonly density: Density;
  readonly rowOrder: Order;
  readonly columnOrder: Order;
  /** Parts of names, separated by commas; empty for all. */
  readonly rows: string;
  readonly columns: string;
  /** Empty for all. */
  readonly levels: ReadonlySet<string>;
  readonly family: string;
  readonly mostParameters: number | null;
  readonly hasBaselines: boolean;
}

export const initialArrangement = ({ columns }: GridData): Arrangement => ({
  colour: 'scaled',
  density: columns.length > 28 ? 'compact' : columns.length > 10 ? 'medium' : 'comfortable',
  rowOrder: 'given',
  columnOrder: 'given',
  rows: '',
  columns: '',
  levels: new Set(),
  family: '',
  mostParameters: null,
  hasBaselines: true,
});

/** Places of the rows and columns that are shown, in their order. */
export interface Arranged {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

export function arrange(grid: GridData, choice: Arrangement): Arranged {
  const rows = placesOf(grid.rows).filter((at) => isShownRow(grid.rows[at]!, choice));
  const columns = placesOf(grid.columns).filter((at) => {
    const { id, level, title } = grid.columns[at]!;
    return isNamed(choice.columns, id, title) && (choice.levels.size === 0 || choice.levels.has(level));
  });
  return {
    rows: ordered(grid, { own: rows, others: columns }, choice.rowOrder, 'row'),
    columns: ordered(grid, { own: columns, others: rows }, choice.columnOrder, 'column'),
  };
}

const placesOf = (list: readonly unknown[]): number[] => list.map((_, at) => at);

function isShownRow({ id, title, kind, family, parameters }: RowData, choice: Arrangement): boolean {
  if (kind === 'baseline') return choice.hasBaselines && (choice.rows === '' || isNamed(choice.rows, id, title));
  if (choice.family !== '' && family !== choice.family) return false;
  if (choice.mostParameters !== null && parameters && parameters[0] > choice.mostParameters) return false;
  return isNamed(choice.rows, id, title);
}

/** Whether a name or a title has one of the parts. */
export function isNamed(asked: string, ...names: readonly string[]): boolean {
  const parts = asked
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length === 0 || parts.some((part) => names.some((name) => name.toLowerCase().includes(part)));
}

type Side = 'row' | 'column';

function ordered(
  grid: GridData,
  { own, others }: { readonly own: readonly number[]; readonly others: readonly number[] },
  order: Order,
  side: Side,
): number[] {
  const list = side === 'row' ? grid.rows : grid.columns;
  const at = (item: number, other: number) =>
    side === 'row' ? item * grid.columns.length + other : other * grid.columns.length + item;
  const by = (key: (item: number) => number | null): number[] =>
    [...own].sort((a, b) => (key(b) ?? -1) - (key(a) ?? -1) || a - b);
  if (order === 'given') return [...own];
  if (order === 'name') return [...own].sort((a, b) => (list[a]!.id < list[b]!.id ? -1 : 1));
  if (order === 'parameters') return by((item) => -(grid.rows[item]!.parameters?.[0] ?? Infinity));
  if (order === 'cluster') {
    const profiles = own.map((item) => others.flatMap((other) => profileAt(grid, at(item, other))));
    return seriation(profiles).map((place) => own[place]!);
  }
  // Columns are compared by the rows that are trained: what baselines reach says nothing of what can be learnt.
  const compared = side === 'row' ? others : others.filter((other) => grid.rows[other]!.kind === 'architecture');
  if (order === 'capability')
    return by((item) => meanOf(compared.map((other) => grid.cells.capability[at(item, other)]!)));
  const line = (side === 'row' ? grid.columns : grid.rows).findIndex(({ id }) => `by ${id}` === order);
  return line < 0 ? [...own] : by((item) => strength(grid, at(item, line)));
}

const profileAt = ({ cells }: GridData, cell: number) =>
  cells.scores.scaled.map((scores) => {
    const score = scores[cell];
    return score === null || score === undefined ? null : Math.max(0, score) / 1000;
  });

/** Capability first, then exact match: among rows at chance those that guess better come first. */
function strength({ cells }: GridData, cell: number): number | null {
  const scores = cells.scores.exact.map((of) => of[cell] ?? null).filter((score) => score !== null);
  if (scores.length === 0) return null;
  return (cells.capability[cell] ?? 0) + scores.reduce((sum, score) => sum + score, 0) / scores.length / 1e4;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
