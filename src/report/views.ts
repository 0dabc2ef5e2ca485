import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Drawn, ViewOptions } from '../core/contracts/view';
import { zooError } from '../core/errors';
import { nearestNames } from '../core/nearest';

/** What `--format` calls a view: its format, after the namespace of its plugin where there is one. */
export const formatOf = ({ id, meta }: RegisteredUnit<'view'>): string =>
  `${id.slice(0, id.length - meta.id.length)}${meta.format}`;

/** The ways to draw something: `matrix`, `leaderboard`, or what another study presents. */
export const viewsOf = (registry: Registry, of: string): RegisteredUnit<'view'>[] =>
  registry.all('view').filter(({ meta }) => meta.of === of);

/**
 * Draws a summary.
 * @throws unknown-format with the formats there are
 */
export async function draw(
  registry: Registry,
  { of, format }: { readonly of: string; readonly format: string },
  summary: unknown,
  options: ViewOptions,
): Promise<Drawn> {
  const views = viewsOf(registry, of);
  const view = views.find((each) => formatOf(each) === format);
  if (view) return registry.create(view).draw(summary, options);
  const formats = views.map(formatOf);
  throw zooError('unknown-format', { of, format, formats, nearest: nearestNames(format, formats) });
}
