import { Option } from 'commander';
import { zooError } from '../../core/errors';
import { builtInUnits, type TheoryQuestion, type TheoryUnits } from '../asked-theory';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { addGridOptions, jsonOption, pluginOption, setOption } from '../options';
import {
  cellJson,
  cellLines,
  drawings,
  matrixJson,
  matrixSheet,
  propositionLines,
  propositionsJson,
  sideJson,
  sideLines,
} from '../theory';

/** Loaded where it is asked for: it knows units, which questions about built-in ones need not wait for. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const opening = () => require('../opened-theory') as typeof import('../opened-theory');

interface TheoryOptions {
  readonly matrix?: boolean;
  readonly format?: keyof typeof drawings;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export const theory: CommandDefinition = {
  examples: [
    'zoo theory lstm parity',
    'zoo theory mamba',
    'zoo theory "regex:(ab|aabb)*"',
    'zoo theory deltanet-negative z5 --set deltanet-negative.layers=1',
    'zoo theory --matrix --rows "lstm,mamba*" --columns level:regular',
    'zoo theory',
  ],
  define: (command, context) =>
    addGridOptions(
      command
        .argument('[row]', 'an architecture; or a column, to see it on every row; neither lists the propositions')
        .argument('[column]', 'a task: what is predicted of the row on it, and why'),
      { row: 'rows of --matrix', column: 'columns of --matrix' },
    )
      .option('--matrix', 'print what is predicted of every row on every column')
      .addOption(new Option('--format <format>', 'how to draw the matrix').choices(Object.keys(drawings)))
      .addOption(setOption('deltanet.layers=1'))
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (row: string | undefined, column: string | undefined, options: TheoryOptions) => {
        const names = [row, column].filter((name) => name !== undefined);
        if (options.matrix || options.rows.length + options.columns.length > 0 || options.format)
          return printMatrix(names, options, context);
        const question: TheoryQuestion = { names, ...options };
        if (names.length === 0 && options.plugin.length + options.set.length === 0)
          return printPropositions(options, context);
        const units = builtInUnits(question) ?? (await opening().namedUnits(question, context.io.workingFolder));
        return names.length === 2
          ? printCell(units, names, options, context)
          : printSide(units, names[0], options, context);
      }),
};

async function printCell(
  { rows, columns }: TheoryUnits,
  [architecture, task]: readonly string[],
  { json }: TheoryOptions,
  context: Context,
): Promise<void> {
  const cell = {
    architecture: architecture!,
    task: task!,
    row: rows.get(architecture!)!(),
    column: columns.get(task!)!(),
  };
  if (json) return context.printJson(cellJson(cell));
  for (const line of cellLines(cell, context)) await context.print(line);
}

async function printSide(
  units: TheoryUnits,
  name: string | undefined,
  { json }: TheoryOptions,
  context: Context,
): Promise<void> {
  if (name === undefined) {
    const problem = '--plugin and --set are for a row, a column or --matrix.';
    throw zooError('usage', { problem, command: 'zoo theory' });
  }
  if (json) return context.printJson(sideJson(units, name));
  for (const line of sideLines(units, name, context)) await context.print(line);
}

async function printPropositions({ json }: TheoryOptions, context: Context): Promise<void> {
  if (json) return context.printJson(propositionsJson());
  for (const line of propositionLines(context)) await context.print(line);
}

async function printMatrix(
  names: readonly string[],
  { rows, columns, format = 'text', json, ...question }: TheoryOptions,
  context: Context,
): Promise<void> {
  if (names.length) {
    const problem = '--matrix, --rows and --columns take no row and column besides.';
    throw zooError('usage', { problem, command: 'zoo theory' });
  }
  const asked = { names: [], ...question };
  const isAll = rows.length + columns.length === 0;
  const known = isAll ? builtInUnits(asked) : undefined;
  const units = known ?? (await opening().selectedUnits(asked, { rows, columns }, context.io.workingFolder));
  if (json) return context.printJson(matrixJson(units));
  return context.print(matrixSheet(units, format, context));
}
