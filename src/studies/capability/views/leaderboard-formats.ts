import CliTable from 'cli-table3';
import { lengthRanges } from '../../../core/contracts/reference';
import type { Leaderboard } from '../summarise/leaderboard';
import { leaderboardNotes, leaderboardTables, type Table } from './leaderboard-tables';
import { bold, dim, type Palette } from '../../../report/terminal';

export const leaderboardFormats = ['table', 'markdown', 'csv', 'latex', 'json'] as const;
export type LeaderboardFormat = (typeof leaderboardFormats)[number];

/** A leaderboard as text in one of the formats. `palette` matters to `table` alone. */
export function renderLeaderboard(
  leaderboard: Leaderboard,
  format: LeaderboardFormat,
  palette: Palette = 'none',
): string {
  switch (format) {
    case 'table':
      return asTables(leaderboard, palette);
    case 'markdown':
      return asMarkdown(leaderboard);
    case 'csv':
      return asCsv(leaderboard);
    case 'latex':
      return asLatex(leaderboard);
    case 'json':
      return `${JSON.stringify(leaderboard, null, 2)}\n`;
  }
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

function asTables(leaderboard: Leaderboard, palette: Palette): string {
  const tables = leaderboardTables(leaderboard).map(({ title, columns, rows }) => {
    const drawn = new CliTable({
      head: columns.map(({ head }) => dim(palette, head)),
      colAligns: columns.map(({ align }) => align),
      chars: noLines,
      style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    });
    drawn.push(...rows.map((row) => [...row]));
    return [
      bold(palette, title),
      ...drawn
        .toString()
        .split('\n')
        .map((line) => line.trimEnd()),
    ].join('\n');
  });
  return `${[...tables, leaderboardNotes.map((note) => dim(palette, note)).join('\n')].join('\n\n')}\n`;
}

function asMarkdown(leaderboard: Leaderboard): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const tables = leaderboardTables(leaderboard).map(({ title, columns, rows }) =>
    [
      `## ${title[0]!.toUpperCase()}${title.slice(1)}`,
      '',
      line(columns.map(({ head }) => head)),
      line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
      ...rows.map(line),
      '',
    ].join('\n'),
  );
  return `${[`# Leaderboard: ${leaderboard.experiment}\n`, ...tables, ...leaderboardNotes.map((note) => `- ${note}`)].join('\n')}\n`;
}

/** One rectangle with full precision: a line for each row of each task, then `overall` ones. RFC 4180. */
function asCsv({ tasks, overall }: Leaderboard): string {
  const heads = [
    'task',
    'level',
    'rank',
    'architecture',
    'kind',
    'seeds',
    'in_range',
    'near',
    'far',
    'lowest_seed',
    'highest_seed',
    'baseline',
    'capability',
    'runs',
    'runs_that_solve',
    'solve_low',
    'solve_high',
    'verdict',
    'absence',
  ];
  const taskLines = tasks.flatMap(({ column, entries }) =>
    entries.map((entry) => [
      column.id,
      column.level,
      entry.rank,
      entry.architecture,
      entry.kind,
      entry.seeds,
      ...lengthRanges.map((range) => entry.exact[range]),
      ...(entry.spread ?? [null, null]),
      entry.baseline,
      entry.capability,
      entry.seeds,
      entry.solved?.seeds,
      entry.solved?.interval.low,
      entry.solved?.interval.high,
      entry.verdict,
      entry.absence,
    ]),
  );
  const overallLines = overall.map(
    ({ rank, architecture, kind, seeds, capability, solvedRuns: { of, runs, interval } }) => [
      'overall',
      null,
      rank,
      architecture,
      kind,
      seeds,
      null,
      null,
      null,
      null,
      null,
      null,
      capability,
      of,
      runs,
      interval.low,
      interval.high,
      null,
      null,
    ],
  );
  const field = (value: string | number | null | undefined) => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [heads, ...taskLines, ...overallLines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

const latexSpecial: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const latexText = (text: string): string =>
  text
    .replaceAll(/[\\~^]|[&%$#_{}]/g, (character) => latexSpecial[character] ?? `\\${character}`)
    .replaceAll(/(\d)-(\d)/g, '$1--$2');

/** Tables for the `booktabs` package. */
function asLatex(leaderboard: Leaderboard): string {
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(' & ')} \\\\`;
  const tabular = ({ title, columns, rows }: Table) =>
    [
      '\\begin{table}',
      '\\centering',
      `\\caption{${latexText(`${leaderboard.experiment}: ${title}`)}}`,
      `\\begin{tabular}{${columns.map(({ align }) => align[0]).join('')}}`,
      '\\toprule',
      line(columns.map(({ head }) => head)),
      '\\midrule',
      ...rows.map(line),
      '\\bottomrule',
      '\\end{tabular}',
      '\\end{table}',
    ].join('\n');
  return `${[...leaderboardNotes.map((note) => `% ${note}`), ...leaderboardTables(leaderboard).map(tabular)].join('\n')}\n`;
}
