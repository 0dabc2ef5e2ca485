import { characterWidth, svgPage, write } from '../svg';
import { seriesStyle } from '../svg-style';
import { labelOf } from './axis';
import type { Figure, Panel, Point, Series } from '../../core/contracts/figure';
import { fillOf, lineThrough, signAt, type Place } from './marks-svg';
import { SvgPanel, titleOf, wrapped } from './panel-svg';
import { hues, namesOf } from './series-look';

const margin = 28;
const gap = 34;
const figureGap = 40;
const lineHeight = 18;
const legendRow = 22;
/** Of a panel, by how many stand side by side. */
const sizes = [
  { width: 720, height: 300 },
  { width: 410, height: 260 },
  { width: 320, height: 230 },
] as const;
/** Names of lines stand at their ends where each is moved by less than this to be apart from the others. */
const label = { apart: 15, moved: 22, most: 6 };

interface Drawn {
  readonly width: number;
  readonly bottom: number;
  readonly parts: readonly string[];
}

/** Figures under each other as one picture of its own, for light and dark pages. */
export function figuresSvg(figures: readonly Figure[], title: string): string {
  let top = margin;
  const drawn = figures.map((figure) => {
    const each = figureAt(figure, top);
    top = each.bottom + figureGap;
    return each;
  });
  return svgPage({
    title: figures.length === 1 ? figures[0]!.title : title,
    description: figures.map(described).join(' '),
    width: Math.max(sizes[0].width + 2 * margin, ...drawn.map(({ width }) => width)),
    height: Math.max(margin, top - figureGap) + margin - 8,
    style: seriesStyle(hues),
    parts: drawn.flatMap(({ parts }) => parts),
  });
}

function figureAt(figure: Figure, top: number): Drawn {
  const { panels } = figure;
  const beside = panels.length === 4 ? 2 : Math.min(sizes.length, Math.max(1, panels.length));
  const { width, height } = sizes[beside - 1]!;
  const page = Math.max(sizes[0].width, beside * width + (beside - 1) * gap);
  const names = namesOf(panels);
  const titles = wrapped(figure.title, page / 10.8);
  const captions = wrapped(figure.caption, page / characterWidth.note);
  const parts = [
    ...titles.map((text, at) => write(margin, top + 16 + at * 26, 'title', text)),
    ...captions.map((text, at) => write(margin, top + 12 + titles.length * 26 + at * lineHeight, 'quiet small', text)),
  ];
  let y = top + 18 + titles.length * 26 + captions.length * lineHeight;
  const right = labelRoom(figure);
  const direct = right > 0 ? labelled(panels[0]!, { y, width, height, right }, names) : undefined;
  if (!direct && names.length > 1) {
    const legend = legendAt(figure, names, y, page);
    parts.push(...legend.parts);
    y = legend.bottom;
  }
  for (let at = 0; at < panels.length; at += beside) {
    const own = panels.slice(at, at + beside);
    const titleLines = Math.max(1, ...own.map((panel) => titleOf(panel, width).length));
    const row = own.map((panel, column) => {
      const x = margin + column * (width + gap);
      return new SvgPanel(panel, { x, y: y + 6, width, height, right: direct ? right : 0, titleLines }, names);
    });
    parts.push(...row.flatMap((panel) => panel.parts()));
    y = Math.max(...row.map(({ end }) => end)) + 16;
  }
  return { width: page + 2 * margin, bottom: y - 16, parts: [...parts, ...(direct ?? [])] };
}

/** Room for names at the ends of lines; 0 where a figure needs a legend. */
function labelRoom({ panels }: Figure): number {
  const [panel] = panels;
  if (panels.length !== 1 || !panel) return 0;
  const { series, x } = panel;
  const areLines = series.every(({ mark, points }) => (mark ?? 'line') === 'line' && points.length > 1);
  if (!areLines || x.scale === 'category' || series.length < 2 || series.length > label.most) return 0;
  return Math.max(...series.map(({ name }) => name.length)) * characterWidth.legend + 14;
}

