import type { Registry } from '../../registry/registry';
import { viewId, type RegisteredUnit } from '../../registry/units';
import type { Drawn, ViewOptions } from '../core/contracts/view';
import { zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';
import { inTheme } from './svg-theme';

/** What `--format` calls a view: its format, after the namespace of its plugin where there is one. */
export const formatOf = ({ id, meta }: RegisteredUnit<'view'>): string =>
  `${id.slice(0, id.length - meta.id.length)}${meta.format}`;

/** The ways to draw something: `matrix`, `leaderboard`, or what another study presents. */
export const viewsOf = (registry: Registry, of: string): RegisteredUnit<'view'>[] =>
  registry.all('view').filter(({ meta }) => meta.of === of);

/** The one view of that format, without a look at the others. */
function viewOf(registry: Registry, of: string, format: string): RegisteredUnit<'view'> | undefined {
  const named = format.lastIndexOf('/') + 1;
  const view = registry.find('view', format.slice(0, named) + viewId(of, format.slice(named)));
  return view?.meta.of === of ? view : undefined;
}

const svg = 'svg';
/** Every picture is a page, too. */
const pdf = 'pdf';

/** What `--format` may be: the formats of views, and `pdf` where one of them is `svg`. */
function formatsOf(views: readonly RegisteredUnit<'view'>[]): string[] {
  const formats = views.map(formatOf);
  return formats.includes(svg) && !formats.includes(pdf) ? [...formats, pdf] : formats;
}

const textOf = (drawn: Drawn): string => (typeof drawn === 'string' ? drawn : Buffer.from(drawn).toString('utf8'));

/**
 * Draws a summary; `pdf` is made of a picture.
 * @throws unknown-format with the formats there are
 */
export async function draw(
  registry: Registry,
  { of, format }: { readonly of: string; readonly format: string },
  summary: unknown,
  options: ViewOptions,
): Promise<Drawn> {
  const { theme = 'auto' } = options;
  const view = viewOf(registry, of, format);
  if (view) {
    const drawn = await registry.create(view).draw(summary, options);
    return format === svg && typeof drawn === 'string' ? inTheme(drawn, theme) : drawn;
  }
  const picture = format === pdf ? viewOf(registry, of, svg) : undefined;
  if (picture) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings a library that few need
    const { pdfOf } = require('./pdf') as typeof import('./pdf');
    const drawn = await registry.create(picture).draw(summary, options);
    return pdfOf(inTheme(textOf(drawn), theme === 'auto' ? 'light' : theme));
  }
  const formats = formatsOf(viewsOf(registry, of));
  throw zooError('unknown-format', { of, format, formats, nearest: nearestNames(format, formats) });
}
