import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, type Argument, type Option } from 'commander';
import { discover, type UnitFolder } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import type { UnitKind } from '../../registry/units';
import { packageRoot } from '../core/package';
import { selectors, type Kin } from '../studies/selection';
import type { CommandEntry } from './command';
import type { Context } from './io';

/** A word that may follow, and what it means. */
export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

/**
 * What may stand where a person is typing: `words` are those of the command line behind `zoo`, the last one unfinished.
 * Empty where a file is meant, or anything.
 */
export function candidatesFor(
  words: readonly string[],
  commands: readonly CommandEntry[],
  context: Context,
): Candidate[] {
  const typed = words.at(-1) ?? '';
  const [name, ...before] = words.slice(0, -1);
  const all = name === undefined ? commandNames(commands) : inCommand(name, before, typed, commands, context);
  const stem = typed.slice(0, startOfLast(typed));
  const last = typed.slice(stem.length);
  return all
    .filter(({ word }) => word.startsWith(typed) || word.startsWith(last))
    .map(({ word, meaning }) => ({ word: word.startsWith('-') ? word : `${stem}${word}`, meaning }));
}

/** Names in a list stand behind a comma. */
const startOfLast = (typed: string): number => (typed.startsWith('-') ? 0 : typed.lastIndexOf(',') + 1);

const commandNames = (commands: readonly CommandEntry[]): Candidate[] =>
  commands.filter(({ hidden }) => !hidden).map(({ name, summary }) => ({ word: name, meaning: summary }));

function inCommand(
  name: string,
  before: readonly string[],
  typed: string,
  commands: readonly CommandEntry[],
  context: Context,
): Candidate[] {
  const entry = commands.find((each) => each.name === name);
  if (!entry) return [];
  const command = new Command(name);
  entry.load().define(command, context);
  const options = new Map(
    command.options.flatMap((option) =>
      [option.short, option.long].flatMap((flag) => (flag ? [[flag, option] as const] : [])),
    ),
  );
  const awaited = options.get(before.at(-1) ?? '');
  if (awaited && takesValue(awaited)) return valuesOf(awaited.attributeName(), awaited.argChoices, context);
  if (typed.startsWith('-'))
    return command.options.map(({ long, description }) => ({ word: long!, meaning: description }));
  const argument = argumentAt(command.registeredArguments, positionsIn(before, options));
  return argument ? valuesOf(argument.name(), argument.argChoices, context) : [];
}

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** How many words stand for themselves: no options, and no values of options. */
const positionsIn = (before: readonly string[], options: ReadonlyMap<string, Option>): number =>
  before.filter((word, at) => {
    const option = options.get(before[at - 1] ?? '');
    return !word.startsWith('-') && !(option && takesValue(option));
  }).length;

function argumentAt(list: readonly Argument[], at: number): Argument | undefined {
  const last = list.at(-1);
  return list[at] ?? (last?.variadic ? last : undefined);
}

function valuesOf(name: string, choices: readonly string[] | undefined, { io }: Context): Candidate[] {
  if (choices) return choices.map((word) => ({ word, meaning: '' }));
  return sources[name]?.(io.workingFolder) ?? [];
}

/** By the name of an option or argument, whichever command has it: what its values may be. */
const sources: Readonly<Record<string, (workingFolder: string) => Candidate[]>> = {
  rows: () => namesOf('architectures', ['architecture', 'baseline'], 'family'),
  architecture: () => namesOf('architectures', ['architecture']),
  columns: () => namesOf('tasks', ['task'], 'level'),
  task: () => namesOf('tasks', ['task']),
  row: () => namesOf('architectures', ['architecture']),
  column: () => namesOf('tasks', ['task']),
  level: () => wordsOf('tasks', 'task', 'level'),
  name: () => [...namesOf('architectures', ['architecture', 'baseline']), ...namesOf('tasks', ['task'])],
  engine: () => [{ word: 'auto', meaning: 'the first that works here' }, ...namesOf('engines', ['engine'])],
  executor: () => namesOf('executors', ['executor']),
  log: () => namesOf('logs', ['log']),
  format: () =>
    distinct(unitsIn('views', 'view').map(({ meta: { format, title } }) => ({ word: format, meaning: title }))),
  of: () => distinct(unitsIn('views', 'view').map(({ meta: { of: word } }) => ({ word, meaning: '' }))),
  experiment: experiments,
  study: experiments,
  results: (folder) => ['runs', 'results'].flatMap((place) => resultsIn(folder, place)),
};

const unitsIn = <K extends UnitKind>(folder: UnitFolder, kind: K) => discover(new Registry(), folder).all(kind);

function namesOf(folder: UnitFolder, kinds: readonly UnitKind[], selector?: keyof typeof selectors): Candidate[] {
  const registry = discover(new Registry(), folder);
  const units = kinds.flatMap((kind) => registry.all(kind));
  const words = selector ? [...selectors[selector]!(units as readonly Kin[])] : [];
  return [
    ...units.map(({ id, meta }) => ({ word: id, meaning: meta.title })),
    // A family of one is that one.
    ...words.flatMap(([word, ids]) =>
      ids.length > 1 ? { word: `${selector}:${word}`, meaning: `${ids.length} of them` } : [],
    ),
  ];
}

const wordsOf = (folder: UnitFolder, kind: UnitKind, selector: keyof typeof selectors): Candidate[] =>
  [...selectors[selector]!(unitsIn(folder, kind) as readonly Kin[]).keys()].map((word) => ({ word, meaning: '' }));

const distinct = (candidates: readonly Candidate[]): Candidate[] => [
  ...new Map(candidates.toReversed().map((each) => [each.word, each])).values(),
];

/** Those that come with the package. */
function experiments(): Candidate[] {
  const names = readdirSync(join(packageRoot, 'experiments')).filter((name) => name.endsWith('.json'));
  return names.map((name) => ({ word: name.replace(/\.json$/, ''), meaning: '' }));
}

function resultsIn(workingFolder: string, place: string): Candidate[] {
  const folder = join(workingFolder, place);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.json')));
  return names.map((name) => ({ word: `${place}/${name}`, meaning: 'results' }));
}
