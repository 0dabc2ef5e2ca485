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
import { flow } from '../report/width';
import { columnFacts, writingIn } from '../theory/column-facts';
import { analysisOf, columnProperties } from '../theory/column-properties';
import { declaredTheory } from '../theory/declared-column';
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
  /** What propositions ask of it, and what shows that; words are in the symbols of the input. */
  readonly theory: ReturnType<typeof describeTheory>;
}

/** Lengths of the worked examples, short enough to be followed by hand. */
const exampleLengths = [4, 6, 9];

export function describeTask(registry: Registry, unit: RegisteredUnit<'task'>): TaskDescription {
  const { id } = unit;
  const hyperparameters = registry.hyperparameters(unit, {}, { place: id });
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
    theory: describeTheory(unit, task, hyperparameters),
  };
}

function describeTheory({ meta }: RegisteredUnit<'task'>, task: Task, hyperparameters: object) {
  const properties = columnProperties(meta, task, hyperparameters);
  const analysis = analysisOf(task);
  const write = writingIn(task.alphabets.input);
  const { because } = declaredTheory(meta, hyperparameters);
  return {
    ...properties,
    ...(analysis && {
      groupOrders: analysis.groupOrders,
      witnesses: inSymbols(analysis.witnesses, task.alphabets.input),
    }),
    ...(because && { because }),
    facts: Object.fromEntries(columnFacts(properties, analysis, write)),
  };
}

/** Words of symbols for words of ids, however deep they are. */
function inSymbols(value: unknown, alphabet: readonly string[]): unknown {
  if (Array.isArray(value))
    return value.map((each) => (typeof each === 'number' ? alphabet[each] : inSymbols(each, alphabet)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inSymbols(each, alphabet)]));
}

/** The sections of a task's description, in the order of the questions one has. */
export function taskLines(
  { meta }: RegisteredUnit<'task'>,
  { alphabets, smallestWords, law, hasTrace, notes, examples, baselines, chance, theory }: TaskDescription,
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
    ...theoryLines(theory, bold),
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

const lineWidth = 80;

/** Facts side by side with what they say, on as many lines as that needs. */
function theoryLines({ facts, because }: TaskDescription['theory'], bold: (text: string) => string): string[] {
  const told = Object.entries({ ...facts, ...(because && { because }) });
  const margin = 17;
  return [
    '',
    bold('For theory'),
    ...told.flatMap(([what, said]) =>
      flow(said.split(' '), lineWidth - margin, ' ').map(
        (line, at) => `  ${(at === 0 ? what : '').padEnd(margin - 2)}${line}`,
      ),
    ),
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
