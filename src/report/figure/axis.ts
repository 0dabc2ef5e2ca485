import type { Axis, Panel, Point } from '../../core/contracts/figure';

/** Least and greatest value that an axis shows, least first. */
export type Span = readonly [number, number];

export interface Tick {
  readonly at: number;
  readonly label: string;
}

type Side = 'x' | 'y';

/** Texts on a category axis, in the order in which they first come. */
export const categoriesOf = (panel: Panel): string[] => [
  ...new Set(panel.series.flatMap(({ points }) => points.map(({ x }) => String(x)))),
];

/** Whether a value has a place on an axis: a logarithm has none for 0. */
export const isOnAxis = ({ scale }: Axis, value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && (scale !== 'log' || value > 0);

const valuesOf = (side: Side, { x, y, low, high, samples = [] }: Point) =>
  side === 'x' ? [Number(x)] : [y, low, high, ...samples.map((sample) => sample.y)];

/** What an axis of numbers has to show: its domain, or all points, intervals and references, rounded to ticks. */
export function spanOf(panel: Panel, side: Side): Span {
  const axis = panel[side];
  if (axis.domain) return axis.domain;
  const points = panel.series.flatMap((series) => series.points);
  const values = [
    ...points.flatMap((point) => valuesOf(side, point)),
    ...(panel.references ?? []).flatMap(({ axis: of, at }) => (of === side ? at : [])),
    ...(side === 'x' ? (panel.bands ?? []).flatMap(({ from, to }) => [from, to]) : []),
    ...(axis.isShare && axis.scale !== 'log' ? [0, 1] : []),
    ...(side === 'y' && panel.series.some(({ mark }) => mark === 'bar') ? [0] : []),
  ].filter((value) => isOnAxis(axis, value)) as number[];
  if (values.length === 0) return axis.scale === 'log' ? [0.1, 1] : [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return side === 'x' ? apart(axis, least, most) : rounded(axis, apart(axis, least, most));
}

const apart = ({ scale }: Axis, least: number, most: number): Span => {
  if (most - least > 1e-6 * Math.max(Math.abs(most), Math.abs(least))) return [least, most]; // else apart by rounding alone
  if (scale === 'log') return [least / 2, most * 2];
  const by = Math.abs(least) / 2 || 0.5;
  return [least - by, most + by];
};

const rounded = (axis: Axis, [least, most]: Span): Span => {
  if (axis.scale === 'log') return [roundedBelow(least), 1 / roundedBelow(1 / most)];
  const step = stepFor(most - least, 5);
  const tidy = (value: number) => Number(value.toPrecision(12));
  return [tidy(Math.floor(least / step + 1e-9) * step), tidy(Math.ceil(most / step - 1e-9) * step)];
};

/** The greatest of 1, 2 and 5 times a power of ten that is not above a value. */
const roundedBelow = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const times = [5, 2, 1].find((each) => each * power <= value * (1 + 1e-9)) ?? 1;
  return Number((times * power).toPrecision(12));
};

/** 1, 2 or 5 times a power of ten, so that about `count` steps make up a length. */
function stepFor(length: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(length / count));
  const times = [1, 2, 5, 10].find((each) => each * power * count >= length * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** Where an axis of numbers is marked; about `count` places. */
export function ticksOf(axis: Axis, [least, most]: Span, count = 5): Tick[] {
  const values = axis.scale === 'log' ? logTicks(least, most, count) : linearTicks(least, most, count);
  return values.map((at) => ({ at, label: labelOf(axis, at) }));
}

function linearTicks(least: number, most: number, count: number): number[] {
  const step = stepFor(most - least, count);
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, or where there are few of them also twice and five times those. */
function logTicks(least: number, most: number, count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const within = (times: readonly number[], every = 1) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i)
      .filter((power) => power % every === 0)
      .flatMap((power) => times.map((each) => Number((each * 10 ** power).toPrecision(12))))
      .filter((value) => value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9));
  const all = within([1, 2, 5]);
  if (all.length <= count + 1) return all;
  const powers = within([1]);
  return powers.length <= count + 1
    ? powers.length < 2
      ? all
      : powers
    : within([1], Math.ceil(powers.length / count));
}

/** A value as it stands at an axis: "25%", "61k", "0.05". */
export function labelOf({ isShare }: Pick<Axis, 'isShare'>, value: number): string {
  if (isShare) return `${Number((100 * value).toPrecision(3))}%`;
  const size = Math.abs(value);
  if (size >= 1e9) return value.toExponential().replace('e+', 'e');
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  if (size > 0 && size < 1e-3) return Number(value.toPrecision(3)).toExponential();
  return String(Number(value.toPrecision(4)));
}

/** Where a value stands between the ends of an axis: 0 at its least, 1 at its greatest. */
export function positionOf({ scale }: Axis, [least, most]: Span, value: number): number {
  if (scale !== 'log') return (value - least) / (most - least);
  return Math.log(value / least) / Math.log(most / least);
}
