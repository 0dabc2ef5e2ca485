import { marks } from '../literature/schema';
import type { PublishedResult } from '../literature/published';
import type { Context } from './io';

/**
 * Published figures as lines: one block for each table of a source, figures named by row (on the page of a task) or by
 * task (on that of an architecture).
 */
export function publishedLines(
  results: readonly PublishedResult[],
  nameOf: (result: PublishedResult) => string,
  { colors }: Context,
): string[] {
  const blocks = grouped(results, ({ source, mark, protocol, metric, lengths, note }) =>
    JSON.stringify([source, mark, protocol, metric, lengths, note]),
  );
  let shown = '';
  return blocks.flatMap((block) => {
    const { source, mark, protocol, metric, lengths, note } = block[0]!;
    const heading = `  ${source.authors}, ${source.identifier}, ${source.place} [${mark}]`;
    const known = heading === shown;
    shown = heading;
    const conditions = [metric, `lengths ${lengths}`, note].filter(Boolean).join('; ');
    return [
      ...(known ? [] : [heading, `    ${colors.dim(protocol)}`]),
      `    ${conditions}`,
      ...wrapped(block.map((result) => `${nameOf(result)} ${figure(result)}`)).map((line) => `      ${line}`),
    ];
  });
}

/** What the marks mean, as far as they occur. */
export const markLegend = (results: readonly PublishedResult[]): string =>
  Object.entries(marks)
    .filter(([mark]) => results.some((result) => result.mark === mark))
    .map(([mark, meaning]) => `[${mark}] ${meaning}`)
    .join(', ');

function figure({ score, deviation, bound, unit }: PublishedResult): string {
  const number = (value: number) => (unit === 'share' ? (100 * value).toFixed(1) : String(value));
  return [bound, number(score), deviation === undefined ? '' : `± ${number(deviation)}`].filter(Boolean).join(' ');
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups.values()];
}

const lineWidth = 100;

/** Items separated by commas, on as many lines as they need. */
function wrapped(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= lineWidth) lines[lines.length - 1] = `${last}, ${item}`;
    else {
      if (last !== undefined) lines[lines.length - 1] += ',';
      lines.push(item);
    }
  }
  return lines;
}
