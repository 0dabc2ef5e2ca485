import type { AnswerMode } from '../../core/contracts/architecture';
import { printable } from '../../report/printable';
import { tableOf, type ColumnOf, type Table } from '../../report/table';
import type { Comparison, ModeResult } from './compare';
import type { RowFacts } from './facts';
import { learnt, notNear } from './verdict';

/** How modes are called where a person reads them. */
export const modeNames: Readonly<Record<AnswerMode, string>> = {
  'chain-of-thought': 'chain of thought',
  direct: 'direct',
  filler: 'filler',
};
/** In the order in which they are told. */
export const modesTold = Object.keys(modeNames) as AnswerMode[];

/** Above columns, where there is little room. */
const short: Readonly<Record<AnswerMode, string>> = { ...modeNames, 'chain-of-thought': 'trace' };

const percent = (score: number | null): string => (score === null ? '' : (100 * score).toFixed(0));
const rounded = (value: number): string => String(Math.round(value));
const text = (of: (comparison: Comparison) => string, title: string): ColumnOf<Comparison> => ({
  title,
  align: 'left',
  text: of,
});

/** One number of every mode. */
const ofModes = (
  title: string,
  value: (result: ModeResult) => string,
  dispensable?: number,
): readonly ColumnOf<Comparison>[] =>
  modesTold.map((mode) => ({
    title: `${title}, ${short[mode]}`,
    align: 'right',
    dispensable,
    text: ({ modes }) => (modes[mode] ? value(modes[mode]) : ''),
  }));

/** Measured seeds, and how many were asked for where some are missing. */
export function seedsOf({ modes }: Comparison): string {
  const results = Object.values(modes);
  const seeds = Math.min(...results.map(({ scores }) => scores.length));
  const asked = Math.max(...results.map((each) => each.asked));
  return seeds === asked ? String(seeds) : `${seeds} of ${asked}`;
}

/** Every row on every column that was tried: what each mode scores. */
export const scoreTable = (comparisons: readonly Comparison[]): Table =>
  tableOf(
    `percent of answers that are all right, medians of the seeds; learnt from ${100 * learnt}, not near it below ${100 * notNear}`,
    [
      text(({ row }) => row, 'row'),
      text(({ base }) => base, 'column'),
      { title: 'trained to', align: 'right', text: ({ trainedTo }) => String(trainedTo) },
      { title: 'seeds', align: 'right', text: seedsOf, dispensable: 3 },
      ...ofModes('in range', ({ inRange }) => percent(inRange)),
      { title: 'guessing', align: 'right', text: ({ guess }) => percent(guess), dispensable: 2 },
      ...ofModes('near', ({ near }) => percent(near), 1),
      text(({ verdict }) => verdict ?? '', 'verdict'),
    ],
    comparisons,
  );

/** What the longest answer at the longest trained length takes. */
export const costTable = (comparisons: readonly Comparison[]): Table =>
  tableOf(
    'what the longest sequence at the longest trained length takes',
    [
      text(({ row }) => row, 'row'),
      text(({ base }) => base, 'column'),
      { title: 'trained to', align: 'right', text: ({ trainedTo }) => String(trainedTo) },
      ...ofModes('tokens', ({ longest }) => rounded(longest.tokens)),
      ...ofModes('non-linear steps', ({ longest }) => rounded(longest.depth)),
      ...ofModes('MFLOP', ({ flops }) => (flops === null ? '' : (flops / 1e6).toFixed(1)), 1),
    ],
    comparisons,
  );

/** How deep the rows are, each in its modes. */
export const depthTable = (rows: readonly RowFacts[]): Table =>
  tableOf(
    'non-linear steps from an input to its answer, as a function of the length',
    [
      { title: 'row', align: 'left', text: ({ row }) => printable(row) },
      { title: 'answers', align: 'left', text: ({ mode }) => modeNames[mode] },
      { title: 'recurrence-complete', align: 'left', text: ({ recurrenceComplete = '' }) => recurrenceComplete },
      { title: 'non-linear steps', align: 'left', text: ({ depth = '' }) => printable(depth) },
    ],
    rows,
  );
