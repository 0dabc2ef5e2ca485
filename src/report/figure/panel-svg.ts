import { characterWidth, escaped, write } from '../svg';
import { flow } from '../width';
import { categoriesOf, isOnAxis, labelOf, positionOf, spanOf, ticksOf, type Span, type Tick } from './axis';
import type { Axis, Panel, Point, Series } from '../../core/contracts/figure';
import { bandBetween, fillOf, lineThrough, px, seedAt, signAt, spread, type Place } from './marks-svg';

/** Where a panel stands, axes and their titles included, in pixels of the drawing. */
export interface PanelPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the plot, between the axes. */
  readonly height: number;
  /** Left free at the right, for names of series. */
  readonly right: number;
  /** Lines that the title has room for, so that plots beside each other begin at one height. Default: 1. */
  readonly titleLines?: number;
}

/** A text in lines of at most so many characters. */
export const wrapped = (text: string, characters: number): string[] =>
  flow(text.split(' '), Math.floor(characters), ' ');

/** The title of a panel in the lines that it takes. */
export const titleOf = ({ title }: Panel, width: number): string[] =>
  title ? wrapped(title, width / characterWidth.name) : [];

/** Points up to which each has a sign, its interval and its seeds; lines of more have bands. */
const fewPoints = 16;
const signsOfLine = 6;
const above = { title: 20, nextLine: 18, axis: 20 };
const below = { tick: 18, title: 20 };
/** Series of one panel lie at most `all` apart. */
const between = { series: 5, all: 20, bars: 2 };
const slant = { angle: -32, sin: 0.53, cos: 0.85 };

/** Draws one panel; `names` of the series of the whole figure give their colours and signs. */
export class SvgPanel {
  private readonly left: number;
  private readonly top: number;
  private readonly plotWidth: number;
  private readonly y: Span;
  private readonly x: Span;
  private readonly categories: readonly string[];
  private readonly yTicks: readonly Tick[];
  private readonly isSlanted: boolean;

  constructor(
    private readonly panel: Panel,
    private readonly place: PanelPlace,
    private readonly names: readonly string[],
  ) {
    this.y = spanOf(panel, 'y');
    this.x = spanOf(panel, 'x');
    this.categories = panel.x.scale === 'category' ? categoriesOf(panel) : [];
    this.yTicks = ticksOf(panel.y, this.y);
    this.left = place.x + Math.max(...this.yTicks.map(({ label }) => label.length)) * characterWidth.number + 14;
    this.plotWidth = place.x + place.width - place.right - this.left;
    const { titleLines = 1 } = place;
    this.top = place.y + (panel.title ? above.title + (titleLines - 1) * above.nextLine : 0) + above.axis;
    this.isSlanted = this.categories.some((name) => name.length * characterWidth.legend > this.slot - 4);
  }

  private get bottom(): number {
    return this.top + this.place.height;
  }

  /** Where what is below the panel may begin. */
  get end(): number {
    const longest = Math.max(0, ...this.categories.map((name) => name.length)) * characterWidth.legend;
    return this.bottom + (this.isSlanted ? longest * slant.sin + 14 : below.tick) + below.title;
  }

  parts(): string[] {
    const { y, series, bands = [], references = [] } = this.panel;
    const titles = titleOf(this.panel, this.place.width);
    const last = this.top - above.axis - 8; // baseline of the title's last line
    const scale = y.scale === 'log' ? ', logarithmic' : '';
    return [
      ...titles.map((text, at) => write(this.place.x, last - (titles.length - 1 - at) * above.nextLine, 'name', text)),
      write(this.place.x, this.top - 9, 'quiet small', `${y.title}${scale}`),
      ...bands.map(this.shade),
      ...this.axes(),
      ...series.map((each) => this.drawn(each)),
      ...references.map(this.reference), // over bars, which would hide them
    ].filter(Boolean);
  }

  /** Places of the last points of lines, for names at their right. */
  ends(): { readonly name: string; readonly place: Place }[] {
    return this.panel.series.flatMap((series) => {
      const last = series.points.findLast((point) => this.placeOf(point, series));
      return last ? { name: series.name, place: this.placeOf(last, series)! } : [];
    });
  }

  /** Width of a category. */
  private get slot(): number {
    return this.plotWidth / Math.max(1, this.categories.length);
  }

  private along(x: number | string): number | undefined {
    const { x: axis } = this.panel;
    if (axis.scale === 'category') return this.left + (this.categories.indexOf(String(x)) + 0.5) * this.slot;
    const at = within(axis, this.x, Number(x));
    return at === undefined ? undefined : this.left + this.inset + at * (this.plotWidth - 2 * this.inset);
  }

