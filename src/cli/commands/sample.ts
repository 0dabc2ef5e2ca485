import { extname, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Rng } from '../../core/contracts/random';
import type { Task } from '../../core/contracts/task';
import { writeAtomically } from '../../core/atomic-file';
import { zooError } from '../../core/errors';
import { partOf } from '../../core/part-of-input';
import { createRng } from '../../core/random';
import { scoredAnswer } from '../../core/scored-answer';
import { systemReason } from '../../core/system-reason';
import { lengthsWithin, nearestLength } from '../../data/lengths';
import { answer, answerLines } from '../answers';
import type { Context } from '../io';
import { jsonOption, pluginOption, setOption, wholeNumber } from '../options';
import { type Labelled, sampleFiles, sampleFormats, type SampleFormat } from '../sample-file';
import { named } from '../symbols';
import { openTask, type TaskOptions } from '../units';
import type { CommandDefinition } from '../command';

interface SampleOptions extends TaskOptions {
  readonly length: number;
  readonly lengths?: readonly Range[];
  readonly count: number;
  readonly seed: number;
  readonly format?: SampleFormat;
  readonly out?: string;
  readonly split?: boolean;
  readonly json?: boolean;
}

/** First and last length. */
type Range = readonly [number, number];

const longest = 1_000_000;
/** Symbols of a file: as many as dataset:FILE reads, and no more than fit in memory as one text. */
const mostSymbols = 30_000_000;

export const sample: CommandDefinition = {
  examples: [
    'zoo sample parity --length 10 --count 3 --seed 1',
    'zoo sample brackets --json',
    'zoo sample parity --lengths 1-40 --count 1000 --format jsonl --out parity.jsonl',
    'zoo sample dyck-2 --lengths 2-100 --count 5000 --split --format tok --out dyck-2',
    'zoo sample s3 --lengths 5,10,20 --format csv > s3.csv',
  ],
  define: (command, context) =>
    command
      .argument('<task>', 'name of a task')
      .option('--length <symbols>', 'length of the inputs, at least 1', wholeNumber(1, longest), 10)
      .option('--lengths <ranges>', 'lengths of the examples of a file: 1-40, or 5,10,20-30', lengthRanges)
      .option('--count <inputs>', 'number of inputs; with --lengths in all, spread evenly over them', wholeNumber(1), 1)
      .option('--seed <number>', 'the same seed draws the same inputs', wholeNumber(0), 1)
      .addOption(
        new Option(
          '--format <name>',
          'as labelled strings, which dataset:FILE reads back (default: the ending of --out)',
        ).choices(sampleFormats),
      )
      .option('--out <file>', 'file to write (default: standard output); of tok with --split a folder')
      .option('--split', 'say of each example whether it is for training, validation or test, by a hash of its input')
      .addOption(setOption('base=3'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, options: SampleOptions) => {
        const { unit, task } = await openTask(id, options, context);
        if (options.lengths || options.format || options.out || options.split)
          return sampleToFile(id, task, options, context);
        const { count, seed } = options;
        // Whoever writes a language wants to know that it has no words of a length.
        const length = (unit.stands ? undefined : task.inputLength?.(options.length)) ?? options.length;
        const rng = createRng(seed).split('sample').split(id);
        const samples = Array.from({ length: count }, (_, i) => answer(task, task.sample(rng.split(i), length)));
        if (options.json) return context.printJson({ task: id, length, seed, samples });
        if (length !== options.length)
          context.note(`${id} has no inputs of length ${options.length}; these have ${length}.`);
        for (const [at, drawn] of samples.entries()) {
          for (const line of [...(at ? [''] : []), ...answerLines(drawn, context)]) await context.print(line);
        }
      }),
};

