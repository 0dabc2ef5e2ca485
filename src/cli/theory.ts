import type { ColumnProperties, RowProperties } from '../core/contracts/theory';
import { markdownOf } from '../report/markdown';
import type { Sheet, Table } from '../report/table';
import type { Terminal } from '../report/terminal';
import { textOf } from '../report/text';
import { flow, widthOf } from '../report/width';
import { cite, citedPropositions } from '../theory/cite';
import { derive } from '../theory/derive';
import { explain, type Cell } from '../theory/explain';
import { codeOf, codes, predict, predictionOf, type Code } from '../theory/predict';
import { marks, type Mark } from '../theory/proposition';
import { theory } from '../theory/propositions';
import { columnWords, rowWords, told } from '../theory/words';
import type { TheoryUnits } from './asked-theory';
import type { Context } from './io';

/** Of lines where nothing says how wide the terminal is; wider ones are tiring to read. */
const usualWidth = 80;
const widest = 100;
const widthIn = ({ terminal }: Context): number => Math.min(terminal.width ?? usualWidth, widest);

const paragraph = (text: string, width: number, indent = ''): string[] =>
  flow(text.split(' '), width - widthOf(indent), ' ').map((line) => `${indent}${line}`);

/** Lines of a text behind a heading in a column of its own. */
function hanging(heading: string, text: string, column: number, width: number): string[] {
  return flow(text.split(' '), Math.max(20, width - column), ' ').map((line, at) =>
    at === 0
      ? `${heading}${' '.repeat(Math.max(1, column - widthOf(heading)))}${line}`
      : `${' '.repeat(column)}${line}`,
  );
}

export function cellJson(cell: Cell) {
  const derivation = derive(cell.row, cell.column);
  const prediction = predictionOf(derivation);
  const { architecture, task, row, column } = cell;
  return {
    architecture,
    task,
    code: codeOf(prediction),
    ...prediction,
    explanation: explain(cell, derivation),
    cited: citedPropositions(prediction.propositions),
    row,
    column,
  };
}

/** The paragraph, and what it cites. */
export function cellLines(cell: Cell, context: Context): string[] {
  const { code, explanation, cited } = cellJson(cell);
  const { bold, dim } = context.colors;
  const width = widthIn(context);
  const meanings = code.split(' ').map((each) => codes[each as Code]);
  return [
    `${bold(`${cell.architecture} on ${cell.task}`)}  ${bold(code)} ${dim(meanings.join('; '))}`,
    '',
    ...paragraph(explanation, width),
    ...(cited.length ? ['', bold('Cited')] : []),
    ...cited.flatMap(({ id, citation }) => hanging(`  ${id}`, citation, 8, width)),
  ];
}

interface Side {
  readonly name: string;
  readonly kind: 'architecture' | 'task';
  readonly properties: RowProperties | ColumnProperties;
  /** What is on the other side, with what is predicted. */
  readonly predicted: readonly { readonly name: string; readonly code: string }[];
}

function sideOf({ rows, columns }: TheoryUnits, name: string): Side {
  const row = rows.get(name)?.();
  if (row) {
    const predicted = [...columns].map(([other, column]) => ({ name: other, code: codeOf(predict(row, column())) }));
    return { name, kind: 'architecture', properties: row, predicted };
  }
  const column = columns.get(name)!();
  const predicted = [...rows].map(([other, one]) => ({ name: other, code: codeOf(predict(one(), column)) }));
  return { name, kind: 'task', properties: column, predicted };
}

export const sideJson = (units: TheoryUnits, name: string) => sideOf(units, name);

/** What propositions ask of a row or a column, and the other side by what is predicted. */
export function sideLines(units: TheoryUnits, name: string, context: Context): string[] {
  const { kind, properties, predicted } = sideOf(units, name);
  const { bold, dim } = context.colors;
  const width = widthIn(context);
  const words = kind === 'architecture' ? rowWords : columnWords;
  return [
    bold(`What propositions ask of ${name}`),
    ...told(words, properties, Object.keys(words)).flatMap((text) => paragraph(text, width, '  ')),
    '',
    bold(kind === 'architecture' ? 'What is predicted of it on columns' : 'What is predicted of rows on it'),
    ...byCode(predicted).flatMap(([code, names]) => [
      `  ${bold(code.padEnd(6))}${dim(meaningOf(code))}`,
      ...paragraph(names.join(', '), width, '        '),
    ]),
  ];
}

const meaningOf = (code: string): string =>
  code
    .split(' ')
    .map((each) => codes[each as Code])
    .join('; ');

/** Names by code, in the order of the legend. */
function byCode(predicted: Side['predicted']): [code: string, names: string[]][] {
  const order = Object.keys(codes);
  const found = [...new Set(predicted.map(({ code }) => code))];
  const place = (code: string) => order.indexOf(code.split(' ')[0]!);
  return found
    .sort((a, b) => place(a) - place(b))
    .map((code) => [code, predicted.filter((each) => each.code === code).map(({ name }) => name)]);
}

