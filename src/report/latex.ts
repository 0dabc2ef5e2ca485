import { narrowed } from './narrow';
import { printable } from './printable';
import { latexSymbol } from './symbols';
import type { Sheet, Table } from './table';

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '`': '\\textasciigrave{}',
  "'": '\\textquotesingle{}',
};

/** A text as LaTeX that shows it as it is; hyphens side by side do not become a dash. */
export const latexText = (text: string): string =>
  printable(text).replace(/[^\x20-\x7e]|[\\~^<>|"`'&%$#_{}]|-(?=-)/g, (character) => {
    if (character === '-') return '-{}';
    return special[character] ?? latexSymbol(character) ?? (/[&%$#_{}]/.test(character) ? `\\${character}` : character);
  });

/** Characters that fit on a page of an article as small as our tables are set. */
const pageWidth = 95;

/** Tables for the packages booktabs and textcomp, as wide as a page; statements and notes are comments. */
export function latexOf(sheet: Sheet): string {
  const { title, statements = [], tables, notes } = narrowed(sheet, pageWidth);
  const comments = [
    `${title}. In the preamble: \\usepackage[T1]{fontenc}, \\usepackage{booktabs}, \\usepackage{textcomp}.`,
    ...statements,
    ...notes,
  ];
  return `${[...comments.map((comment) => `% ${printable(comment)}`), ...tables.map(latexTable)].join('\n')}\n`;
}

const latexLine = (texts: readonly string[], strong: readonly boolean[] = []): string => {
  const line = texts.map((text, at) => (strong[at] ? `\\textbf{${latexText(text)}}` : latexText(text))).join(' & ');
  // "[" after \\ of the line before would be read as its argument, "*" as its star.
  return `${/^\s*[[*]/.test(line) ? `{}${line}` : line} \\\\`;
};

const latexTable = ({ heading, columns, rows, strong }: Table): string =>
  [
    '\\begin{table}',
    '\\centering',
    '\\footnotesize',
    '\\setlength{\\tabcolsep}{3pt}',
    `\\caption{${latexText(heading)}}`,
    `\\begin{tabular}{${columns.map(({ align }) => align[0]).join('')}}`,
    '\\toprule',
    latexLine(columns.map(({ title }) => title)),
    '\\midrule',
    ...rows.map((row, at) => latexLine(row, strong?.[at])),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
  ].join('\n');
