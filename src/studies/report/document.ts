import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageRoot } from '../../core/package';
import { hues } from '../../report/figure/series-look';
import { escaped } from '../../report/svg';
import { colourClasses, colourProperties } from '../../report/svg-style';
import { zooError } from '../../core/errors';

/** What the build makes of src/page. */
const built = { script: 'dist/src/page/page.js', style: 'dist/src/page/page.css' } as const;

/**
 * One HTML file that needs nothing else: the program of the page, its style and the blocks of data, each packed by itself
 * (gzip, base64), so that a page of thousands of cells opens at once. Its policy lets nothing be loaded, and only this
 * program run.
 * @throws not-built
 */
export function pageOf(title: string, blocks: ReadonlyMap<string, unknown>): string {
  const script = partOf('script');
  const style = `${colours}\n${partOf('style')}`;
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<noscript>This page draws itself from the data that it holds, and needs JavaScript for that. It loads nothing.</noscript>',
    ...[...blocks].map(([name, content]) => `<script type="text/plain" id="${name}">${packed(content)}</script>`),
    `<script>${script}</script>`,
    '</body>',
    '</html>\n',
  ].join('\n');
}

const packed = (content: unknown): string => gzipSync(JSON.stringify(content), { level: 9 }).toString('base64');

const digestOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Its reader's preference, or what its reader chose instead. */
const colours = [
  `:root{color-scheme:light;${colourProperties('light', hues)}}`,
  `@media(prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${colourProperties('dark', hues)}}}`,
  `:root[data-theme=dark]{color-scheme:dark;${colourProperties('dark', hues)}}`,
  colourClasses(hues.length),
  `@media print{:root:root{color-scheme:light;${colourProperties('light', hues)}}}`,
].join('\n');

function partOf(part: keyof typeof built): string {
  const file = join(packageRoot, built[part]);
  if (!existsSync(file)) throw zooError('not-built', { file: built[part] });
  return readFileSync(file, 'utf8').trim();
}
