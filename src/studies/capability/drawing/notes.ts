import type { ShownSubmission } from '../../../core/contracts/manifest';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { printable } from '../../../report/printable';
import type { FaultShares } from '../summarise/faults';
import { rangesBelow, type Matrix, type MatrixCell } from '../summarise/matrix';
import { refutesTheorem, type CheckedFigure, type CheckedPrediction } from '../summarise/statement';
import { verdictThresholds, type Verdict } from '../summarise/verdict';
import { fewNames } from '../../../core/few-names';
import { cellName, plural, rangeNames, thousands } from './wording';

/**
 * Everything a reader must know that no number shows, one line each, gravest first: disagreements, scores below
 * guessing, failures, files that count for nothing, cells that lack seeds, what the average hides. Cells that merely were
 * not run need no line.
 */
export function notesOf(matrix: Matrix): string[] {
  const { cells } = matrix;
  const named = (notes: (cell: MatrixCell) => string[]) =>
    cells.flatMap((cell) => notes(cell).map((note) => `${cellName(cell)}: ${note}`));
  const borderlines = cells.flatMap((cell) => bounds(cell).map((told) => `${cellName(cell)} (${told})`));
  const futiles = cells.flatMap((cell) => futile(cell).map((told) => `${cellName(cell)} (${told})`));
  return [
    ...named((cell) => (isLoud(cell) ? disagreements(cell) : [])),
    ...named((cell) => (isLoud(cell) ? [] : disagreements(cell))),
    ...named(belowBaseline),
    ...problemsOfAll(cells),
    ...leftoverNotes(matrix),
    ...named(seedsShort),
    ...named(fallsAtLongest),
    ...named(memoryIsShort),
    ...(borderlines.length > 0 ? [`borderline: ${borderlines.join(', ')}`] : []),
    ...(futiles.length > 0 ? [`stopped as futile: ${futiles.join(', ')}`] : []),
    ...inapplicable(matrix),
  ];
}

/** The same for one cell, without its name. */
export const cellNotes = (cell: MatrixCell): string[] => [
  ...disagreements(cell),
  ...belowBaseline(cell),
  ...problems(cell),
  ...seedsShort(cell),
  ...fallsAtLongest(cell),
  ...memoryIsShort(cell),
  ...bounds(cell).map((told) => `borderline: ${told}`),
  ...futile(cell).map((told) => `stopped as futile: ${told}`),
  ...cell.problems.flatMap(({ absence, reason }) => (absence === 'inapplicable' ? firstLine(reason) : [])),
];

const firstLine = (text: string): string => text.split('\n')[0]!;

/** "0.50 far, published at least 0.99 (Somebody 2024)", "solves, and theory says: not expected to extend (...)". */
function disagreements({ summary }: MatrixCell): string[] {
  if (!summary) return [];
  return summary.statements.flatMap((statement) => {
    if (statement.kind === 'prediction') return against(statement, summary.verdict!);
    if (statement.agreement !== 'disagrees') return [];
    const { measured, range, overSeeds, source } = statement;
    const best = overSeeds === 'maximum' && summary.seeds.length > 1 ? ' in the best seed' : '';
    return `${measured!.toFixed(2)} ${rangeNames[range]}${best}, published ${boundsOf(statement)} (${source})`;
  });
}

function against(statement: CheckedPrediction, verdict: Verdict): string[] {
  const { says, source, agreement, because, about, isContrary } = statement;
  const said = `theory says: ${says}${source && ` (${source})`}`;
  if (isContrary) return [`${because}; ${said}`];
  if (agreement !== 'disagrees') return [];
  const told = `${verdict}${because ? ` (${because})` : ''}, and ${said}`;
  if (!refutesTheorem(statement)) return [told];
  const training = about === 'extension' ? ' about an idealised training' : '';
  return [`DISAGREES WITH A THEOREM${training}, a bug until proven otherwise: ${told}`];
}

