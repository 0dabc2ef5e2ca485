/** Whether a cell of this row and column is meant. */
export type Selection = (row: string, column: string) => boolean;

/** One "row x column" of a selection: patterns, `*` for a side that is not written. */
export interface SelectedPart {
  readonly text: string;
  readonly row: string;
  readonly column: string;
}

/**
 * Reads "row x column": either side alone (`lstm`, `x parity`), `*` within a name for anything, commas between
 * several. Rows before "row x column" are of that column, too: `lstm,gru x parity` are two cells. An empty text selects
 * everything.
 */
export function parseSelection(text: string): Selection {
  const parts = partsOf(text).map(({ row, column }) => [glob(row), glob(column)] as const);
  return (row, column) => parts.length === 0 || parts.some(([rows, columns]) => rows.test(row) && columns.test(column));
}

export function partsOf(text: string): SelectedPart[] {
  const parts: SelectedPart[] = [];
  let rows: string[] = [];
  for (const part of listed(text)) {
    const [row = '', column] = ` ${part} `.split(/\s[x×]\s/).map((side) => side.trim());
    if (column === undefined) {
      rows.push(row);
      continue;
    }
    if (row !== '')
      for (const each of rows) parts.push({ text: `${each} x ${column}`, row: each, column: column || '*' });
    else parts.push(...rows.map(wholeRow));
    rows = [];
    parts.push({ text: part, row: row || '*', column: column || '*' });
  }
  return [...parts, ...rows.map(wholeRow)];
}

const wholeRow = (row: string): SelectedPart => ({ text: row, row, column: '*' });

/** Names between commas; a comma within brackets is part of a name: `regex:a{1,2},parity` are two. */
export function listed(text: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const symbol of text) {
    if ('([{'.includes(symbol)) depth++;
    if (')]}'.includes(symbol)) depth = Math.max(0, depth - 1);
    if (symbol === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += symbol;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** The names that a pattern means: `*` stands for anything, and so does nothing at all. */
export const glob = (pattern: string): RegExp =>
  new RegExp(`^${(pattern || '*').replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** What is asked of the units that a selector names. */
export interface Kin {
  readonly id: string;
  readonly meta: { readonly level?: string; readonly variantOf?: string };
}

/** `level:` and `family:`, each with the words that it can be followed by, and what it means. */
export const selectors: Readonly<Record<string, (units: readonly Kin[]) => ReadonlyMap<string, readonly string[]>>> = {
  /** Tasks of one level of the hierarchy. */
  level: (units) => grouped(units, ({ meta }) => (meta.level ? [meta.level] : [])),
  /** A unit with its variants and what wraps it. */
  family: (units) => grouped(units, (unit) => ancestors(unit, units)),
};

/** The selector and the word of `level:counter`; undefined for a name. */
export function selectorOf(pattern: string): readonly [selector: string, word: string] | undefined {
  const [, selector = '', word = ''] = /^(\w+):(.*)$/s.exec(pattern) ?? [];
  return Object.hasOwn(selectors, selector) ? [selector, word] : undefined;
}

/** Ids of the units that a pattern or a selector means. */
export function idsMeant(units: readonly Kin[], pattern: string): string[] {
  const [selector, word] = selectorOf(pattern) ?? [];
  if (selector !== undefined) return [...(selectors[selector]!(units).get(word!) ?? [])];
  return units.flatMap(({ id }) => (glob(pattern).test(id) ? [id] : []));
}

function grouped(units: readonly Kin[], wordsOf: (unit: Kin) => readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const unit of units) for (const word of wordsOf(unit)) groups.set(word, [...(groups.get(word) ?? []), unit.id]);
  return groups;
}

/** Ids of a unit and of all that it is a variant of. */
function ancestors({ id, meta }: Kin, units: readonly Kin[]): string[] {
  const base = units.find((unit) => unit.id === meta.variantOf);
  return [id, ...(base ? ancestors(base, units) : [])];
}
