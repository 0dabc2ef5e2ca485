import { nearestNames, parseJson, type ZooError } from '../../registry';
import { Automaton } from './automaton';
import { invalid, isObject, movesOf, type Move } from './automaton-moves';
import type { RegularLanguage } from './described-automaton';
import { mostStates, smallestAutomaton } from './determinise';

/** Spellings of each part, without case, hyphens and underlines: those of other tools. */
const parts = {
  alphabet: ['alphabet', 'inputsymbols', 'inputalphabet', 'symbols', 'letters', 'sigma'],
  states: ['states', 'q', 'nodes'],
  initial: ['initialstate', 'initial', 'start', 'startstate', 'initialstates', 'startstates', 'q0'],
  accepting: [
    ...['acceptingstates', 'accepting', 'acceptstates', 'accept', 'accepts'],
    ...['finalstates', 'finals', 'final', 'f', 'finalstate', 'acceptingstate'],
  ],
  transitions: ['transitions', 'transitionfunction', 'transition', 'delta', 'moves', 'edges', 'map'],
} as const;
type Part = keyof typeof parts;

/** How the parts are called in messages: as our own page writes them. */
const named: Readonly<Record<Part, string>> = {
  alphabet: 'alphabet',
  states: 'states',
  initial: 'initial_state',
  accepting: 'accepting_states',
  transitions: 'transitions',
};

/** A tape or stack is not what a finite automaton has. */
const other = /^(stack|tape|blank|output)/;

/**
 * The language of an automaton in JSON. States stay as they are where every move is determined, missing moves leading to
 * a sink; otherwise it is made deterministic and minimal. @throws invalid-language
 */
export function readAutomaton(text: string): RegularLanguage {
  const given = partsOf(parsed(text));
  const moves = movesOf(given.transitions, given);
  const symbols = withoutRepeats(given.alphabet ?? distinct(moves.flatMap(({ symbol }) => symbol ?? [])), 'alphabet');
  const states = withoutRepeats(given.states ?? mentioned(given, moves), 'states');
  if (symbols.length === 0) throw invalid('its alphabet is empty');
  const spaced = symbols.find((symbol) => symbol === '' || /\s/.test(symbol));
  if (spaced !== undefined) throw invalid(`alphabet: white space is no symbol ("${spaced}")`);
  const place = (state: string, where: string) => idOf(states, state, `${where}: there is no state`);
  const starts = given.initial.map((state) => place(state, named.initial));
  const accepting = new Set(given.accepting.map((state) => place(state, named.accepting)));
  if (starts.length === 0) throw invalid('it has no initial_state');
  const resolved = moves.map(({ from, symbol, to, where }) => ({
    from: place(from, where),
    symbol: symbol === null ? null : idOf(symbols, symbol, `${where}: there is no symbol`),
    to: to.map((state) => place(state, where)),
  }));

  const steps = states.map(() => symbols.map((): number[] => []));
  const silent = states.map((): number[] => []);
  for (const { from, symbol, to } of resolved) {
    const known = symbol === null ? silent[from]! : steps[from]![symbol]!;
    for (const state of to) if (!known.includes(state)) known.push(state);
  }
  const isDetermined =
    starts.length === 1 &&
    silent.every((next) => next.length === 0) &&
    steps.every((row) => row.every((next) => next.length <= 1));
  return isDetermined
    ? { symbols, ...completed(steps, starts[0]!, accepting, states) }
    : { symbols, automaton: determined(steps, silent, starts, accepting, symbols.length) };
}

interface Given {
  readonly alphabet?: readonly string[];
  readonly states?: readonly string[];
  readonly initial: readonly string[];
  readonly accepting: readonly string[];
  readonly transitions: unknown;
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text.replace(/^\uFEFF/, ''), 'file');
  } catch (error) {
    if (/^\s*</.test(text)) throw invalid('it is XML, such as JFLAP writes; it is read in JSON');
    throw invalid((error as ZooError).what.replace(/^file, /, '').replace(/\.$/, ''));
  }
  if (!isObject(value))
    throw invalid('it is not an object with alphabet, states, initial_state, accepting_states, transitions');
  return value;
}

/** The parts by our names. States may be objects that say of themselves whether they accept, as editors write them. */
function partsOf(value: Record<string, unknown>): Given {
  const found: Partial<Record<Part, unknown>> = {};
  for (const [key, content] of Object.entries(value)) {
    if (other.test(plainKey(key))) throw invalid(`"${key}": only finite automata without output are read`);
    const part = partOf(key);
    if (!part) continue; // a name, a comment, a layout
    if (found[part] !== undefined) throw invalid(`"${key}" says ${named[part]} a second time`);
    found[part] = content;
  }
  const described = describedStates(found.states);
  const missing = (['transitions', 'initial', 'accepting'] as const).find(
    (part) => found[part] === undefined && described?.[part] === undefined,
  );
  if (missing) throw invalid(missingPart(missing, Object.keys(value)));
  // Both may be left out, but not because their name is misspelt.
  const unknown = Object.keys(value).filter((key) => partOf(key) === undefined);
  const misspelt = (['alphabet', 'states'] as const).find(
    (part) => found[part] === undefined && nearestNames(named[part], unknown).length > 0,
  );
  if (misspelt) throw invalid(missingPart(misspelt, unknown));
  return {
    alphabet: found.alphabet === undefined ? undefined : texts(found.alphabet, 'alphabet'),
    states: described?.names ?? (found.states === undefined ? undefined : texts(found.states, 'states')),
    initial: texts(found.initial ?? described?.initial, named.initial),
    accepting: texts(found.accepting ?? described?.accepting, named.accepting),
    transitions: found.transitions ?? described?.transitions,
  };
}