  /** Signs at the ends of the axis stay within it. */
  private readonly inset = 8;

  private up = (y: number | null | undefined): number | undefined => {
    const at = within(this.panel.y, this.y, y);
    return at === undefined ? undefined : this.bottom - at * this.place.height;
  };

  /** Of the end of an interval: what is beyond the axis, or has no logarithm, ends at its edge. */
  private edge = (y: number | undefined): number | undefined => {
    if (y === undefined) return undefined;
    if (!isOnAxis(this.panel.y, y) || y < this.y[0]) return this.bottom;
    return y > this.y[1] ? this.top : this.up(y);
  };

  private placeOf({ x, y }: Point, series: Series): Place | null {
    const [along, up] = [this.along(x), this.up(y)];
    return along === undefined || up === undefined ? null : [along + this.aside(series), up];
  }

  private isDense = ({ points, mark }: Series) => mark !== 'dot' && points.length > fewPoints;
  private numberOf = ({ name }: Series) => this.names.indexOf(name);

  /** Series of few points stand a little beside each other: none hides another of the same values. */
  private aside(series: Series): number {
    const { series: all } = this.panel;
    if (this.isDense(series)) return 0;
    const places = Math.max(...all.map(({ points }) => points.length), 1);
    const most = Math.min(between.series, between.all / Math.max(1, all.length - 1));
    const step = Math.min(most, (this.plotWidth / places / all.length) * 0.7);
    return (all.indexOf(series) - (all.length - 1) / 2) * step;
  }

  private drawn(series: Series): string {
    const parts = series.mark === 'bar' ? this.bars(series) : this.points(series);
    const notes = series.points.map((point) => this.note(point, series));
    return `<g><title>${escaped(series.name)}</title>${[...parts, ...notes].join('')}</g>`;
  }

  private points(series: Series): string[] {
    const number = this.numberOf(series);
    const places = series.points.map((point) => this.placeOf(point, series));
    const isDense = this.isDense(series);
    const shown = isDense ? this.some(series, places.length) : places.map((_, at) => at);
    return [
      isDense
        ? this.band(series)
        : series.points.map((point) => this.spreadOf(point, series, this.aside(series))).join(''),
      series.mark === 'dot' ? '' : lineThrough(places, number, series.isDashed),
      ...shown.map((at) => (places[at] ? signAt(places[at], number) : '')),
    ];
  }

  /** Places of the signs of a line of many points; those of several series not at the same ones. */
  private some(series: Series, count: number): number[] {
    const step = count / signsOfLine;
    const first = ((this.panel.series.indexOf(series) + 0.5) / this.panel.series.length) * step;
    return Array.from({ length: signsOfLine }, (_, at) => Math.min(count - 1, Math.floor(first + at * step)));
  }

  private band(series: Series): string {
    const ends = series.points.map(({ x, low, high }) => {
      const [along, bottom, top] = [this.along(x), this.edge(low), this.edge(high)];
      return along === undefined || bottom === undefined || top === undefined
        ? null
        : { x: along, low: bottom, high: top };
    });
    return bandBetween(ends, this.numberOf(series));
  }

  private spreadOf({ x, low, high, samples = [] }: Point, series: Series, aside: number): string {
    const [along, bottom, top] = [this.along(x), this.edge(low), this.edge(high)];
    if (along === undefined) return '';
    const number = this.numberOf(series);
    const seeds = samples.length < 2 ? [] : samples.map(({ y }) => this.up(y)).filter((y) => y !== undefined);
    return [
      bottom !== undefined && top !== undefined && bottom > top ? spread(along + aside, bottom, top, number) : '',
      ...seeds.map((y) => seedAt([along + aside, y], number)),
    ].join('');
  }

  private bars(series: Series): string[] {
    const { series: all } = this.panel;
    const number = this.numberOf(series);
    const width = Math.min(46, (this.slot * 0.8) / all.length);
    const zero = this.up(Math.max(0, this.y[0])) ?? this.bottom;
    return series.points.map((point) => {
      const [along, up] = [this.along(point.x), this.up(point.y)];
      if (along === undefined || up === undefined) return '';
      const aside = (all.indexOf(series) - (all.length - 1) / 2) * width;
      const bar = {
        x: along + aside - width / 2 + between.bars / 2,
        y: Math.min(up, zero),
        height: Math.abs(zero - up),
      };
      const told = `${point.x}: ${labelOf(this.panel.y, point.y!)}`;
      return (
        `<rect class="${fillOf(number)}" fill-opacity=".85" x="${px(bar.x)}" y="${px(bar.y)}" width="${px(width - between.bars)}" height="${px(bar.height)}" rx="2"><title>${escaped(told)}</title></rect>` +
        this.whisker(point, along + aside)
      );
    });
  }

