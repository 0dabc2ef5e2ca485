import { columnOf, rowOf } from '../../../core/cell';
import type { Manifest } from '../../../core/contracts/manifest';
import type { Cell, CellRecord, CellSpecification } from '../../../core/contracts/record';
import type { HeldOut, Stop } from '../../../core/protocol';
import { toldProtocol } from '../../../core/search';
import { printable } from '../../../report/printable';
import { searchWords } from '../../search/words';

/** Smallest and largest. */
export type Span = readonly [number, number];

/** A setting of the protocol that not all trained cells share. */
export interface Difference {
  readonly name: string;
  /** Value of most cells. */
  readonly usual: string;
  /** Other values, with the rows, columns or pairs that have them. */
  readonly others: readonly { readonly value: string; readonly cells: readonly string[] }[];
}

/** How the trained cells of a matrix were trained. */
export interface Training {
  /** Settings that all of them share. */
  readonly same: readonly { readonly name: string; readonly value: string }[];
  readonly differs: readonly Difference[];
  /** When training stops before its last step; null where cells differ in that. */
  readonly stopping: (HeldOut & Stop) | null;
  /** Of finished runs; null where there is none. */
  readonly steps: Span | null;
  readonly sequences: Span | null;
  /** Different ones among the sequences that are trained on; null where no training set is finite. */
  readonly distinct: Span | null;
  readonly parameters: Span | null;
  /** Steps of the searches that chose settings, all trials together; absent where there are none. */
  readonly searchSteps?: Span;
  /** Kinds of machine that finished runs name, with the number of theirs, most first. */
  readonly machines: readonly { readonly kind: string; readonly runs: number }[];
}

/** Null where the experiment trains nothing. */
export function trainingOf({ cells }: Manifest, records: readonly CellRecord[]): Training | null {
  const trained = cells.filter(({ specification: { mode } }) => mode !== 'baseline');
  if (trained.length === 0) return null;
  const settings = settingsOf(trained);
  const runs = records.flatMap(({ training, specification: { protocol } }) => {
    if (!training) return [];
    const { steps, parameterCount, trainingSet } = training; // a curve is put together when it is looked at
    return { steps, parameterCount, trainingSet, sequences: steps * protocol.batchSize };
  });
  const { heldOut, stop } = trained[0]!.specification.protocol;
  const stopping = [...settings].filter(([name]) => /^(held out|stop) /.test(name));
  const searchSteps = spanOf(records.flatMap(({ search }) => search?.steps ?? []));
  return {
    same: [...settings].flatMap(([name, values]) => (values.size === 1 ? { name, value: [...values.keys()][0]! } : [])),
    differs: [...settings].flatMap(([name, values]) => (values.size > 1 ? difference(name, values, trained) : [])),
    stopping: stopping.length > 0 && stopping.every(([, values]) => values.size === 1) ? { ...heldOut, ...stop } : null,
    steps: spanOf(runs.map(({ steps }) => steps)),
    sequences: spanOf(runs.map(({ sequences }) => sequences)),
    distinct: spanOf(runs.flatMap(({ trainingSet }) => trainingSet?.distinct ?? [])),
    parameters: spanOf(runs.map(({ parameterCount }) => parameterCount)),
    ...(searchSteps && { searchSteps }),
    machines: machinesOf(records),
  };
}

function machinesOf(records: readonly CellRecord[]): Training['machines'] {
  const runs = new Map<string, number>();
  for (const { provenance } of records)
    if (provenance.machineKind !== undefined)
      runs.set(provenance.machineKind, (runs.get(provenance.machineKind) ?? 0) + 1);
  return [...runs]
    .map(([kind, count]) => ({ kind: printable(kind), runs: count }))
    .sort((a, b) => b.runs - a.runs || (a.kind < b.kind ? -1 : 1));
}

const spanOf = (values: readonly number[]): Span | null =>
  values.length === 0
    ? null
    : [values.reduce((least, value) => Math.min(least, value)), values.reduce((most, value) => Math.max(most, value))];

/** Those that matter most, told first. */
export const leadingSettings = [
  'training lengths',
  'steps',
  'batch size',
  'learning rate',
  'training sequences',
  'search',
];

