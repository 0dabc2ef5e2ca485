import type { Context } from './io';

/** A page as a terminal shows it: headings and emphasis by colour, links as their text, everything else as written. */
export function renderMarkdown(page: string, { colors }: Context): string {
  const body = page.replace(/^---\n.*?\n---\n+/s, ''); // front matter is for machines
  let inCode = false;
  const lines = body.split('\n').flatMap((line) => {
    if (/^\s*```/.test(line)) {
      inCode = !inCode;
      return [];
    }
    if (inCode) return [`  ${colors.dim(line)}`];
    const heading = /^(#+)\s+(.*)$/.exec(line);
    if (heading)
      return [colors.bold(heading[1]!.length === 1 ? colors.underline(inline(heading[2]!)) : inline(heading[2]!))];
    return [inline(line)];
  });
  return lines.join('\n').trimEnd();

  function inline(text: string): string {
    return text
      .replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, target: string) =>
        /^https?:/.test(target) && label !== target ? `${label} (${target})` : label,
      )
      .replace(/`([^`]+)`/g, (_, code: string) => colors.cyan(code))
      .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => colors.bold(strong));
  }
}