/** Names at the ends of lines; undefined where they would have to be moved far to be apart. */
function labelled(
  panel: Panel,
  {
    y,
    width,
    height,
    right,
  }: { readonly y: number; readonly width: number; readonly height: number; readonly right: number },
  names: readonly string[],
): string[] | undefined {
  const ends = new SvgPanel(panel, { x: margin, y: y + 6, width, height, right }, names).ends();
  const sorted = [...ends].sort((a, b) => a.place[1] - b.place[1]);
  if (sorted.length < panel.series.length) return undefined;
  const ys = apart(sorted.map(({ place }) => place[1]));
  const last = Math.max(...ends.map(({ place }) => place[0]));
  if (sorted.some(({ place }, at) => place[0] < last - 12 || Math.abs(ys[at]! - place[1]) > label.moved))
    return undefined;
  return sorted.map(({ name }, at) => {
    const look = `small name ${fillOf(names.indexOf(name))}`;
    return write(Number((last + 12).toFixed(1)), Number((ys[at]! + 4).toFixed(1)), look, name);
  });
}

/** Heights from above, moved so that each is far enough from the one before and all about where they were. */
function apart(heights: readonly number[]): number[] {
  const groups: { sum: number; count: number }[] = [];
  const topOf = ({ sum, count }: { sum: number; count: number }) => sum / count - ((count - 1) / 2) * label.apart;
  for (const height of heights) {
    groups.push({ sum: height, count: 1 });
    for (;;) {
      const [before, last] = groups.slice(-2);
      if (!last || !before || topOf(before) + before.count * label.apart <= topOf(last)) break;
      groups.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  return groups.flatMap((group) => Array.from({ length: group.count }, (_, at) => topOf(group) + at * label.apart));
}

function legendAt(figure: Figure, names: readonly string[], top: number, width: number): Omit<Drawn, 'width'> {
  const parts: string[] = [];
  let [x, y] = [margin, top + 12];
  names.forEach((name, at) => {
    const series = figure.panels.flatMap((panel) => panel.series).find((each) => each.name === name)!;
    const sign = { line: 30, dot: 12, bar: 12 }[series.mark ?? 'line'];
    const room = sign + 8 + name.length * characterWidth.legend;
    if (x > margin && x + room > margin + width) [x, y] = [margin, y + legendRow];
    parts.push(legendSign(series, at, [x, y - 4], sign), write(x + sign + 8, y, 'small', name));
    x += room + 22;
  });
  return { parts, bottom: y + legendRow - 8 };
}

/** What stands for a series in the legend, at the left of a place. */
function legendSign({ mark = 'line', isDashed }: Series, at: number, [x, y]: Place, width: number): string {
  if (mark === 'bar')
    return `<rect class="${fillOf(at)}" fill-opacity=".85" x="${x}" y="${y - 6}" width="${width}" height="12" rx="2"/>`;
  const line =
    mark === 'line'
      ? lineThrough(
          [
            [x, y],
            [x + width, y],
          ],
          at,
          isDashed,
        )
      : '';
  return line + signAt([x + width / 2, y], at);
}

/** For readers who hear the picture: caption, and where each line begins and ends. */
function described({ title, caption, panels }: Figure): string {
  const told = panels.flatMap(({ title: name, x, y, series }) =>
    series.flatMap((each) => {
      const shown = each.points.filter((point) => point.y !== null);
      const [first, last] = [shown[0], shown.at(-1)];
      if (!first || !last) return [];
      const at = (point: Point) =>
        `${labelOf(y, point.y!)} at ${typeof point.x === 'number' ? labelOf(x, point.x) : point.x}`;
      const course = first === last ? at(first) : `from ${at(first)} to ${at(last)}`;
      return `${[name, each.name].filter(Boolean).join(', ')}: ${y.title} by ${x.title} ${course}`;
    }),
  );
  return `${title}. ${caption} ${told.join('; ')}.`;
}
