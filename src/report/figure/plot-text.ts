import type { Palette } from '../../core/contracts/view';
import { bold, dim } from '../heat';
import { fit, flow, pad, widthOf } from '../width';
import { categoriesOf, isOnAxis, labelOf, positionOf, spanOf, ticksOf, type Span, type Tick } from './axis';
import type { Axis, Panel, Point, Series } from '../../core/contracts/figure';
import { inHue, signOf } from './series-look';
import { TextCanvas } from './text-canvas';

export interface PlotLook {
  readonly palette: Palette;
  /** Columns of a panel. */
  readonly width: number;
  /** Of the series of all panels of a figure: their places are their signs and colours. */
  readonly names: readonly string[];
}

/** Lines between the axes. */
const height = 13;
/** Columns between the signs of a line that has more points. */
const signEvery = 9;

/** A panel whose points have places along x, as text: braille lines with signs on them, axes, and what cannot be drawn. */
export function plotLines(panel: Panel, look: PlotLook): string[] {
  return new TextPlot(panel, look).lines();
}

class TextPlot {
  private readonly y: Span;
  private readonly x: Span;
  private readonly categories: readonly string[];
  private readonly ticks: readonly Tick[];
  private readonly left: number;
  private readonly columns: number;
  private readonly canvas: TextCanvas;
  private readonly rules: Readonly<Record<'across' | 'up' | 'corner' | 'tick', string>>;

  constructor(
    private readonly panel: Panel,
    private readonly look: PlotLook,
  ) {
    this.y = spanOf(panel, 'y');
    this.x = spanOf(panel, 'x');
    this.categories = panel.x.scale === 'category' ? categoriesOf(panel) : [];
    this.ticks = ticksOf(panel.y, this.y);
    this.left = Math.max(...this.ticks.map(({ label }) => widthOf(label)), 3) + 2;
    this.columns = Math.max(12, look.width - this.left);
    this.canvas = new TextCanvas(this.columns, height, look.palette);
    this.rules =
      look.palette === 'none'
        ? { across: '-', up: '|', corner: '+', tick: '+' }
        : { across: '─', up: '│', corner: '└', tick: '┤' };
  }

  lines(): string[] {
    const { title, y, series } = this.panel;
    series.filter(({ mark }) => mark !== 'dot').forEach((each) => this.line(each));
    if (this.categories.length > 0 || this.isSparse()) series.forEach((each) => this.intervals(each));
    series.forEach((each) => this.signs(each));
    this.references();
    const marked = new Map(this.ticks.map(({ at, label }) => [this.canvas.cellAt(0, this.up(at)!)[1], label]));
    const rows = this.canvas.lines().map((line, row) => {
      const label = marked.get(row);
      const side = label === undefined ? this.rules.up : this.rules.tick;
      return `${dim(this.look.palette, `${pad(label ?? '', this.left - 2, 'right')} ${side}`)}${line}`;
    });
    const heading = [title, `${y.title}${y.scale === 'log' ? ' (log)' : ''}`].filter(Boolean).join(': ');
    const told = [...this.referencesTold(), ...this.notesTold()];
    return [
      bold(this.look.palette, fit(heading, this.look.width)),
      ...rows,
      ...this.axis().map((line) => dim(this.look.palette, line)),
      ...told
        .flatMap((text) => flow(text.split(' '), this.look.width, ' '))
        .map((line) => dim(this.look.palette, line)),
    ];
  }

  private along(x: number | string): number | undefined {
    const { x: axis } = this.panel;
    if (axis.scale === 'category') return (this.categories.indexOf(String(x)) + 0.5) / this.categories.length;
    return within(axis, this.x, Number(x));
  }
  private up = (y: number | null | undefined): number | undefined => within(this.panel.y, this.y, y);
  private place = ({ x, y }: Point): readonly [number, number] | undefined => {
    const [along, up] = [this.along(x), this.up(y)];
    return along === undefined || up === undefined ? undefined : [along, up];
  };
  private numberOf = ({ name }: Series) => this.look.names.indexOf(name);

  /** Whether there is room for the interval of each point. */
  private isSparse = () =>
    Math.max(...this.panel.series.map(({ points }) => points.length)) * this.panel.series.length * 3 <= this.columns;

  private line(series: Series): void {
    series.points.forEach((point, at) => {
      const [from, to] = [series.points[at - 1] && this.place(series.points[at - 1]!), this.place(point)];
      if (from && to) this.canvas.line(from, to, this.numberOf(series), series.isDashed === true);
    });
  }

