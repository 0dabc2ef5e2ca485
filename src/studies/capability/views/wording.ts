import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Verdict } from '../summarise/verdict';
import type { Absence, Matrix, MatrixCell } from '../summarise/matrix';

/** Which of the two scores a view shows. */
export type ScoreKind = 'exact' | 'token';
export const scoreNames: Readonly<Record<ScoreKind, string>> = { exact: 'exact match', token: 'token accuracy' };

export const rangeNames: Readonly<Record<LengthRange, string>> = { inRange: 'in range', near: 'near', far: 'far' };

/** What stands in a cell without scores. */
export const absenceWords: Readonly<Record<Absence, string>> = {
  missing: 'not run',
  failed: 'failed',
  corrupt: 'corrupt',
  stale: 'stale',
  'not evaluated': 'not eval.',
  inapplicable: 'n/a',
  'left out': '',
};

export type VerdictMarks = Readonly<Record<Verdict, string>>;
/** The fuller the disc, the longer the lengths. */
export const verdictMarks: Readonly<Record<'unicode' | 'ascii', VerdictMarks>> = {
  unicode: { solves: '●', extends: '◕', 'learnt in range': '◔', 'not learnt': '○', diverged: '✕' },
  ascii: { solves: '*', extends: '+', 'learnt in range': 'o', 'not learnt': '.', diverged: 'x' },
};

/** Strongest first, as legends list them. */
export const legendVerdicts: readonly Verdict[] = ['solves', 'extends', 'learnt in range', 'not learnt', 'diverged'];

/** Whole percent; 100 means every single one, so 99.9 % is 99. */
export function percent(share: number): string {
  return String(share === 1 ? 100 : Math.min(99, Math.round(share * 100)));
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** "lstm x parity". */
export const cellName = ({ row, column }: Pick<MatrixCell, 'row' | 'column'>): string => `${row.id} x ${column.id}`;

/** "in range 1-40, near 41-100, far 101-256", as far as evaluated. */
export function lengthsSentence(matrix: Matrix): string {
  return lengthRanges
    .flatMap((range) => (matrix.lengths[range] ? `${rangeNames[range]} ${matrix.lengths[range].join('-')}` : []))
    .join(', ');
}

/** "exact match in %, median of 3 seeds". */
export function scoreSentence({ seeds: [fewest, most] }: Matrix, score: ScoreKind): string {
  const seeds =
    most === 0
      ? ''
      : most === 1
        ? ', one seed'
        : `, median of ${fewest === most ? most : `${fewest} to ${most}`} seeds`;
  return `${scoreNames[score]} in %${seeds}`;
}

/** The problem that a cell without scores shows: the one a person would act on first. */
export function mainAbsence(cell: MatrixCell): Absence {
  const order: Absence[] = ['failed', 'corrupt', 'stale', 'not evaluated', 'inapplicable', 'left out', 'missing'];
  return order.find((absence) => cell.problems.some((problem) => problem.absence === absence)) ?? 'missing';
}

/**
 * Everything a reader must know that no number shows, one line each, gravest first: contradictions, failures, files
 * that count for nothing, cells that lack seeds. Cells that merely were not run need no line.
 */
export function notesOf(matrix: Matrix): string[] {
  const { cells, leftovers } = matrix;
  return [
    ...cells.flatMap(contradictions),
    ...cells.flatMap(problems),
    ...leftovers.map(({ file, absence, reason }) => `${file}: ${absence}, ${firstLine(reason)}`),
    ...cells.flatMap(seedsShort),
    ...inapplicable(matrix),
  ];
}

const firstLine = (text: string): string => text.split('\n')[0]!;

function contradictions(cell: MatrixCell): string[] {
  const against = cell.summary?.claims.filter(({ agreement }) => agreement === 'contradicts') ?? [];
  return against.map(({ atLeast, atMost, measured, range, source }) => {
    const bounds = [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`].filter(
      Boolean,
    );
    return `${cellName(cell)}: ${measured!.toFixed(2)} ${rangeNames[range]}, published ${bounds.join(', ')} (${source})`;
  });
}

/** Seeds with the same problem share a line. */
function problems(cell: MatrixCell): string[] {
  const told = cell.problems.filter(({ absence }) => !['missing', 'inapplicable', 'left out'].includes(absence));
  return [...new Set(told.map(({ absence, reason }) => `${cellName(cell)}: ${absence}, ${firstLine(reason)}`))];
}

function seedsShort(cell: MatrixCell): string[] {
  const { summary, expectedSeeds } = cell;
  if (!summary) return [];
  const seeds = plural(summary.seeds.length, 'seed');
  return [
    ...(summary.seeds.length < expectedSeeds
      ? [`${cellName(cell)}: ${summary.seeds.length} of ${plural(expectedSeeds, 'seed')}`]
      : []),
    ...(summary.diverged > 0 ? [`${cellName(cell)}: ${summary.diverged} of ${seeds} diverged`] : []),
  ];
}

/** One line for each row and reason. */
function inapplicable({ cells }: Matrix): string[] {
  const columns = new Map<string, string[]>();
  for (const { row, column, problems } of cells) {
    for (const { absence, reason } of problems) {
      if (absence === 'inapplicable')
        columns.set(`${row.id}\n${reason}`, [...(columns.get(`${row.id}\n${reason}`) ?? []), column.id]);
    }
  }
  return [...columns].map(
    ([key, ids]) => `${key.split('\n')[0]} does not apply to ${ids.join(', ')}: ${key.slice(key.indexOf('\n') + 1)}`,
  );
}

/** The first notes and how many more there are. */
export function firstNotes(matrix: Matrix, most: number): string[] {
  const notes = notesOf(matrix);
  return notes.length <= most ? notes : [...notes.slice(0, most - 1), `and ${notes.length - most + 1} more`];
}

/** Breaks an id or a level at its hyphens into lines of at most `width`; what still does not fit is cut. */
export function wrapName(name: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of name.split(/(?<=[-/ ])/)) {
    const joined = (lines.at(-1) ?? '') + part;
    if (lines.length > 0 && joined.trimEnd().length <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => cut(line.trimEnd(), width));
}

/** At most `width` characters, a cut marked by "~". */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}~`;

/** Items side by side, on as many lines as they need. */
export function flow(items: readonly string[], width: number, between = '   '): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const joined = lines.length > 0 ? lines.at(-1)! + between + item : item;
    if (lines.length > 0 && joined.length <= width) lines[lines.length - 1] = joined;
    else lines.push(item);
  }
  return lines;
}