export const propositionsJson = () => ({
  marks,
  propositions: theory().propositions.map((one) => ({ ...one, citation: cite(one) })),
  sources: theory().sources,
});

/** Every proposition with its mark and citation. */
export function propositionLines(context: Context): string[] {
  const { bold, dim } = context.colors;
  const width = widthIn(context);
  const { propositions } = theory();
  const kinds = [...new Set(propositions.map(({ kind }) => kind))];
  return [
    ...kinds.flatMap((kind) => [
      bold(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`),
      ...propositions
        .filter((one) => one.kind === kind)
        .flatMap((one) => [
          ...hanging(`  ${one.id}`, `${one.statement} [${one.mark}]`, 8, width),
          ...hanging('', `${cite(one)}${standing(one)}`, 8, width).map((line) => dim(line)),
        ]),
      '',
    ]),
    dim(
      Object.entries(marks)
        .map(([mark, meaning]: [string, string]) => `[${mark as Mark}] ${meaning}`)
        .join(', '),
    ),
  ];
}

const standing = ({ cases, neverDecides, strength }: ReturnType<typeof theory>['propositions'][number]): string =>
  `${strength && strength !== 'theorem' ? `; ${strength}` : ''}${cases ? '' : '; background'}${neverDecides ? '; told, decides nothing' : ''}`;

function cellsOf({ rows, columns }: TheoryUnits) {
  const read = [...columns].map(([task, column]) => ({ task, column: column() }));
  return [...rows].map(([architecture, row]) => {
    const properties = row();
    return { architecture, cells: read.map(({ task, column }) => ({ task, ...predict(properties, column) })) };
  });
}

export function matrixJson(units: TheoryUnits) {
  const cells = cellsOf(units).flatMap(({ architecture, cells: all }) =>
    all.map((cell) => ({ architecture, code: codeOf(cell), ...cell })),
  );
  return {
    rows: [...units.rows.keys()],
    columns: [...units.columns.keys()],
    codes,
    cells,
    propositions: citedPropositions(cells.flatMap(({ propositions }) => propositions)),
  };
}

/** How the matrix is drawn: within a width, and as what. */
export const drawings = {
  text: {
    width: ({ width }: Terminal) => width ?? usualWidth,
    of: (sheet: Sheet, { palette, width = usualWidth }: Terminal) => textOf(sheet, { palette, width }),
  },
  markdown: { width: () => Infinity, of: markdownOf },
} as const satisfies Record<string, Drawing>;

interface Drawing {
  readonly width: (terminal: Terminal) => number;
  readonly of: (sheet: Sheet, terminal: Terminal) => string;
}

/** A table for each level, with as many columns as fit beside each other. */
export function matrixSheet(units: TheoryUnits, format: keyof typeof drawings, { terminal }: Context): string {
  const rows = cellsOf(units);
  const drawing: Drawing = drawings[format];
  const width = drawing.width(terminal);
  const levels = [...new Set([...units.columns.values()].map((column) => column().level))];
  const tables = levels.flatMap((level) => {
    const tasks = [...units.columns].filter(([, column]) => column().level === level).map(([task]) => task);
    const room = width - Math.max(...rows.map(({ architecture }) => architecture.length));
    return fitting(tasks, room).map((part, at) => tableOf(`${level}${at ? ', more' : ''}`, part, rows));
  });
  const used = new Set(
    tables.flatMap(({ rows: lines }) => lines.flatMap((line) => line.slice(1).flatMap((code) => code.split(' ')))),
  );
  const legend = Object.entries(codes).filter(([code]) => used.has(code));
  const sheet: Sheet = {
    title: 'Predicted by theory',
    tables,
    notes: [
      ...legend.map(([code, meaning]) => `${code} ${meaning}`),
      'zoo theory ROW COLUMN says why. A theorem is about all lengths; records stop at a few hundred.',
    ],
  };
  return drawing.of(sheet, terminal);
}

function tableOf(heading: string, tasks: readonly string[], rows: ReturnType<typeof cellsOf>): Table {
  return {
    heading,
    columns: [{ title: '', align: 'left' }, ...tasks.map((title) => ({ title, align: 'center' as const }))],
    rows: rows.map(({ architecture, cells }) => [
      architecture,
      ...tasks.map((task) => codeOf(cells.find((cell) => cell.task === task)!)),
    ]),
  };
}

/** Between columns of a table. */
const gap = 2;

/** The names in groups that fit beside each other. */
function fitting(names: readonly string[], room: number): string[][] {
  const groups: string[][] = [];
  let used = 0;
  for (const name of names) {
    if (groups.length === 0 || used + gap + name.length > room) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)!.push(name);
    used += gap + name.length;
  }
  return groups;
}