  private intervals(series: Series): void {
    for (const point of series.points) {
      const [along, low, high] = [this.along(point.x), this.up(point.low), this.up(point.high)];
      if (along === undefined || low === undefined || high === undefined) continue;
      const [[column, bottom], [, top]] = [this.canvas.cellAt(along, low), this.canvas.cellAt(along, high)];
      for (let row = top; row <= bottom; row++) this.canvas.fill(column, row, this.rules.up, this.numberOf(series));
    }
  }

  /** On every point; on lines of many points far enough apart, those of several series not at the same places. */
  private signs(series: Series): void {
    const number = this.numberOf(series);
    const sign = signOf(number, this.look.palette);
    const isDense = series.mark !== 'dot' && series.points.length * 4 > this.columns;
    let next = isDense ? (number * 3) % signEvery : 0;
    for (const point of series.points) {
      const place = this.place(point);
      if (!place) continue;
      const [column, row] = this.canvas.cellAt(...place);
      if (isDense && column < next) continue;
      this.canvas.sign(column, row, sign, number);
      next = column + signEvery;
    }
  }

  private references(): void {
    for (const { axis, at } of this.panel.references ?? []) {
      if (axis === 'y' && this.up(at) !== undefined) {
        const [, row] = this.canvas.cellAt(0, this.up(at)!);
        for (let column = 0; column < this.columns; column += 2) this.canvas.fill(column, row, this.rules.across);
      }
      if (axis === 'x' && this.along(at) !== undefined) {
        const [column] = this.canvas.cellAt(this.along(at)!, 0);
        for (let row = 0; row < height; row++) this.canvas.fill(column, row, this.rules.up);
      }
    }
  }

  private referencesTold(): string[] {
    const { references = [], bands = [], x, y } = this.panel;
    const value = (axis: 'x' | 'y', at: number) => labelOf(axis === 'x' ? x : y, at);
    return [
      ...references.map(
        ({ axis, at, label }) => `${axis === 'y' ? this.rules.across : this.rules.up} ${label}: ${value(axis, at)}`,
      ),
      ...bands.map(({ from, to, label }) => `${label}: ${x.title} ${value('x', from)} to ${value('x', to)}`),
    ];
  }

  /** What points say that cannot be drawn. */
  private notesTold(): string[] {
    const { series, x } = this.panel;
    const { palette } = this.look;
    return series.flatMap((each) => {
      const noted = each.points.filter(({ note }) => note !== undefined);
      if (noted.length === 0) return [];
      const at = ({ x: value }: Point) => `${x.title} ${typeof value === 'number' ? labelOf(x, value) : value}`;
      const number = this.numberOf(each);
      const told = noted.map((point) => `${at(point)}: ${point.note!}`).join(', ');
      return [`${inHue(palette, signOf(number, palette), number)} at ${told}`];
    });
  }

  /** The axis below: rule, labels, title. */
  private axis(): string[] {
    const { x } = this.panel;
    const rule = `${' '.repeat(this.left - 1)}${this.rules.corner}${this.rules.across.repeat(this.columns)}`;
    const keyed = this.categories.some((name) => widthOf(name) + 2 > this.columns / this.categories.length);
    const labels: Tick[] = this.categories.length
      ? this.categories.map((name, at) => ({ at, label: keyed ? String(at + 1) : name }))
      : ticksOf(x, this.x, Math.max(3, Math.floor(this.columns / 12)));
    let line = '';
    for (const { at, label } of labels) {
      const along = this.categories.length ? this.along(this.categories[at]!) : this.along(at);
      const column = this.left + this.canvas.cellAt(along!, 0)[0] - Math.floor(widthOf(label) / 2);
      const from = Math.max(line === '' ? 0 : widthOf(line) + 1, Math.min(column, this.look.width - widthOf(label)));
      if (from > column + 2 && this.categories.length === 0) continue;
      line = pad(line, from) + label;
    }
    const title = `${x.title}${x.scale === 'log' ? ' (log)' : ''}`;
    const key = keyed
      ? flow(
          this.categories.map((name, at) => `${at + 1} ${name}`),
          this.look.width,
        )
      : [];
    return [rule, line, pad(`${' '.repeat(this.left)}${title}`, this.look.width, 'left').trimEnd(), ...key];
  }
}

/** Where a value stands on an axis, 0..1; undefined where it has no place there. */
function within(axis: Axis, span: Span, value: number | null | undefined): number | undefined {
  if (!isOnAxis(axis, value)) return undefined;
  const at = positionOf(axis, span, value);
  return at >= -1e-9 && at <= 1 + 1e-9 ? at : undefined;
}
