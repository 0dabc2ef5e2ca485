import type { Theme } from '../core/contracts/view';

const query = '@media(prefers-color-scheme:dark)';

/**
 * A picture of ours for one theme, whatever its reader prefers: what its style sheet says for dark readers is said to all, or
 * to none. `auto` leaves it to them.
 */
export const inTheme = (svg: string, theme: Theme): string =>
  theme === 'auto'
    ? svg
    : svg.replace(/<style>([\s\S]*?)<\/style>/g, (_, sheet: string) => `<style>${fixed(sheet, theme)}</style>`);

/** Rules for dark readers come behind the others in our style sheets, so that they win where they are for all. */
function fixed(sheet: string, theme: 'light' | 'dark'): string {
  const at = sheet.indexOf(query);
  if (at < 0) return sheet;
  const start = sheet.indexOf('{', at);
  let end = start;
  let depth = 0;
  do {
    if (sheet[end] === '{') depth++;
    if (sheet[end] === '}') depth--;
    end++;
  } while (depth > 0 && end < sheet.length);
  const inner = theme === 'dark' ? sheet.slice(start + 1, end - 1) : '';
  return sheet.slice(0, at) + inner + fixed(sheet.slice(end), theme);
}
