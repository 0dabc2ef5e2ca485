import type { Axis, Figure, Panel, Series } from '../../core/contracts/figure';
import { hues, namesOf } from './series-look';

/** The version of Vega-Lite whose words these are. */
const schema = 'https://vega.github.io/schema/vega-lite/v6.json';

type Spec = Readonly<Record<string, unknown>>;

/** Figures as a specification of Vega-Lite with its data inline: to be changed by hand, or drawn by whatever knows it. */
export function figuresVega(figures: readonly Figure[], title: string): Spec {
  const [only] = figures;
  const drawn = figures.map(figureSpec);
  const whole = figures.length === 1 ? drawn[0]! : { title, vconcat: drawn };
  return { $schema: schema, description: only?.caption ?? title, ...whole };
}

function figureSpec({ title, caption, panels }: Figure): Spec {
  const names = namesOf(panels);
  const heading = { text: title, subtitle: caption, anchor: 'start' };
  const drawn = panels.map((panel) => panelSpec(panel, names));
  return panels.length === 1 ? { title: heading, ...drawn[0] } : { title: heading, hconcat: drawn };
}

function panelSpec(panel: Panel, names: readonly string[]): Spec {
  const { title, x, y, series, references = [], bands = [] } = panel;
  const isBar = series.some(({ mark }) => mark === 'bar');
  const place = { x: channel('x', x), y: channel('y', y) };
  const color = {
    field: 'series',
    type: 'nominal',
    title: null,
    scale: { domain: names, range: names.map((_, at) => hues[at % hues.length]!.light) },
  };
  const lines = series.filter(({ mark = 'line' }) => mark === 'line').map(({ name }) => name);
  const isLine = { filter: { field: 'series', oneOf: lines } };
  const dashed = series.filter(({ isDashed }) => isDashed).map(({ name }) => name);
  const strokeDash = {
    condition: { test: { field: 'series', oneOf: dashed }, value: [6, 4] },
    value: [1, 0],
  };
  return {
    ...(title && { title }),
    data: { values: series.flatMap(valuesOf) },
    layer: [
      ...bands.map(({ from, to }) => ({
        data: { values: [{ from, to }] },
        mark: { type: 'rect', opacity: 0.1, color: 'gray' },
        encoding: { x: { ...channel('x', x), field: 'from' }, x2: { field: 'to' } },
      })),
      ...(lines.length > 0
        ? [
            {
              transform: [isLine],
              mark: { type: 'line', invalid: 'break-paths-show-domains' },
              encoding: { ...place, color, strokeDash },
            },
          ]
        : []),
      {
        transform: [{ filter: 'isValid(datum.low) && isValid(datum.high)' }],
        mark: { type: 'rule', opacity: 0.5 },
        encoding: { x: place.x, y: { ...place.y, field: 'low' }, y2: { field: 'high' }, color },
      },
      isBar
        ? { mark: 'bar', encoding: { ...place, color, xOffset: { field: 'series' } } }
        : {
            mark: { type: 'point', filled: true },
            encoding: {
              ...place,
              color,
              shape: { field: 'series', type: 'nominal', title: null, scale: { domain: names } },
            },
          },
      ...references.map(({ axis, at, label }) => ({
        data: { values: [{ at, label }] },
        mark: { type: 'rule', strokeDash: [4, 4], color: 'gray' },
        encoding: { [axis]: { ...channel(axis, axis === 'x' ? x : y), field: 'at' } },
      })),
    ],
  };
}

const valuesOf = ({ name, points }: Series) =>
  points.map(({ x, y, low, high, note }) => ({
    series: name,
    x,
    y,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    ...(note !== undefined && { note }),
  }));

function channel(field: 'x' | 'y', { title, scale = 'linear', isShare, domain }: Axis): Spec {
  if (scale === 'category') return { field, type: 'nominal', title, sort: null };
  const shown = domain ?? (isShare && scale !== 'log' ? [0, 1] : undefined);
  return {
    field,
    type: 'quantitative',
    title,
    scale: { type: scale, ...(shown && { domain: shown }), ...(scale !== 'log' && { zero: field === 'y' }) },
    ...(isShare && { axis: { format: '.0%' } }),
  };
}
