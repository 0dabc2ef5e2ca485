import { groupBy } from '../../data/split';
import { scoresOf, type Comparison, type ModeResult } from './compare';
import { modeNames, modesTold } from './tables';
import { learnt, notNear, type Verdict } from './verdict';

const percent = (score: number): string => `${(100 * score).toFixed(0)} %`;
/** "s3 to 20" */
const named = ({ base, trainedTo }: Comparison): string => `${base} to ${trainedTo}`;
const listed = (comparisons: readonly Comparison[]): string => comparisons.map(named).join(', ');
const span = (values: readonly number[], shown: (value: number) => string): string => {
  const ends = [Math.min(...values), Math.max(...values)].map(shown);
  return [...new Set(ends)].join(' to ');
};
const thoughts = ({ modes }: Comparison): ModeResult => modes['chain-of-thought']!;

/** What was found, a sentence each; every number and name in them comes from the comparisons. */
export const statementsOf = (comparisons: readonly Comparison[]): string[] =>
  [...groupBy(comparisons, ({ row }) => row)].flatMap(([row, own]) => [
    ...verdictStatements(row, own),
    ...alone(row, own),
    ...nearStatement(row, own),
    ...lengthStatements(row, own),
    ...costStatement(row, own),
    ...traceStatements(row, own),
  ]);

const sentences: readonly (readonly [Verdict, (row: string, columns: string) => string])[] = [
  [
    'trace pays',
    (row, columns) =>
      `${row} learns these in range with a chain of thought (at least ${percent(learnt)}), and comes nowhere near with direct answers or as many filler tokens (below ${percent(notNear)}): ${columns}.`,
  ],
  [
    'trace helps',
    (row, columns) => `${row} learns these in range with a chain of thought alone, and comes near without: ${columns}.`,
  ],
  [
    'filler suffices',
    (row, columns) =>
      `${row} learns these in range with filler tokens that say nothing, not with direct answers: ${columns}.`,
  ],
  [
    'direct suffices',
    (row, columns) =>
      `${row} learns these in range with direct answers, so a chain of thought adds nothing: ${columns}.`,
  ],
  ['none learns', (row, columns) => `${row} learns these in range in none of the three modes: ${columns}.`],
];

function verdictStatements(row: string, own: readonly Comparison[]): string[] {
  const judged = own.filter(({ verdict }) => verdict !== null && verdict !== 'not measured');
  if (judged.length === 0) return [];
  const columnsOf = (some: readonly Comparison[]) => new Set(some.map(({ base }) => base)).size;
  const pays = columnsOf(judged.filter(({ verdict }) => verdict === 'trace pays'));
  return [
    `A chain of thought pays for ${row} on ${pays} of the ${columnsOf(judged)} columns that were tried, at some trained length. Zhang et al. 2024 say that it makes up for missing recurrence; what they say of single tasks is not known to us.`,
    ...sentences.flatMap(([verdict, sentence]) => {
      const columns = judged.filter((each) => each.verdict === verdict);
      return columns.length > 0 ? [sentence(row, listed(columns))] : [];
    }),
  ];
}

/** Rows that are not measured in all modes. */
function alone(row: string, own: readonly Comparison[]): string[] {
  const partial = own.filter(({ verdict }) => verdict === null);
  return modesTold.flatMap((mode) => {
    const measured = partial.filter((each) => scoresOf(each)[mode] !== null);
    if (measured.length === 0) return [];
    const scores = measured.map((each) => `${percent(each.modes[mode]!.inRange!)} on ${named(each)}`);
    return [`${row} gets in range, ${modeNames[mode]}: ${scores.join(', ')}.`];
  });
}

function nearStatement(row: string, own: readonly Comparison[]): string[] {
  const learning = own.filter((each) => (scoresOf(each)['chain-of-thought'] ?? 0) >= learnt);
  const near = learning.filter((each) => thoughts(each).near !== null);
  if (near.length === 0) return [];
  const carried = near.filter((each) => thoughts(each).near! >= learnt);
  const scores = span(
    near.map((each) => thoughts(each).near!),
    percent,
  );
  return [
    carried.length === 0
      ? `What ${row} learns in range with a chain of thought it carries on to longer inputs nowhere: near, it gets ${scores} (${near.length} columns and trained lengths).`
      : `What ${row} learns in range with a chain of thought it carries on to near lengths on ${listed(carried)}, not on the other ${near.length - carried.length} (${scores} over all).`,
  ];
}

/** Columns that are trained to several lengths. */
function lengthStatements(row: string, own: readonly Comparison[]): string[] {
  return [...groupBy(own, ({ base }) => base).values()].flatMap((columns) => {
    const known = columns.filter(({ verdict }) => verdict !== null && verdict !== 'not measured');
    if (known.length < 2) return [];
    const told = known
      .toSorted((a, b) => a.trainedTo - b.trainedTo)
      .map(({ trainedTo, verdict }) => `to ${trainedTo} ${verdict}`);
    return [`${row} on ${known[0]!.base}, by longest trained length: ${told.join(', ')}.`];
  });
}

function costStatement(row: string, own: readonly Comparison[]): string[] {
  const paying = own.filter(({ verdict }) => verdict === 'trace pays');
  if (paying.length === 0) return [];
  const ratio = (of: (result: ModeResult) => number) =>
    span(
      paying.map(({ modes }) => of(modes['chain-of-thought']!) / of(modes.direct!)),
      (value) => value.toFixed(1),
    );
  return [
    `Where it pays for ${row}, a sequence with a chain of thought has ${ratio(({ longest }) => longest.tokens)} times as many tokens as one without at the longest trained length, and ${ratio(({ longest }) => longest.depth)} times as many non-linear steps one after the other.`,
  ];
}

/** Columns of one task, trained to the same length, that differ in how long their traces are. */
function traceStatements(row: string, own: readonly Comparison[]): string[] {
  const measured = own.filter((each) => scoresOf(each)['chain-of-thought'] !== null);
  return [...groupBy(measured, ({ task, trainedTo }) => `${task} ${trainedTo}`).values()].flatMap((alike) => {
    const byLength = alike.toSorted((a, b) => thoughts(a).longest.written - thoughts(b).longest.written);
    const [shortest, longest] = [byLength[0]!, byLength.at(-1)!];
    if (thoughts(shortest).longest.written === thoughts(longest).longest.written) return [];
    const told = (each: Comparison) =>
      `${percent(thoughts(each).inRange!)} with up to ${thoughts(each).longest.written} tokens written (${each.base})`;
    return [`${row} on ${shortest.task} to ${shortest.trainedTo}, in range: ${told(shortest)}, ${told(longest)}.`];
  });
}
