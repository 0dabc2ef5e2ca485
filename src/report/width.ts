import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

/** Number of terminal columns a text takes: escape sequences take none, some characters two. */
export const widthOf = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : stringWidth(text));

/** Cuts a text to `width` columns, marked by `mark`; every style that begins also ends. */
export const fit = (text: string, width: number, mark = '…'): string =>
  widthOf(text) <= width ? text : `${sliceAnsi(text, 0, Math.max(0, width - widthOf(mark)))}${mark}`;

/** Fills a text with spaces to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' | 'center' = 'left'): string {
  const room = Math.max(0, width - widthOf(text));
  const before = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2);
  return ' '.repeat(before) + text + ' '.repeat(room - before);
}

/** Items side by side, on as many lines of at most `width` as they need. */
export function flow(items: readonly string[], width: number, between = '   '): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const joined = lines.length > 0 ? lines.at(-1)! + between + item : item;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(item);
  }
  return lines;
}
