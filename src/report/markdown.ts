import { printable } from './printable';
import type { Sheet, Table } from './table';

/** A text as Markdown that shows it as it is, on GitHub too, in tables too. */
export const markdownText = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]<>|~&$#]/g, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');

const rules = { left: '---', right: '---:', center: ':---:' } as const;
const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;

/** Statements as a list, a heading for each table, and the notes as a list. Lines within a note become one. */
export function markdownOf({ title, statements = [], tables, notes }: Sheet): string {
  const blocks = [
    `# ${markdownText(title)}`,
    statements.map(listed).join('\n'),
    ...tables.map(markdownTable),
    notes.map(listed).join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const listed = (sentence: string): string => `- ${markdownText(sentence)}`;

const markdownTable = ({ heading, columns, rows, strong }: Table): string =>
  [
    `## ${markdownText(capitalised(heading))}`,
    '',
    line(columns.map(({ title }) => markdownText(title))),
    line(columns.map(({ align }) => rules[align])),
    ...rows.map((row, at) =>
      line(row.map((text, column) => (strong?.[at]![column] ? `**${markdownText(text)}**` : markdownText(text)))),
    ),
  ].join('\n');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
