import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './discover';

/** Sections of a task's page, in order; docs/tasks.md is the template. */
export const sections = [
  'Definition',
  'Worked examples',
  'Chain of thought',
  'Baselines',
  'Notes',
  'References',
] as const;
export type Section = (typeof sections)[number];

export interface Page {
  readonly title: string;
  /** Headings of level 2 in the order of the page. */
  readonly headings: readonly string[];
  readonly text: ReadonlyMap<string, string>;
}

export function readPage(path: string): Page | undefined {
  const file = join(projectRoot, path);
  if (!existsSync(file)) return undefined;
  const [head, ...parts] = readFileSync(file, 'utf8').split(/^## /m);
  const text = new Map(
    parts.map((part): [string, string] => [part.split('\n')[0]!.trim(), part.slice(part.indexOf('\n'))]),
  );
  return { title: /^# (.*)$/m.exec(head!)?.[1] ?? '', headings: [...text.keys()], text };
}

/** Rows of the first table of a section as objects keyed by column. */
export function tableOf(page: Page, section: Section): Record<string, string>[] {
  const lines = (page.text.get(section) ?? '').split('\n').filter((line) => line.startsWith('|'));
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''));
  const columns = cells(lines[0] ?? '');
  return lines.slice(2).map((line) => Object.fromEntries(cells(line).map((cell, i) => [columns[i]!, cell])));
}

export interface Example {
  readonly task: string;
  readonly input: number[];
  /** The input in readable symbols. */
  readonly reads: string;
  readonly answer: number[];
  readonly scored: number;
  /** The trace in readable symbols; undefined where the page has a dash. */
  readonly trace: string[] | undefined;
}

/** Columns of the worked examples. */
export const exampleColumns = ['task', 'input', 'reads', 'answer', 'scored', 'trace'] as const;

const ids = (cell: string) => cell.split(/\s+/).filter(Boolean).map(Number);

export function examplesOf(page: Page): Example[] {
  return tableOf(page, 'Worked examples').map((row) => ({
    task: row.task!,
    input: ids(row.input!),
    reads: row.reads!,
    answer: ids(row.answer!),
    scored: Number(row.scored),
    trace: row.trace === '-' ? undefined : row.trace!.split(/\s+/).filter(Boolean),
  }));
}

export interface BaselineRow {
  readonly uniform: number;
  readonly constant: number;
  readonly table: number;
}

/** What a page states: the row, and percent of whole answers within reach near and far. */
export interface StatedRow extends BaselineRow {
  readonly ceiling: { readonly near: number; readonly far: number };
}

/** Columns of the baselines: percent of scored positions at lengths 41..500, of whole answers near and far. */
export const baselineColumns = [
  ...['task', 'uniform', 'constant', 'position table'],
  ...['ceiling near', 'ceiling far'],
] as const;

export function baselinesOf(page: Page): Map<string, StatedRow> {
  return new Map(
    tableOf(page, 'Baselines').map((row) => [
      row.task!,
      {
        ...{ uniform: Number(row.uniform), constant: Number(row.constant), table: Number(row['position table']) },
        ceiling: { near: Number(row['ceiling near']), far: Number(row['ceiling far']) },
      },
    ]),
  );
}
