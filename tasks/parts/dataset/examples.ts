import { type Collection, parts, type Part, partOf, zooError } from '../../../registry';
import { type SourceFile } from './files';
import type { Row } from './rows';
import { sortSymbols, spell, type Spelt } from './symbols';

/** What a data set is made of: examples with the file each is from. */
export type Source = readonly { readonly file: Pick<SourceFile, 'name' | 'part'>; readonly rows: readonly Row[] }[];

interface Entry {
  readonly key: string;
  readonly input: readonly number[];
  /** Undefined where it was given two answers. */
  output: readonly number[] | undefined;
  readonly first: string;
  /** How often each part has it. */
  readonly counts: Record<Part, number>;
}

/** Ends every answer where answers to inputs of one length have different lengths and nothing of their own ends them. */
const endings = ['end', '<stop>', '<stop-of-answer>'];

/** Labelled strings, each input once and in one part. */
export class Examples implements Collection {
  readonly inputSymbols: readonly string[];
  readonly outputSymbols: readonly string[];
  readonly notes: readonly string[];
  private readonly answers = new Map<string, readonly number[]>();
  private readonly pools = new Map<Part, Map<number, number[][]>>();
  private readonly answerLengths = new Map<number, number>();

  /** @throws invalid-data */
  constructor(
    source: Source,
    private readonly name: string,
  ) {
    const rows = source.flatMap(({ rows: own }) => own);
    const spelt = spell(rows);
    const { inputs, outputs } = spelt;
    const places = source.flatMap(({ file, rows: own }) => own.map(({ line }) => `${file.name}, line ${line}`));
    requireLabels(outputs, places);
    terminate(spelt);
    this.inputSymbols = sortSymbols(spelt.input, inputs, 'input', name);
    this.outputSymbols = sortSymbols(spelt.output, outputs, 'output', name);
    const given = new Set(rows.map(({ part }) => part ?? 'training'));
    const partAt = (at: number): Part => {
      const part = rows[at]!.part ?? 'training';
      const drawn = partOf(inputs[at]!);
      return part === 'training' && !given.has(drawn) ? drawn : part;
    };
    const { entries, contradictions } = collected(inputs, outputs, places, partAt);
    const shared = keepApart(entries);
    for (const entry of entries) this.keep(entry);
    const missing = parts.filter((part) => !given.has(part));
    this.notes = [
      this.summary(missing),
      ...repeated(entries),
      ...contradictory(contradictions, (ids) => ids.map((id) => this.inputSymbols[id]).join(' ')),
      ...shared,
      ...empty(entries),
      ...(this.outputSymbols.length === 1 ? [`Every answer is "${this.outputSymbols[0]}".`] : []),
    ];
    const lacking = parts.find((part) => this.lengths(part).length === 0);
    if (lacking && (lacking === 'training' || missing.includes(lacking))) throw this.tooFew(lacking, entries.length);
  }

  lengths(part: Part): number[] {
    return [...(this.pools.get(part)?.keys() ?? [])].sort((a, b) => a - b);
  }
  inputs(part: Part, length: number): readonly (readonly number[])[] {
    return this.pools.get(part)?.get(length) ?? [];
  }
  /** The answer of an input of the files; undefined for any other, and where they give two. */
  answer(input: readonly number[]): readonly number[] | undefined {
    return this.answers.get(keyOf(input));
  }
  /** The longest answer to inputs of a length; of all where no input has it. */
  answerLength(length: number): number {
    return this.answerLengths.get(length) ?? Math.max(...this.answerLengths.values());
  }

  private keep({ key, input, output, counts }: Entry): void {
    if (!output) return;
    const { length } = input;
    this.answers.set(key, output);
    this.answerLengths.set(length, Math.max(this.answerLengths.get(length) ?? 1, output.length));
    if (length === 0) return;
    for (const part of parts) {
      const pool = this.pools.get(part) ?? new Map<number, number[][]>();
      this.pools.set(part, pool);
      const times = part === 'training' ? counts[part] : Math.min(1, counts[part]);
      const inputs = pool.get(length) ?? [];
      for (let time = 0; time < times; time++) inputs.push(input as number[]);
      if (inputs.length > 0) pool.set(length, inputs);
    }
  }

  private summary(missing: readonly Part[]): string {
    const count = (part: Part) =>
      this.lengths(part)
        .reduce((sum, length) => sum + this.inputs(part, length).length, 0)
        .toLocaleString('en');
    const split =
      missing.length > 0 ? `; ${missing.join(' and ')} split off by a hash of each input, 1 and 2 of 16` : '';
    return `${count('training')} examples to train on, ${count('validation')} for validation, ${count('test')} to test${split}.`;
  }

