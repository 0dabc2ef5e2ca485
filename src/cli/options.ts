import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { listed } from '../studies/selection';
import type { ExperimentSize } from '../core/experiment';
import { automatic } from '../core/contracts/engine';
import type { Shard } from '../run/shard';

/** Loaded where they are asked for: they know protocols and units, which a command that is about neither need not wait for. */
/* eslint-disable @typescript-eslint/no-require-imports */
const matching = () => require('../studies/match') as typeof import('../studies/match');
const experiments = () => require('../core/experiment') as typeof import('../core/experiment');
/* eslint-enable @typescript-eslint/no-require-imports */

/** Options that several commands share, each written once. */
export const jsonOption = () => new Option('--json', 'print JSON for scripts');
export const pluginOption = () =>
  new Option('--plugin <file or package...>', 'also use the units of a plugin').default([], 'none').argParser(collect);
export const setOption = (example: string) =>
  new Option('--set <path=value>', `set a value, such as ${example}; may be repeated`)
    .default([], 'none')
    .argParser(collect);

export const matchOption = () =>
  new Option(
    '--match <quantity=number>',
    'solve the width of a row for a budget: parameters=64k, state=4k or flops=100k',
  ).argParser((text: string) => matching().parseBudget(text));

const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

/** What stays with records; over the experiment's own. */
export const keepOption = () =>
  new Option(
    '--keep <what>',
    'also keep trained weights with the records (docs/weights.md); cells that were finished without are measured again',
  ).choices(['weights']);

/** Where jobs run, and what is set of that. */
export const addExecutorOptions = (command: Command, meaning = whereJobsRun): Command =>
  command
    .addOption(new Option('--executor <name>', meaning))
    .addOption(
      new Option(
        '--set-executor <name=value>',
        'set a value of the executor, or several: partition=cpu,time=2h (zoo show slurm); may be repeated',
      )
        .default([], 'none')
        .argParser(collect),
    );
const whereJobsRun =
  'where jobs run (default: processes, or this process with --workers 0 or where a single cell is to be trained)';

export const detachOption = () =>
  new Option('--detach', 'hand the cells to an executor that goes on by itself, and end: zoo watch follows it');

export const logOption = () =>
  new Option(
    '--log <name>',
    'also write what happens for other programs: jsonl or tensorboard (zoo list logs); may be repeated',
  )
    .default([], 'none')
    .argParser(collect);

/** What run, study and plan share: which experiment, which of its cells, and how. */
export function addExperimentOptions(command: Command, argument = experimentArgument()): Command {
  return addGridOptions(command, {
    row: "these rows instead of the experiment's, each as the experiment has it",
    column: 'these columns instead',
  })
    .addArgument(argument)
    .addOption(onlyOption())
    .addOption(sizeOption('quick', 'in minutes'))
    .addOption(sizeOption('full', 'as large as it makes sense'))
    .option('--seeds <count or list>', 'instead of the seeds of the experiment: 3, or 1,4,7', seedList)
    .option(
      '--repeat <times>',
      'train every seed so often with sums in another order: how far scores depend on rounding',
      wholeNumber(2, 100),
    )
    .option(
      '--no-search',
      'take settings as they are written, where the experiment searches some: another folder, for comparison',
    )
    .option(
      '--workers <processes>',
      'cells at a time, one thread each; 0 runs them in this process (default: one for each core, and where a single cell is to be trained, in this process)',
      wholeNumber(0, 1024),
    )
    .option(
      '--shard <part>',
      'only this part of the jobs, such as 3/16: each is in one part, and every machine knows which; zoo merge puts the folders together',
      shardNamed,
    )
    .option(
      '--same-machine',
      'train all of it on machines of one kind, that of the first: kinds of processor and compilers round differently',
    )
    .option('--no-same-machine', 'let every kind of machine in again')
    .option('--out <folder>', 'folder of results (default: runs/<name of the experiment>)')
    .option(
      '--engine <name>',
      'what computes (zoo list engines); auto goes on with that of the records in the folder, else takes the first that works here',
      automatic,
    )
    .addOption(setOption('protocol.steps=500 or lstm.hiddenSize=64'))
    .addOption(matchOption())
    .addOption(keepOption())
    .addOption(pluginOption())
    .addOption(jsonOption());
}

const experimentArgument = () =>
  new Argument('[experiment]', 'a file, or the name of one that comes with the package').default('quick');

const sizeOption = (size: ExperimentSize, meaning: string) =>
  new Option(`--${size}`, `the ${size} size of the experiment, where it has one: ${meaning}`).conflicts(
    size === 'quick' ? 'full' : 'quick',
  );

export const onlyOption = () =>
  new Option(
    '--only <cells>',
    'only these: "lstm x parity", "lstm", "x parity", "*-transformer x *"; commas separate several, and "lstm,gru x parity" are two',
  ).default('');

/** Rows and columns by name, pattern, family and level. */
export const addGridOptions = (command: Command, { row, column }: { row: string; column: string }): Command =>
  command
    .addOption(wordsOption('--rows <names>', `${row}: "mamba,*lstm", family:deltanet`))
    .addOption(wordsOption('--columns <names>', `${column}: "*dyck*,level:counter"`));

/** Words with commas between them, or the option again for each. */
export const wordsOption = (flags: string, description: string) =>
  new Option(flags, description)
    .default([], 'all')
    .argParser((text: string, previous: readonly string[]) => [...previous, ...listed(text)]);

/** A whole number of at least `minimum`. */
export const wholeNumber =
  (minimum: number, maximum = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    const range = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };

/** `3/16`: the third of sixteen parts. */
export function shardNamed(text: string): Shard {
  const [, index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? []).map(Number);
  if (index === undefined || of === undefined)
    throw new InvalidArgumentError('It must be a part and how many there are: 3/16 is the third of sixteen.');
  if (of === 0 || of > mostShards) throw new InvalidArgumentError(`There must be from 1 to ${mostShards} parts.`);
  if (index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError(`Parts are counted from 1: with /${of} it must be from 1/${of} to ${of}/${of}.`);
}
const mostShards = 10_000;

/** `3` for seeds 1, 2, 3; `2,5` for these two. */
export function seedList(text: string): number[] {
  const seeds = text.split(',').map((part) => Number(part.trim() || NaN));
  const mostSeeds = 1000;
  if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 1) || new Set(seeds).size < seeds.length) {
    throw new InvalidArgumentError('It must be a number of seeds (3) or a list of different seeds from 1 (1,4,7).');
  }
  if (text.includes(',')) return seeds;
  if (seeds[0]! > mostSeeds) throw new InvalidArgumentError(`It must be at most ${mostSeeds} seeds.`);
  return experiments().seedsUpTo(seeds[0]!);
}