/** Cells by value, for each setting. */
type Settings = Map<string, Map<string, Cell[]>>;

function settingsOf(cells: readonly Cell[]): Settings {
  const settings: Settings = new Map(
    ['training lengths', 'steps', 'batch size', 'learning rate'].map((name) => [name, new Map()]),
  );
  const isFinite = cells.some(({ specification }) => specification.protocol.trainingSequences !== undefined);
  const isSearched = cells.some(({ specification }) => specification.search !== undefined);
  for (const [{ protocol, search, engine }, alike] of alikeCells(cells)) {
    // A manifest from elsewhere may lack parts of a protocol.
    const {
      trainingLengths,
      trainingSequences = 'any number',
      optimiser,
      ...rest
    } = protocol as Partial<typeof protocol>;
    const found = {
      'training lengths': trainingLengths ? `${trainingLengths.minimum}–${trainingLengths.maximum}` : 'unknown',
      ...leaves({ curriculum: trainingLengths?.curriculum }, ''),
      ...leaves(optimiser ?? {}, ''),
      ...leaves(rest, ''),
      ...(isFinite && { 'training sequences': String(trainingSequences) }),
      ...(isSearched && { search: search ? searchWords(search) : 'none' }),
      engine,
    };
    for (const [name, value] of Object.entries(found)) {
      const values = settings.get(name) ?? new Map<string, Cell[]>();
      values.set(value, [...(values.get(value) ?? []), ...alike]);
      settings.set(name, values);
    }
  }
  for (const [name, values] of settings) if (optional.has(name)) addMissing(values, cells);
  return settings;
}

/** Settings that only cells have which do not leave them at their default. */
const optional = new Set(['curriculum', 'stop futile', 'evaluation sequential error']);

/** Cells that do not have a setting, under "none". */
function addMissing(values: Map<string, Cell[]>, cells: readonly Cell[]): void {
  const having = new Set([...values.values()].flat());
  const without = cells.filter((cell) => !having.has(cell));
  if (without.length > 0) values.set('none', without);
}

type Alike = Pick<CellSpecification, 'protocol' | 'search' | 'engine'>;

/** Cells of one protocol, search and engine: most of a matrix have the same. */
function alikeCells(cells: readonly Cell[]): Map<Alike, Cell[]> {
  const byText = new Map<string, [Alike, Cell[]]>();
  const texts = new Map<object, string>();
  const textOf = (part: object) => {
    const text = texts.get(part) ?? JSON.stringify(part);
    texts.set(part, text);
    return text;
  };
  for (const cell of cells) {
    const { protocol, search, engine } = cell.specification;
    const key = `${engine} ${textOf(protocol)}${search ? ` ${textOf(search)}` : ''}`;
    const known = byText.get(key);
    if (known) known[1].push(cell);
    else byText.set(key, [{ protocol: toldProtocol(cell.specification), search, engine }, [cell]]);
  }
  return new Map(byText.values());
}

/** Every setting under its path in words: `{ heldOut: { every: 100 } }` is "held out every", "100". */
export function leaves(value: object, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      if (inner === undefined) return [];
      const name = `${path} ${key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`.trim();
      const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      return isObject ? Object.entries(leaves(inner, name)) : [[name, String(inner)]];
    }),
  ) as Record<string, string>;
}

function difference(name: string, values: ReadonlyMap<string, readonly Cell[]>, all: readonly Cell[]): Difference {
  const [[usual], ...others] = [...values].sort(([, a], [, b]) => b.length - a.length) as [
    [string, Cell[]],
    ...[string, Cell[]][],
  ];
  return { name, usual, others: others.map(([value, cells]) => ({ value, cells: namesOf(cells, all) })) };
}

/** Names of rows or of columns where the cells are all of theirs, else of pairs. */
function namesOf(cells: readonly Cell[], all: readonly Cell[]): string[] {
  for (const nameOf of [rowOf, columnOf]) {
    const names = new Set(cells.map(nameOf));
    if (all.filter((cell) => names.has(nameOf(cell))).length === cells.length) return [...names].map(printable);
  }
  return [...new Set(cells.map((cell) => `${printable(rowOf(cell))} x ${printable(columnOf(cell))}`))];
}