  /** In the colour of text: on a bar of its own colour it would not be seen. */
  private whisker({ low, high }: Point, x: number): string {
    const [bottom, top] = [this.edge(low), this.edge(high)];
    if (bottom === undefined || top === undefined || bottom <= top) return '';
    return `<line class="interval" x1="${px(x)}" x2="${px(x)}" y1="${px(bottom)}" y2="${px(top)}"/>`;
  }

  /** Beside its point, or at the top where the point has no place. */
  private note(point: Point, series: Series): string {
    const along = this.along(point.x);
    if (point.note === undefined || along === undefined) return '';
    const number = this.numberOf(series);
    const row = this.panel.series.indexOf(series);
    const y = this.up(point.y);
    const at: Place = [along + this.aside(series), y === undefined ? this.top + 10 + 14 * row : y - 9];
    const text = y === undefined ? `↑ ${point.note}` : point.note;
    return `<text class="small middle ${fillOf(number)}" x="${px(at[0])}" y="${px(at[1])}">${escaped(text)}</text>`;
  }

  private shade = ({ from, to, label }: NonNullable<Panel['bands']>[number]): string => {
    const clamped = (x: number) => Math.min(this.x[1], Math.max(this.x[0], x));
    const [start, end] = [this.along(clamped(from)), this.along(clamped(to))];
    if (start === undefined || end === undefined) return '';
    return (
      `<rect class="shade" x="${px(start)}" y="${this.top}" width="${px(Math.max(0, end - start))}" height="${this.place.height}"/>` +
      write(Number(px(start + 5)), this.bottom - 7, 'quiet range halo', label)
    );
  };

  private reference = ({ axis, at, label }: NonNullable<Panel['references']>[number]): string => {
    const right = this.left + this.plotWidth;
    if (axis === 'y') {
      const y = this.up(at);
      return y === undefined
        ? ''
        : `<line class="reference" x1="${px(this.left)}" x2="${px(right)}" y1="${px(y)}" y2="${px(y)}"/>` +
            write(Number(px(right)), Number(px(y - 5)), 'quiet range end halo', label);
    }
    const x = this.along(at);
    return x === undefined
      ? ''
      : `<line class="reference" x1="${px(x)}" x2="${px(x)}" y1="${this.top}" y2="${this.bottom}"/>` +
          write(Number(px(x + 4)), this.top + 10, 'quiet range halo', label);
  };

  private axes(): string[] {
    const right = this.left + this.plotWidth;
    const grid = this.yTicks.flatMap(({ at, label }) => {
      const y = this.up(at)!;
      return [
        `<line class="grid" x1="${px(this.left)}" x2="${px(right)}" y1="${px(y)}" y2="${px(y)}"/>`,
        write(Number(px(this.left - 7)), Number(px(y + 4)), 'quiet small number end', label),
      ];
    });
    const { x } = this.panel;
    const scale = x.scale === 'log' ? ', logarithmic' : '';
    const title = write(Number(px(right)), Number(px(this.end - 6)), 'quiet small end', `${x.title}${scale}`);
    return [...grid, this.rule(), ...(this.categories.length ? this.categoryLabels() : this.xTicks()), title];
  }

  private rule = (): string =>
    `<line class="rule" x1="${px(this.left)}" x2="${px(this.left + this.plotWidth)}" y1="${this.bottom}" y2="${this.bottom}"/>`;

  private xTicks(): string[] {
    const ticks = ticksOf(this.panel.x, this.x, Math.max(3, Math.floor(this.plotWidth / 70)));
    return ticks.map(({ at, label }) =>
      write(Number(px(this.along(at)!)), this.bottom + below.tick, 'quiet small number middle', label),
    );
  }

  private categoryLabels(): string[] {
    return this.categories.map((name) => {
      const x = Number(px(this.along(name)!));
      if (!this.isSlanted) return write(x, this.bottom + below.tick, 'small middle', name);
      const at = `translate(${x + 4} ${this.bottom + 14}) rotate(${slant.angle})`;
      return `<text class="small end" transform="${at}">${escaped(name)}</text>`;
    });
  }
}

function within(axis: Axis, span: Span, value: number | null | undefined): number | undefined {
  if (!isOnAxis(axis, value)) return undefined;
  const at = positionOf(axis, span, value);
  return at >= -1e-9 && at <= 1 + 1e-9 ? at : undefined;
}
