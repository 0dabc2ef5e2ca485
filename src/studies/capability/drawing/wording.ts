import type { ManifestRow } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Verdict } from '../summarise/verdict';
import type { Absence, Matrix, MatrixCell } from '../summarise/matrix';
import type { ScoreKind } from '../../../core/contracts/view';
import { fit, widthOf } from '../../../report/width';

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

/** The fuller the disc, the longer the lengths. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  solves: '●',
  extends: '◕',
  'learnt in range': '◔',
  'not learnt': '○',
  diverged: '✕',
};

/** Strongest first, as legends list them. */
export const legendVerdicts: readonly Verdict[] = ['solves', 'extends', 'learnt in range', 'not learnt', 'diverged'];

/** Whole percent; 100 means every single one, so 99.9 % is 99. */
export function percent(share: number): string {
  return String(share === 1 ? 100 : Math.min(99, Math.round(share * 100)));
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Baselines are in brackets where nothing else sets them apart. */
export const rowName = ({ kind, id }: Pick<ManifestRow, 'kind' | 'id'>): string =>
  kind === 'baseline' ? `(${id})` : id;

/** "lstm x parity". */
export const cellName = ({ row, column }: Pick<MatrixCell, 'row' | 'column'>): string => `${row.id} x ${column.id}`;

/** "in range 1–40, near 41–100, far 101–256", as far as evaluated. */
export function lengthsSentence(matrix: Matrix): string {
  return lengthRanges
    .flatMap((range) => (matrix.lengths[range] ? `${rangeNames[range]} ${matrix.lengths[range].join('–')}` : []))
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

/** What a reader must not overlook about a cell with scores. */
export function flagOf({ summary, expectedSeeds }: MatrixCell): '' | '!' | '~' {
  if (summary?.agreement === 'contradicts') return '!';
  return summary && summary.seeds.length < expectedSeeds ? '~' : '';
}

/** What the flags of a matrix mean, as far as they occur. */
export const flagMeanings = ({ cells }: Matrix): ['!' | '~', string][] => {
  const seen = new Set(cells.map(flagOf));
  return [
    ...(seen.has('!') ? [['!', 'not as published'] as ['!', string]] : []),
    ...(seen.has('~') ? [['~', 'some seeds not run'] as ['~', string]] : []),
  ];
};

/**
 * Everything a reader must know that no number shows, one line each, gravest first: contradictions, failures, files
 * that count for nothing, cells that lack seeds. Cells that merely were not run need no line.
 */
export function notesOf(matrix: Matrix): string[] {
  const { cells, leftovers } = matrix;
  const named = (notes: (cell: MatrixCell) => string[]) =>
    cells.flatMap((cell) => notes(cell).map((note) => `${cellName(cell)}: ${note}`));
  return [
    ...named(contradictions),
    ...named(problems),
    ...leftovers.map(({ file, absence, reason }) => `${file}: ${absence}, ${firstLine(reason)}`),
    ...named(seedsShort),
    ...inapplicable(matrix),
  ];
}

/** The same for one cell, without its name. */
export const cellNotes = (cell: MatrixCell): string[] => [
  ...contradictions(cell),
  ...problems(cell),
  ...seedsShort(cell),
  ...cell.problems.flatMap(({ absence, reason }) => (absence === 'inapplicable' ? firstLine(reason) : [])),
];

const firstLine = (text: string): string => text.split('\n')[0]!;

function contradictions(cell: MatrixCell): string[] {
  const against = cell.summary?.claims.filter(({ agreement }) => agreement === 'contradicts') ?? [];
  return against.map(({ atLeast, atMost, measured, range, source }) => {
    const bounds = [atLeast !== undefined && `at least ${atLeast}`, atMost !== undefined && `at most ${atMost}`].filter(
      Boolean,
    );
    return `${measured!.toFixed(2)} ${rangeNames[range]}, published ${bounds.join(', ')} (${source})`;
  });
}

/** Seeds with the same problem share a line. */
function problems(cell: MatrixCell): string[] {
  const told = cell.problems.filter(({ absence }) => !['missing', 'inapplicable', 'left out'].includes(absence));
  return [...new Set(told.map(({ absence, reason }) => `${absence}, ${firstLine(reason)}`))];
}

function seedsShort({ summary, expectedSeeds }: MatrixCell): string[] {
  if (!summary) return [];
  const seeds = plural(summary.seeds.length, 'seed');
  return [
    ...(summary.seeds.length < expectedSeeds ? [`${summary.seeds.length} of ${plural(expectedSeeds, 'seed')}`] : []),
    ...(summary.diverged > 0 ? [`${summary.diverged} of ${seeds} diverged`] : []),
  ];
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

/** More than these would hide the matrix; CSV and JSON have all. */
const mostNotes = 8;

/** The first notes and how many more there are. */
export function firstNotes(matrix: Matrix, most = mostNotes): string[] {
  const notes = notesOf(matrix);
  return notes.length <= most ? notes : [...notes.slice(0, most - 1), `and ${notes.length - most + 1} more`];
}

/** Breaks an id or a level at its hyphens into lines of at most `width`; what still does not fit is cut. */
export function wrapName(name: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of name.split(/(?<=[-/ ])/)) {
    const joined = (lines.at(-1) ?? '') + part;
    if (lines.length > 0 && widthOf(joined.trimEnd()) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((line) => cut(line.trimEnd(), width));
}

/** At most `width` characters, a cut marked by "~". */
export const cut = (text: string, width: number): string => fit(text, width, '~');