  private tooFew(part: Part, examples: number): Error {
    const problem = `of ${examples} different examples none is left for ${part}`;
    const remedy =
      part === 'training'
        ? 'An example to train on has an input of one symbol or more, and one answer.'
        : 'Of 16 examples one is validated with and two are tested: take more, or give these parts files of their own.';
    return zooError('invalid-data', { place: this.name, problem, remedy });
  }
}

/** A label that is missing among labels of one symbol; of strings as answers the empty one is as good as others. */
function requireLabels(outputs: readonly (readonly number[])[], places: readonly string[]): void {
  const missing = outputs.findIndex(({ length }) => length === 0);
  if (missing < 0 || outputs.some(({ length }) => length > 1)) return;
  const remedy = 'Every input needs an answer.';
  throw zooError('invalid-data', { place: places[missing]!, problem: 'the output is empty', remedy });
}

/** Ends outputs with a symbol where they have different lengths for inputs of one length and nothing of their own ends them. */
function terminate({ inputs, outputs, output }: Spelt): void {
  const byLength = new Map<number, number>();
  const haveOneLength = outputs.every(({ length }, at) => {
    const known = byLength.get(inputs[at]!.length) ?? length;
    byLength.set(inputs[at]!.length, known);
    return known === length && length > 0;
  });
  const last = outputs[0]!.at(-1)!;
  if (haveOneLength || outputs.every((string) => string.length > 0 && string.indexOf(last) === string.length - 1))
    return;
  const end = output.number(endings.find((symbol) => !output.has(symbol))!);
  for (const string of outputs) string.push(end);
}

interface Contradiction {
  readonly input: readonly number[];
  readonly places: readonly [string, string];
}

/** A text that is the same for the same ids only; ids are below 2^16. */
function keyOf(ids: readonly number[]): string {
  const slice = 4096; // arguments of one call
  if (ids.length <= slice) return String.fromCharCode(...ids);
  return Array.from({ length: Math.ceil(ids.length / slice) }, (_, at) =>
    String.fromCharCode(...ids.slice(at * slice, (at + 1) * slice)),
  ).join('');
}

function collected(
  inputs: readonly (readonly number[])[],
  outputs: readonly (readonly number[])[],
  places: readonly string[],
  partAt: (at: number) => Part,
) {
  const entries = new Map<string, Entry>();
  const contradictions: Contradiction[] = [];
  inputs.forEach((input, at) => {
    const [key, output, place] = [keyOf(input), outputs[at]!, places[at]!];
    const known = entries.get(key);
    const entry = known ?? { key, input, output, first: place, counts: { training: 0, validation: 0, test: 0 } };
    if (!known) entries.set(key, entry);
    entry.counts[partAt(at)]++;
    if (!known || !entry.output || keyOf(entry.output) === keyOf(output)) return;
    contradictions.push({ input, places: [entry.first, place] });
    entry.output = undefined;
  });
  return { entries: [...entries.values()], contradictions };
}

/** What is trained on is neither tested nor validated with, and what is tested is not validated with. */
function keepApart(entries: readonly Entry[]): string[] {
  const moved = (from: Part, owner: Part): string[] => {
    const both = entries.filter(({ counts }) => counts[from] > 0 && counts[owner] > 0);
    for (const { counts } of both) counts[from] = 0;
    if (both.length === 0) return [];
    const verb = both.length === 1 ? 'input of' : 'inputs of';
    return [`${count(both.length)} ${verb} ${from} ${are(both.length)} in ${owner} too: left out of ${from}.`];
  };
  return [...moved('test', 'training'), ...moved('validation', 'training'), ...moved('validation', 'test')];
}

const count = (amount: number): string => amount.toLocaleString('en');
const are = (amount: number): string => (amount === 1 ? 'is' : 'are');

function repeated(entries: readonly Entry[]): string[] {
  const kept = entries.filter(({ output }) => output);
  const times = (part: Part) => kept.reduce((sum, { counts }) => sum + Math.max(0, counts[part] - 1), 0);
  const [trained, others] = [times('training'), times('validation') + times('test')];
  if (trained + others === 0) return [];
  const verb = trained + others === 1 ? 'example repeats' : 'examples repeat';
  return [
    `${count(trained + others)} ${verb} an earlier one: drawn as often in training (${count(trained)}), once elsewhere (${count(others)}).`,
  ];
}

function contradictory(found: readonly Contradiction[], read: (input: readonly number[]) => string): string[] {
  if (found.length === 0) return [];
  const [{ input, places }] = found as readonly [Contradiction];
  const text = read(input);
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  const what = found.length === 1 ? 'input has two answers and is' : 'inputs have two answers and are';
  return [`${count(found.length)} ${what} left out, such as "${shown}" (${places.join(' and ')}).`];
}

function empty(entries: readonly Entry[]): string[] {
  const times = entries.find(({ input }) => input.length === 0);
  return times ? ['The empty input is neither trained on nor tested: lengths begin at 1.'] : [];
}
