import type { Palette } from '../../core/contracts/view';
import { bold, dim } from '../heat';
import { flow, pad, widthOf } from '../width';
import { barLines } from './bars-text';
import type { Figure, Panel } from '../../core/contracts/figure';
import { namesOf, signOf, inHue } from './series-look';
import { plotLines, type PlotLook } from './plot-text';

/** Columns where there is no terminal. */
const pageWidth = 80;
/** A panel is at most this wide, and at least the second when several stand side by side. */
const panelWidth = { most: 100, least: 58 };
const between = 3;

export interface FigureTextOptions {
  /** `none` also means ASCII. */
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width?: number;
}

/** A figure as lines of text: title, caption, panels (side by side where there is room) and what the signs mean. */
export function figureLines(figure: Figure, { palette, width = pageWidth }: FigureTextOptions): string[] {
  const beside = Math.max(
    1,
    Math.min(figure.panels.length, Math.floor((width + between) / (panelWidth.least + between))),
  );
  const each = Math.min(panelWidth.most, Math.floor((width + between) / beside) - between);
  const names = namesOf(figure.panels);
  const look: PlotLook = { palette, width: beside === 1 ? Math.min(panelWidth.most, width) : each, names };
  const panels = figure.panels.map((panel) => panelLines(panel, look));
  const lines: string[] = [];
  for (let at = 0; at < panels.length; at += beside) {
    const row = panels.slice(at, at + beside);
    const height = Math.max(...row.map((panel) => panel.length));
    lines.push('');
    for (let line = 0; line < height; line++)
      lines.push(
        row
          .map((panel) => pad(panel[line] ?? '', look.width))
          .join(' '.repeat(between))
          .trimEnd(),
      );
  }
  return [
    ...flow(figure.title.split(' '), width, ' ').map((line) => bold(palette, line)),
    ...flow(figure.caption.split(' '), width, ' ').map((line) => dim(palette, line)),
    ...lines,
    ...legendLines(figure, look, width),
  ];
}

function panelLines(panel: Panel, look: PlotLook): string[] {
  const isOfBars = panel.series.some(({ mark }) => mark === 'bar');
  return isOfBars ? barLines(panel, look) : plotLines(panel, look);
}

/** What the signs mean, once for all panels. */
function legendLines({ panels }: Figure, { palette, names }: PlotLook, width: number): string[] {
  if (names.length === 0) return [];
  const dashed = new Set(panels.flatMap(({ series }) => series.flatMap((each) => (each.isDashed ? each.name : []))));
  const items = names.map(
    (name, at) => `${inHue(palette, signOf(at, palette), at)} ${name}${dashed.has(name) ? ' (dashed)' : ''}`,
  );
  return ['', ...flow(items, Math.max(width, ...items.map(widthOf)))];
}