/** Draws examples of all lengths and writes them. */
async function sampleToFile(id: string, task: Task, options: SampleOptions, context: Context): Promise<void> {
  const { count, seed, out, split = false } = options;
  const format = options.format ?? formatOf(out);
  const usage = (problem: string) => zooError('usage', { problem, command: 'zoo sample' });
  if (options.json) throw usage('--json prints samples with their ids; labelled strings are --format jsonl.');
  if (format === 'tok' && out === undefined) throw usage('--format tok makes two files: name the first with --out.');
  const lengths = lengthsOf(task, id, options, context);
  const examples = drawn(task, createRng(seed).split('sample').split(id), lengths, count).map((input): Labelled => ({
    input: named(input, task.alphabets.input),
    output: named(scoredAnswer(task, input), task.alphabets.output),
    ...(split && { split: partOf(input) }),
  }));
  const files = sampleFiles(examples, format, out);
  if (out === undefined) {
    for (const text of files.values()) for (const line of text.trimEnd().split('\n')) await context.print(line);
    return;
  }
  for (const [name, text] of files) {
    const file = resolve(context.io.workingFolder, format === 'tok' && !split ? name : out, ...(split ? [name] : []));
    try {
      writeAtomically(file, text);
    } catch (error) {
      throw zooError('write-failed', { file, reason: systemReason(error as NodeJS.ErrnoException) });
    }
  }
  const few = lengths.length === 1 ? `length ${lengths[0]}` : `${lengths.length} lengths`;
  await context.print(
    `${examples.length.toLocaleString('en')} examples of ${few} are in ${out}; dataset:${out} reads them.`,
  );
}

function formatOf(out: string | undefined): SampleFormat {
  const ending = out && extname(out).slice(1).toLowerCase();
  if (!ending) return 'jsonl';
  const format = sampleFormats.find((name) => name === ending);
  if (format) return format;
  const problem = `The ending ".${ending}" says no format: name one of ${sampleFormats.join(', ')} with --format.`;
  throw zooError('usage', { problem, command: 'zoo sample' });
}

/** The asked-for lengths that inputs of the task have. */
function lengthsOf(task: Task, id: string, { length, lengths, count }: SampleOptions, context: Context): number[] {
  const asked = lengths ?? [[length, length] as const];
  const found = [...new Set(asked.flatMap(([first, last]) => lengthsOfTask(task, first, last)))].sort((a, b) => a - b);
  if (found.length === 0)
    throw zooError('no-inputs', { task: id, length, nearest: [nearestLength(task, asked[0]![0])] });
  const wanted = asked.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (found.length < wanted)
    context.note(`${id} has inputs of ${found.length} of these lengths, from ${found[0]} to ${found.at(-1)}.`);
  const symbols = (count * found.reduce((sum, each) => sum + each, 0)) / found.length;
  if (symbols <= mostSymbols) return found;
  throw zooError('too-long', {
    what: `${count.toLocaleString('en')} inputs`,
    tokens: Math.ceil(symbols),
    most: mostSymbols,
  });
}

const lengthsOfTask = (task: Task, first: number, last: number): number[] =>
  task.collection
    ? (['training', 'validation', 'test'] as const).flatMap((part) => lengthsWithin(task, first, last, part))
    : lengthsWithin(task, first, last);

/** Inputs of each length in turn, the first ones with one more where they cannot be equally many. */
const drawn = (task: Task, rng: Rng, lengths: readonly number[], count: number): number[][] =>
  lengths.flatMap((length, at) => {
    const own = Math.floor(count / lengths.length) + (at < count % lengths.length ? 1 : 0);
    const stream = rng.split(length);
    return Array.from({ length: own }, (_, i) => task.sample(stream.split(i), length));
  });

/** "1-40", "5,10,20-30" */
function lengthRanges(text: string): Range[] {
  return text.split(',').map((part): Range => {
    const [, first = '', last = first] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
    const range = [Number(first), Number(last)] as const;
    if (first && range[0] >= 1 && range[0] <= range[1] && range[1] <= longest) return range;
    throw new InvalidArgumentError(`It must be lengths from 1 to ${longest}, such as 1-40 or 5,10,20-30.`);
  });
}
