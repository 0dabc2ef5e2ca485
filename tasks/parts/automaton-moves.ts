import { zooError } from '../../registry';

export const invalid = (problem: string) => zooError('invalid-language', { language: 'the automaton', problem });

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A move as a file writes it; a symbol of null is the empty word. */
export interface Move {
  readonly from: string;
  readonly symbol: string | null;
  readonly to: readonly string[];
  /** Place in the file, for messages. */
  readonly where: string;
}

interface Names {
  readonly alphabet?: readonly string[];
  readonly states?: readonly string[];
}

/** How the empty word is written where the alphabet has no such symbol. */
const empty = ['', 'ε', 'ϵ', 'λ', 'eps', 'epsilon', 'lambda'];

const spellings = {
  from: ['from', 'source', 'src', 'fromstate', 'state', 'currentstate', 'start', 'origin'],
  symbol: ['symbol', 'input', 'label', 'read', 'on', 'char', 'symbols', 'inputs', 'letter', 'inputsymbol'],
  to: ['to', 'target', 'dst', 'dest', 'destination', 'tostate', 'tostates', 'next', 'nextstate', 'end'],
} as const;

/**
 * Moves in any of the ways of public tools: `{state: {symbol: state}}`, `{"state,symbol": state}`, a table with a row for
 * each state and a column for each symbol, or a list of `[from, symbol, to]` or of objects with these. Several targets are
 * a list; no target is null or an empty list.
 */
export function movesOf(transitions: unknown, names: Names): Move[] {
  if (Array.isArray(transitions)) {
    if (isTable(transitions, names)) {
      const rows = names.states!.map((state, at) => [state, transitions[at]]);
      return movesOf(Object.fromEntries(rows), names);
    }
    return transitions.flatMap((move, at) => listed(move, `transitions[${at}]`, names));
  }
  if (!isObject(transitions)) throw invalid('transitions: neither an object of states nor a list of moves');
  return Object.entries(transitions).flatMap(([key, row]) => {
    const where = `transitions of "${key}"`;
    if (isObject(row))
      return Object.entries(row).map(([symbol, to]) =>
        move(key, symbol, to, `transitions: "${key}", "${symbol}"`, names),
      );
    const pair = /^\(?\s*["']?(.*?)["']?\s*,\s*["']?(.*?)["']?\s*\)?$/s.exec(key);
    if (pair && !names.states?.includes(key)) return [move(pair[1]!, pair[2]!, row, where, names)];
    if (!Array.isArray(row)) throw invalid(`${where}: not an object of symbols, such as {"a": "q1"}`);
    if (row.length > 0 && row.every((each) => isObject(each) || Array.isArray(each)) && !isAligned(row, names))
      return row.flatMap((each, at) => listed(withFrom(each, key), `${where}[${at}]`, names));
    if (row.length !== names.alphabet?.length)
      throw invalid(`${where}: ${row.length} targets for an alphabet of ${names.alphabet?.length ?? 'no'} symbols`);
    return names.alphabet.map((symbol, at) => move(key, symbol, row[at], `${where}[${at}]`, names));
  });
}

/** A row for each state with an entry for each symbol, each a state or several. */
function isTable(rows: readonly unknown[], names: Names): boolean {
  const { alphabet, states } = names;
  if (!alphabet || rows.length !== states?.length) return false;
  if (!rows.every((row) => Array.isArray(row) && isAligned(row, names))) return false;
  // [from, symbol, to] has three entries as well: its middle is a symbol, and no state.
  return (
    !rows.every((row) => (row as unknown[]).length === 3 && alphabet.includes(String((row as unknown[])[1]))) ||
    rows.every((row) => (row as unknown[]).every((entry) => states.includes(String(entry))))
  );
}

const isAligned = (row: readonly unknown[], { alphabet, states }: Names): boolean =>
  row.length === alphabet?.length &&
  row.every((entry) => [entry].flat().every((state) => state === null || states?.includes(String(state))));

const withFrom = (move: unknown, from: string) => (isObject(move) ? { from, ...move } : [from, ...(move as unknown[])]);

/** A move of a list; several symbols are several moves. */
function listed(value: unknown, where: string, names: Names): Move[] {
  if (Array.isArray(value)) {
    if (value.length !== 3) throw invalid(`${where}: a move is [from, symbol, to], not ${JSON.stringify(value)}`);
    const [from, symbol, to] = value as unknown[];
    return symbolsOf(symbol).map((each) => move(from, each, to, where, names));
  }
  if (!isObject(value)) throw invalid(`${where}: a move is [from, symbol, to] or {"from", "symbol", "to"}`);
  const part = (which: keyof typeof spellings) => {
    const key = Object.keys(value).find((each) =>
      (spellings[which] as readonly string[]).includes(each.toLowerCase().replaceAll(/[-_\s]/g, '')),
    );
    if (key === undefined && which !== 'symbol')
      throw invalid(`${where}: a move has "from", "symbol" and "to"; "${which}" is missing`);
    return key === undefined ? null : value[key];
  };
  const [from, to] = [part('from'), part('to')];
  return symbolsOf(part('symbol')).map((symbol) => move(from, symbol, to, where, names));
}

const symbolsOf = (symbol: unknown): unknown[] => (Array.isArray(symbol) && symbol.length > 0 ? symbol : [symbol]);

function move(from: unknown, symbol: unknown, to: unknown, where: string, { alphabet }: Names): Move {
  const name = (value: unknown): string => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw invalid(`${where}: ${JSON.stringify(value)} is not the name of a state or a symbol`);
  };
  const isDeclared = alphabet?.includes(String(symbol));
  // A dollar sign is a symbol as well, so it is the empty word only where an alphabet says that it is none.
  const isEmpty =
    symbol === null || (!isDeclared && (empty.includes(String(symbol)) || (symbol === '$' && alphabet !== undefined)));
  return {
    from: name(from),
    symbol: isEmpty ? null : name(symbol),
    to: to === null || to === undefined || to === '' ? [] : [to].flat().map(name),
    where,
  };
}