const boundsOf = ({ atLeast, atMost }: CheckedFigure): string =>
  [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`]
    .filter(Boolean)
    .join(' and ');

const isLoud = ({ summary }: MatrixCell): boolean => summary?.statements.some(refutesTheorem) ?? false;

function belowBaseline(cell: MatrixCell): string[] {
  return rangesBelow(cell).map((range) => {
    const { score, baseline, faults } = cell.summary!.ranges[range];
    const compared = `${score!.exact.toFixed(2)} ${rangeNames[range]}, below guessing (${baseline!.exact.toFixed(2)})`;
    return faults ? `${compared}: ${faultsSentence(faults)}` : compared;
  });
}

/** "of 1,536 answers 78 % unfinished, 2 % wrong" */
export const faultsSentence = ({ answers, unfinished, malformed, wrong }: FaultShares): string => {
  const shares = Object.entries({ unfinished, malformed, wrong }).filter(([, share]) => share > 0);
  return `of ${thousands(answers)} answers ${shares.map(([fault, share]) => `${Math.round(100 * share)} % ${fault}`).join(', ')}`;
};

/** "at lengths 51 to 64 its memory is too small: ..." */
function memoryIsShort(cell: MatrixCell): string[] {
  const short = cell.summary?.exceeding ?? [];
  if (short.length === 0) return [];
  const lengths = short.map(({ length }) => length);
  return [`lengths ${Math.min(...lengths)} to ${Math.max(...lengths)}: ${firstLine(short[0]!.exceedsMemory)}`];
}

function problems(cell: MatrixCell): string[] {
  const told = cell.problems.filter(({ absence }) => !['missing', 'inapplicable', 'left out'].includes(absence));
  return [...new Set(told.map(({ absence, reason }) => `${absence}, ${firstLine(reason)}`))];
}

/** A line for each problem, with the cells that have it. */
function problemsOfAll(cells: readonly MatrixCell[]): string[] {
  const having = new Map<string, string[]>();
  for (const cell of cells)
    for (const told of problems(cell)) having.set(told, [...(having.get(told) ?? []), cellName(cell)]);
  return [...having].map(([told, names]) => `${fewNames(names)}: ${told}`);
}

/** Damaged files one by one; what is stale, by its reason, where no cell lacks it that tells so; of other runs their number. */
function leftoverNotes({ leftovers, sources: { stored } }: Matrix): string[] {
  const lacks = (key: string | null) => key !== null && stored.get(key)?.status !== 'finished';
  const stale = leftovers.filter(({ absence, cell }) => absence === 'stale' && !lacks(cell));
  const others = leftovers.filter(({ absence }) => absence === 'of another run');
  const reasons = new Map<string, string[]>();
  for (const { file, reason } of stale)
    reasons.set(firstLine(reason), [...(reasons.get(firstLine(reason)) ?? []), file]);
  return [
    ...leftovers.flatMap(({ file, absence, reason }) =>
      absence === 'corrupt' ? `${file}: ${absence}, ${firstLine(reason)}` : [],
    ),
    ...[...reasons].map(
      ([reason, files]) => `${files.length === 1 ? files[0] : `each of ${files.length} records`}: stale, ${reason}`,
    ),
    ...others.slice(0, 1).map(({ reason }) => {
      const more = others.length > 1 ? ', and so on' : '';
      return `${plural(others.length, 'record')} of another run, not shown: ${firstLine(reason)}${more}`;
    }),
  ];
}

function seedsShort({ summary, expectedSeeds }: MatrixCell): string[] {
  if (!summary) return [];
  const seeds = plural(summary.seeds.length, 'seed');
  return [
    ...(summary.seeds.length < expectedSeeds ? [`${summary.seeds.length} of ${plural(expectedSeeds, 'seed')}`] : []),
    ...(summary.diverged > 0 ? [`${summary.diverged} of ${seeds} diverged`] : []),
  ];
}

/** The range that would be mastered on average, and is not at its longest length. */
function fallsAtLongest({ row, summary }: MatrixCell): string[] {
  if (row.kind !== 'architecture' || !summary || summary.verdict === 'diverged') return [];
  const reaches = (range: LengthRange, exact: number | undefined) =>
    exact !== undefined && exact >= verdictThresholds[range];
  const failed = lengthRanges.find((range) => !reaches(range, summary.ranges[range].decisive?.exact));
  if (!failed || !reaches(failed, summary.ranges[failed].score?.exact)) return [];
  const { score, longest } = summary.ranges[failed];
  return [
    `${score!.exact.toFixed(2)} ${rangeNames[failed]} on average, but ${longest!.exact.toFixed(2)} at length ${longest!.length}`,
  ];
}

/** "extends to solves": what noise leaves open. */
const bounds = ({ row, summary }: MatrixCell): string[] =>
  row.kind === 'architecture' && summary?.isBorderline ? [summary.verdictBounds!.join(' to ')] : [];

/** "2 of 3 seeds, after 1,400 steps": of several seeds the fewest steps. */
function futile({ summary }: MatrixCell): string[] {
  if (!summary || summary.futile === 0) return [];
  const steps = summary.seeds.flatMap(({ outcome, steps }) => (outcome === 'stopped-futile' ? steps! : []));
  return [`${summary.futile} of ${plural(summary.seeds.length, 'seed')}, after ${thousands(Math.min(...steps))} steps`];
}

/** One line for each row and reason. */
function inapplicable({ cells }: Matrix): string[] {
  const columns = new Map<string, string[]>();
  for (const { row, column, problems } of cells) {
    for (const { absence, reason } of problems) {
      const key = `${row.id}\n${firstLine(reason)}`;
      if (absence === 'inapplicable') columns.set(key, [...(columns.get(key) ?? []), column.id]);
    }
  }
  return [...columns].map(([key, ids]) => {
    const [row, reason] = key.split('\n');
    return `${row} does not apply to ${ids.join(', ')}: ${reason}`;
  });
}

/**
 * "† lstm: 5 times the sequences of the others", a line for each mark behind names of rows, and one for each submission that rows
 * come from.
 */
export function protocolNotes({ rows }: Pick<Matrix, 'rows'>): string[] {
  const marks = [...new Set(rows.flatMap(({ mark }) => mark ?? []))];
  const differences = marks.map((mark) => {
    const own = rows.filter((row) => row.mark === mark);
    return `${mark} ${own.map(({ id }) => id).join(', ')}: ${own[0]!.differs!}`;
  });
  return [...differences, ...submissionNotes(rows.flatMap(({ submission }) => submission ?? []))];
}

/** "submitted by A. Person (a@example.org), CC-BY-4.0: example/gru", a line for each submission. */
export function submissionNotes(submissions: readonly ShownSubmission[]): string[] {
  const digests = [...new Set(submissions.map(({ digest }) => digest))];
  return digests.map((digest) => {
    const own = submissions.filter((each) => each.digest === digest);
    const { by, contact, licence } = own[0]!;
    const rows = own.map(({ row }) => row).join(', ');
    return printable(`submitted by ${by} (${contact}), ${licence}, digest ${digest.slice(0, 8)}: ${rows}`);
  });
}

/** More than these would hide the matrix; CSV and JSON have all. */
const mostNotes = 8;

/** The first notes and how many more there are. */
export function firstNotes(matrix: Matrix, most = mostNotes): string[] {
  const notes = notesOf(matrix);
  return notes.length <= most ? notes : [...notes.slice(0, most - 1), `and ${notes.length - most + 1} more`];
}
