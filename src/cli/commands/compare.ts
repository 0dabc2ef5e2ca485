import { Option } from 'commander';
import type { CellRecord } from '../../core/contracts/record';
import type { Manifest } from '../../core/contracts/manifest';
import type { StudyResults } from '../../core/contracts/study';
import { taskWeights, themes, type TaskWeight, type Theme } from '../../core/contracts/view';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { compareMatrices, compareRows, type Comparison } from '../../studies/capability/summarise/comparison';
import { buildMatrix, type Matrix } from '../../studies/capability/summarise/matrix';
import type { CommandDefinition } from '../command';
import { addPartOptions, openPart, type PartOptions } from '../drawing';
import type { Context } from '../io';
import { jsonOption, wholeNumber } from '../options';
import { refuseCorrupt, type OpenedResults } from '../results';
import { drawOn, formats } from '../views';

interface CompareOptions extends PartOptions {
  readonly by: TaskWeight;
  readonly format: string;
  readonly theme: Theme;
  readonly title?: string;
  readonly width?: number;
  readonly json?: boolean;
}

export const compare: CommandDefinition = {
  examples: [
    'zoo compare runs/before runs/after',
    'zoo compare results/quick --rows lstm,stack-rnn',
    'zoo compare runs/before runs/after --only "mamba x level:regular" --format markdown',
  ],
  define: (command, context) =>
    addPartOptions(
      command
        .argument(
          '<a>',
          'a folder of results, or the name of an experiment that was run; several with commas are read as one',
        )
        .argument('[b]', 'another one, of which the same cells are compared (absent: two --rows of one are)'),
    )
      .addOption(
        new Option('--by <tasks>', 'what counts as one in means: a family of tasks, a level, or each task')
          .choices(taskWeights)
          .default(taskWeights[0]),
      )
      .option('--format <format>', 'how to draw it: text, markdown, csv, latex, json', formats.people)
      .addOption(
        new Option('--theme <theme>', "colours for a light or a dark background; auto: the terminal's")
          .choices(themes)
          .default('auto'),
      )
      .option('--title <text>', "instead of the view's own")
      .option('--width <columns>', 'of a text', wholeNumber(20, 100_000))
      .addOption(jsonOption())
      .action((a: string, b: string | undefined, options: CompareOptions) => compareNamed(a, b, options, context)),
};

async function compareNamed(a: string, b: string | undefined, options: CompareOptions, context: Context) {
  const { by, theme, title } = options;
  const one = await openPart([a], options, context);
  const opened: OpenedResults[] = [one];
  let comparison: Comparison;
  if (b === undefined) comparison = compareRows(matrixOf(one), rowsOf(one, options), by);
  else {
    const other = await openPart([b], options, context);
    opened.push(other);
    comparison = compareMatrices({ name: a, matrix: matrixOf(one) }, { name: b, matrix: matrixOf(other) }, by);
  }
  if (comparison.cells.length === 0) throw usage('They have no cell with scores in common.');
  const format = options.json ? formats.scripts : options.format;
  const asked = { score: 'exact', theme, title, width: options.width } as const;
  await drawOn(one.registry, { of: 'comparison', format }, comparison, asked, context);
  opened.forEach(refuseCorrupt);
}

/** @throws usage for results of a study without a matrix */
function matrixOf({ manifest, shown = manifest, stored, study }: Awaited<ReturnType<typeof openPart>>): Matrix {
  if (!study.meta.presents.includes('matrix'))
    throw usage(`Only capability matrices are compared, and this is of the study ${study.id}.`);
  return buildMatrix({ manifest: shown, stored } as unknown as StudyResults<Manifest, CellRecord>);
}

/** The two that --rows names. @throws usage where they are not two */
function rowsOf(
  { manifest, shown = manifest }: Awaited<ReturnType<typeof openPart>>,
  { rows }: CompareOptions,
): [string, string] {
  const names = shown.architectures.flatMap(({ id, kind }) => (kind === 'architecture' ? id : []));
  const asked = rows.length === 2 && rows.every((row) => names.includes(row)) ? rows : names;
  if (asked.length === 2) return [asked[0]!, asked[1]!];
  const all = manifest.architectures.flatMap(({ id, kind }) => (kind === 'architecture' ? id : []));
  const nearest = rows.length > 0 ? rows.flatMap((row) => nearestNames(row, all)) : all.slice(0, 5);
  throw usage(`One folder needs two rows to compare, and --rows means ${asked.length}.`, nearest);
}

const usage = (problem: string, nearest?: readonly string[]) =>
  zooError('usage', { problem, nearest, command: 'zoo compare' });
