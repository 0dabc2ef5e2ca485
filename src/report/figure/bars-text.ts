import { bold, dim } from '../heat';
import { fit, pad, widthOf } from '../width';
import { categoriesOf, labelOf, positionOf, spanOf } from './axis';
import type { Panel } from '../../core/contracts/figure';
import type { PlotLook } from './plot-text';
import { inHue, signOf } from './series-look';

const longestName = 28;

/** Bars across, one line for each series of a category, with the value and its interval behind. */
export function barLines(panel: Panel, { palette, width, names }: PlotLook): string[] {
  const { x, y, title, series } = panel;
  const span = spanOf(panel, 'y');
  const categories = categoriesOf(panel);
  const nameWidth = Math.min(longestName, Math.max(0, ...categories.map(widthOf)));
  const rows = categories.flatMap((category) =>
    series.flatMap(({ name, points }) => {
      const point = points.find((each) => String(each.x) === category);
      return point ? { category, at: names.indexOf(name), point } : [];
    }),
  );
  const told = rows.map(({ point: { y: value, low, high, note } }) => {
    const label = value === null ? (note ?? 'none') : labelOf(y, value);
    const interval = low !== undefined && high !== undefined && high > low;
    return interval ? `${label} (${labelOf(y, low)} to ${labelOf(y, high)})` : label;
  });
  const room = Math.max(8, width - nameWidth - 4 - Math.max(0, ...told.map(widthOf)));
  const full = palette === 'none' ? '=' : '█';
  const lines = rows.map(({ category, at, point }, row) => {
    const isFirst = rows[row - 1]?.category !== category;
    const share = point.y === null ? 0 : Math.min(1, Math.max(0, positionOf(y, span, point.y)));
    const bar = inHue(palette, full.repeat(Math.round(share * room)), at);
    const name = isFirst ? fit(category, nameWidth) : '';
    return `${pad(name, nameWidth)} ${inHue(palette, signOf(at, palette), at)} ${pad(bar, room)} ${told[row]!}`;
  });
  const marks = (panel.references ?? []).map(({ label, at }) => dim(palette, `${label}: ${labelOf(y, at)}`));
  const heading = [title, `${y.title} by ${x.title}`].filter(Boolean).join(': ');
  return [bold(palette, fit(heading, width)), ...lines, ...marks];
}
