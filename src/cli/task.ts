import type { OtherName } from '../core/contracts/other-name';
import type { Reference } from '../core/contracts/reference';
import type { SmallestWords, Task } from '../core/contracts/task';
import { createRng } from '../core/random';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { BaselineCurve } from '../evaluation/baseline-curves';
import { nearestLength } from '../data/lengths';
import { answer, answerLines, type Answer } from './answers';
import { baselineLines, baselineNote, baselinesOf, chanceOf } from './baselines';
import type { Context } from './io';

/** What `zoo show` measures and draws of a task, beside what the task says of itself. */
export interface TaskDescription {
  readonly alphabets: Task['alphabets'];
  /** Of a language that somebody described. */
  readonly smallestWords?: SmallestWords;
  readonly law?: string;
  readonly hasTrace: boolean;
  /** What is to be known of its inputs. */
  readonly notes: readonly string[];
  readonly examples: readonly Answer[];
  readonly baselines: readonly BaselineCurve[];
  readonly chance: ReturnType<typeof chanceOf>;
}

/** Lengths of the worked examples, short enough to be followed by hand. */
const exampleLengths = [4, 6, 9];

export function describeTask(registry: Registry, { id }: RegisteredUnit<'task'>): TaskDescription {
  const task = registry.createTask(id);
  const rng = createRng('worked examples').split(id);
  const { guessing, limits } = baselinesOf(registry, task);
  return {
    alphabets: task.alphabets,
    smallestWords: task.smallestWords?.(),
    law: task.law,
    hasTrace: task.trace !== undefined,
    notes: task.notes?.() ?? [],
    examples: exampleLengths.map((length) => answer(task, task.sample(rng.split(length), nearestLength(task, length)))),
    baselines: [...guessing, ...limits],
    chance: chanceOf(registry, task, guessing),
  };
}

/** The sections of a task's description, in the order of the questions one has. */
export function taskLines(
  { meta }: RegisteredUnit<'task'>,
  { alphabets, smallestWords, law, hasTrace, notes, examples, baselines, chance }: TaskDescription,
  context: Context,
): string[] {
  const { bold, dim } = context.colors;
  const { name, reference, conjectured } = meta.circuitClass;
  const facts = {
    level: meta.level,
    'circuit class': `${name}${conjectured ? ' (conjectured)' : ''}, ${cited(reference)}`,
    'answer length': meta.answerLengthRule,
    labels: [meta.labels.final && 'one answer', meta.labels.aligned && 'one label for every prefix']
      .filter(Boolean)
      .join(', '),
    trace: hasTrace ? 'yes' : 'none',
    chance:
      chance && `${(100 * chance.token).toFixed(1)} % of scored positions at length ${chance.length} (${chance.id})`,
    source: cited(meta.reference),
    ...(meta.otherNames && { elsewhere: elsewhere(meta.otherNames) }),
    ...(law && { drawn: law }),
  };
  return [
    ...(smallestWords ? ['', languageLine(alphabets.input, smallestWords)] : []),
    '',
    bold('In short'),
    ...Object.entries(facts).map(([fact, value]) => `  ${fact.padEnd(15)}${value}`),
    ...(notes.length > 0 ? ['', bold('Inputs'), ...notes.map((note) => `  ${note}`)] : []),
    '',
    bold('Symbols by id'),
    ...Object.entries(alphabets).map(
      ([kind, symbols]: [string, readonly string[]]) =>
        `  ${kind.padEnd(8)}${symbols.map((symbol, id) => `${id} ${symbol}`).join(', ')}`,
    ),
    '',
    bold('Sampled examples'),
    ...examples.flatMap((example, at) => [
      ...(at ? [''] : []),
      ...answerLines(example, context).map((line) => `  ${line}`),
    ]),
    '',
    `${bold('Baselines by length')}  ${dim(baselineNote)}`,
    ...baselineLines(baselines, context),
  ];
}

/** What others call it. */
export const elsewhere = (names: readonly OtherName[]): string =>
  names.map(({ name, source, here }) => `${name}${here ? `, ${here}` : ''} (${source})`).join('; ');

/** Beyond these, an alphabet is told by its first symbols and their number. */
const mostSymbols = 24;

/** By which a person sees whether the language is the one that was meant. */
function languageLine(alphabet: readonly string[], { members, nonMembers }: SmallestWords): string {
  const isSpaced = alphabet.some((symbol) => [...symbol].length > 1);
  const word = (ids: readonly number[]) =>
    ids.length === 0 ? '(the empty word)' : ids.map((id) => alphabet[id]).join(isSpaced ? ' ' : '');
  const words = (list: SmallestWords['members']) => list.map(word).join(', ') || 'none that is short';
  const symbols = alphabet.slice(0, mostSymbols).join(' ');
  const more = alphabet.length > mostSymbols ? ` ... (${alphabet.length} symbols)` : '';
  return `Alphabet ${symbols}${more}. Smallest words in the language: ${words(members)}; not in it: ${words(nonMembers)}.`;
}

export const cited = ({ authors, identifier, place }: Reference): string =>
  [authors, identifier, place].filter(Boolean).join(', ');
