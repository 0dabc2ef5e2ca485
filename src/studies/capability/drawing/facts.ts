import { lengthRanges } from '../../../core/contracts/reference';
import { columnsOf, type ColumnFacts, type Matrix } from '../summarise/matrix';
import { leadingSettings, type Difference, type Span, type Training } from '../summarise/training';
import { fewNames } from '../../../core/few-names';
import { percent, plural, rangeNames, thousands } from './wording';

/** What holds for many cells, a line each: lengths, what can be reached at most, how rows were trained. */
export const factsOf = (matrix: Matrix): string[] => [...lengthLines(matrix), ...otherFacts(matrix)];

/** The same without lengths. */
export const otherFacts = (matrix: Matrix): string[] => [
  ...ceilingLines(matrix),
  ...notEvaluatedLines(matrix),
  ...(matrix.training ? trainingLines(matrix.training) : []),
];

/** "lengths: in range 1–40, near 41–100, far 101–256", a line for all columns or, where they differ, one for each kind. */
export function lengthLines({ facts }: Matrix): string[] {
  const columns = new Map<string, string[]>();
  for (const [id, { lengths }] of facts) {
    const told = spansSentence(lengths);
    if (told) columns.set(told, [...(columns.get(told) ?? []), id]);
  }
  const differ = columns.size > 1;
  return [...columns].map(([told, ids]) => `lengths${differ ? ` of ${ids.join(', ')}` : ''}: ${told}`);
}

/** Whether columns were evaluated at different lengths: then each tells its own. */
export const lengthsDiffer = (matrix: Matrix): boolean => lengthLines(matrix).length > 1;

/** What stands before the longest length of each range, where each column tells its own. */
export const longestHeading = 'up to length';

/** "in range 1–40, near 41–100, far 101–256", as far as evaluated. */
export const spansSentence = (lengths: ColumnFacts['lengths']): string =>
  lengthRanges
    .flatMap((range) => (lengths[range] ? `${rangeNames[range]} ${spanText(lengths[range])}` : []))
    .join(', ');

const spanText = ([least, most]: Span): string =>
  least === most ? thousands(most) : `${thousands(least)}–${thousands(most)}`;

function ceilingLines(matrix: Matrix): string[] {
  return columnsOf(matrix).flatMap(({ id }) => {
    const { ceiling } = matrix.facts.get(id)!;
    const low = lengthRanges.filter((range) => ceiling[range] !== null && ceiling[range] < 1);
    const told = low.map((range) => `${rangeNames[range]} at most ${percent(ceiling[range]!)}`);
    return told.length > 0 ? `${id}: ${told.join(', ')} can be reached from the trained lengths` : [];
  });
}

/** Ranges that a task does not have, one line for each column and reason. */
function notEvaluatedLines({ facts }: Matrix): string[] {
  return [...facts].flatMap(([id, { notEvaluated }]) => {
    const reasons = new Set(lengthRanges.flatMap((range) => notEvaluated[range] ?? []));
    return [...reasons].map((reason) => {
      const ranges = lengthRanges.filter((range) => notEvaluated[range] === reason).map((range) => rangeNames[range]);
      return `${id}: ${ranges.join(' and ')} not evaluated, ${reason}`;
    });
  });
}

/** What is the same for all trained cells, what differs, and how long they trained. */
function trainingLines(training: Training): string[] {
  const { same, differs, stopping, steps, sequences, distinct, parameters, searchSteps, machines } = training;
  const shared = same.flatMap(({ name, value }) => (leadingSettings.includes(name) ? `${name} ${value}` : []));
  const measured = [
    steps && `steps done ${spanText(steps)}`,
    sequences && `sequences seen ${spanText(sequences)}`,
    distinct && `different ones in a training set ${spanText(distinct)}`,
    parameters && `parameters ${spanText(parameters)}`,
    searchSteps && `steps of each search ${spanText(searchSteps)}`,
  ].filter((told) => typeof told === 'string');
  return [
    [
      shared.length > 0 && `the same for all rows: ${shared.join(', ')}`,
      differs.length > 0 && `differs: ${differs.map(differenceText).join(', ')}`,
    ]
      .filter(Boolean)
      .join('; '),
    [stoppingText(stopping), ...measured].join('; '),
    ...same.flatMap(({ name, value }) => (name === sequentialError ? sequentialText(value) : [])),
    ...(machines.length > 1 ? [machinesText(machines)] : []),
  ];
}

const sequentialError = 'evaluation sequential error';
const sequentialText = (error: string) =>
  error === 'none'
    ? []
    : [`evaluation is sequential: a length is measured until its verdict is certain, with an error of ${error} a cell`];

/** Of the kinds with most runs; JSON has all. */
function machinesText(machines: Training['machines']): string {
  const most = 3;
  const told = machines.slice(0, most).map(({ kind, runs }) => `${plural(runs, 'run')} on ${kind}`);
  const more = machines.length > most ? [`and ${machines.length - most} more`] : [];
  return `${machines.length} kinds of machine, which round differently: ${[...told, ...more].join('; ')}`;
}

function stoppingText(stopping: Training['stopping']): string {
  if (!stopping) return 'when runs stop differs';
  const { stopAt, patience, every, futile } = stopping;
  const good = stopAt === 1 ? 'perfect looks in a row at trained lengths' : 'looks in a row at trained lengths';
  const looks = [
    ...(stopAt === null
      ? []
      : [`${patience} ${good}${stopAt === 1 ? '' : ` with at least ${percent(stopAt)} % right`}`]),
    ...(futile ? [`${futile} without progress`] : []),
  ];
  return looks.length === 0
    ? 'no run stops early'
    : `a run stops after ${looks.join(' or ')}, one every ${every} steps`;
}

/** "steps 1000 (lstm 2500)" */
function differenceText({ name, usual, others }: Difference): string {
  const exceptions = others.map(({ value, cells }) => `${fewNames(cells)} ${value}`);
  return `${name} ${usual} (${exceptions.join('; ')})`;
}