const plainKey = (key: string) => key.toLowerCase().replaceAll(/[-_\s]/g, '');
const partOf = (key: string) =>
  (Object.keys(parts) as Part[]).find((part) => (parts[part] as readonly string[]).includes(plainKey(key)));

function missingPart(part: Part, keys: readonly string[]): string {
  const [nearest] = nearestNames(named[part], keys);
  const meant = nearest ? `; "${nearest}" is not a name of it` : '';
  return `it has no ${named[part]}${meant}; an automaton has alphabet, states, initial_state, accepting_states, transitions`;
}

type StateList = { names: string[]; initial?: string[]; accepting?: string[]; transitions?: unknown };

/** States as objects: `[{"name": "q0", "accepting": true}]`, or `{"q0": {"accepting": true, "on": {...}}}`. */
function describedStates(states: unknown): StateList | undefined {
  const entries: [string, Record<string, unknown>][] = isObject(states)
    ? Object.entries(states).map(([name, content]) => [name, isObject(content) ? content : {}])
    : Array.isArray(states) && states.length > 0 && states.every(isObject)
      ? states.map((state) => [String(state.name ?? state.id ?? state.label), state])
      : [];
  if (entries.length === 0) return undefined;
  const says = (state: Record<string, unknown>, list: readonly string[]) =>
    Object.entries(state).some(([key, content]) => list.includes(key.toLowerCase()) && content === true);
  const select = (holds: (state: Record<string, unknown>) => boolean) =>
    entries.flatMap(([name, state]) => (holds(state) ? [name] : []));
  const initial = select((state) => says(state, ['initial', 'start', 'isinitial', 'isstart', 'starting']));
  const accepting = select(
    (state) =>
      state.type === 'final' || says(state, ['accepting', 'accept', 'final', 'isaccepting', 'isfinal', 'isaccept']),
  );
  const moves = entries.map(([name, state]) => [name, state.on ?? state.transitions] as const);
  return {
    names: entries.map(([name]) => name),
    ...(initial.length > 0 && { initial }),
    accepting,
    ...(moves.some(([, content]) => content) && {
      transitions: Object.fromEntries(moves.map(([name, content]) => [name, content ?? {}])),
    }),
  };
}

/** One text or number, or several of them. */
function texts(value: unknown, part: string): string[] {
  const list = Array.isArray(value) ? value : part === 'alphabet' && typeof value === 'string' ? [...value] : [value];
  return list.map((each, at) => {
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') return String(each);
    throw invalid(`${part}[${at}]: ${JSON.stringify(each)} is not a name`);
  });
}

/** @throws where a name is there twice */
function withoutRepeats(names: readonly string[], part: string): readonly string[] {
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw invalid(`${part}: "${twice}" is there twice`);
  if (part === 'states' && names.length > 4 * mostStates)
    throw invalid(`it has ${names.length} states, and at most ${mostStates} fit`);
  return names;
}

function idOf(names: readonly string[], name: string, problem: string): number {
  const id = names.indexOf(name);
  if (id >= 0) return id;
  const [nearest] = nearestNames(name, names);
  throw invalid(`${problem} "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`);
}

/** The states that an automaton names without a list of them. */
const mentioned = ({ initial, accepting }: Given, moves: readonly Move[]) =>
  distinct([...initial, ...moves.flatMap(({ from, to }) => [from, ...to]), ...accepting]);

/** The states that can be reached, the start first, with a sink for what is missing. */
function completed(
  steps: readonly (readonly (readonly number[])[])[],
  start: number,
  accepting: ReadonlySet<number>,
  names: readonly string[],
): Pick<RegularLanguage, 'automaton' | 'states'> {
  const order = [start];
  const place = new Map([[start, 0]]);
  let needsSink = false;
  for (const state of order)
    for (const [next] of steps[state]!)
      if (next === undefined) needsSink = true;
      else if (!place.has(next)) place.set(next, order.push(next) - 1);
  const sink = order.length;
  if (sink + Number(needsSink) > mostStates) throw invalid(`it has ${sink} states, and at most ${mostStates} fit`);
  const rows = order.map((state) => steps[state]!.map(([next]) => (next === undefined ? sink : place.get(next)!)));
  const sinkRow = steps[start]!.map(() => sink);
  const shown = order.map((state) => names[state]!.replaceAll(/\s+/g, '_') || 'empty');
  let sinkName = 'sink';
  while (shown.includes(sinkName)) sinkName += "'";
  const states = needsSink ? [...shown, sinkName] : shown;
  return {
    automaton: new Automaton(needsSink ? [...rows, sinkRow] : rows, [
      ...order.map((state) => accepting.has(state)),
      ...(needsSink ? [false] : []),
    ]),
    ...(new Set(states).size === states.length && { states }),
  };
}

/** Two more states, so that there is one start and one end. */
function determined(
  steps: readonly (readonly (readonly number[])[])[],
  silent: readonly (readonly number[])[],
  starts: readonly number[],
  accepting: ReadonlySet<number>,
  symbols: number,
): Automaton {
  const none = Array.from({ length: symbols }, (): number[] => []);
  const end = steps.length + 1;
  const found = smallestAutomaton(
    {
      steps: [none, ...steps.map((row) => row.map((next) => next.map((state) => state + 1))), none],
      silent: [
        starts.map((state) => state + 1),
        ...silent.map((next, state) => [...next.map((to) => to + 1), ...(accepting.has(state) ? [end] : [])]),
        [],
      ],
      accepting: end,
    },
    symbols,
  );
  if ('problem' in found) throw invalid(found.problem);
  return new Automaton(found.transitions, found.accepting);
}

const distinct = (names: readonly string[]) => [...new Set(names)];
