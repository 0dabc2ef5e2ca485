import { hues } from './series-look';

/** A place in the pixels of a drawing. */
export type Place = readonly [x: number, y: number];

/** Class of the colour of the series at a place, as a stroke or as a fill. */
export const strokeOf = (series: number): string => `l${series % hues.length}`;
export const fillOf = (series: number): string => `f${series % hues.length}`;

export const px = (value: number): string => String(Number(value.toFixed(1)));

/** Shapes by which series are told apart without colour, around the origin: filled ones first, then the same hollow. */
const shapes = [
  'M4 0A4 4 0 1 1-4 0A4 4 0 1 1 4 0Z',
  'M0-4.8L4.7 3.6L-4.7 3.6Z',
  'M-3.6-3.6H3.6V3.6H-3.6Z',
  'M0-5.2L5.2 0L0 5.2L-5.2 0Z',
] as const;

/** The sign of a series at a place: series of the same colour have other shapes. */
export function signAt([x, y]: Place, series: number): string {
  const shape = shapes[(series + Math.floor(series / hues.length)) % shapes.length]!;
  const isHollow = Math.floor(series / shapes.length) % 2 === 1;
  const look = isHollow ? `${strokeOf(series)} hollow` : fillOf(series);
  return `<path class="${look}" transform="translate(${px(x)} ${px(y)})" d="${shape}"/>`;
}

const dashed = ' stroke-dasharray="7 4"';
/** Of series whose colour and sign another one has, too. */
const dotted = ' stroke-dasharray="1.5 3"';

/** Lines through the places that follow each other; null is a gap. */
export function lineThrough(places: readonly (Place | null)[], series: number, isDashed = false): string {
  let d = '';
  places.forEach((place, at) => {
    if (place) d += `${at === 0 || !places[at - 1] ? 'M' : 'L'}${px(place[0])} ${px(place[1])}`;
  });
  const dashes = isDashed ? dashed : series < hues.length ? '' : dotted;
  return d && `<path class="line ${strokeOf(series)}"${dashes} d="${d}"/>`;
}

/** What lies between two lines, from the same series; a gap in either is one of both. */
export function bandBetween(
  ends: readonly ({ readonly x: number; readonly low: number; readonly high: number } | null)[],
  series: number,
): string {
  const runs: { readonly x: number; readonly low: number; readonly high: number }[][] = [[]];
  for (const end of ends) {
    if (end) runs.at(-1)!.push(end);
    else runs.push([]);
  }
  const d = runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const upper = run.map(({ x, high }) => `${px(x)} ${px(high)}`);
      const lower = [...run].reverse().map(({ x, low }) => `${px(x)} ${px(low)}`);
      return `M${[...upper, ...lower].join('L')}Z`;
    })
    .join('');
  return d && `<path class="${fillOf(series)}" fill-opacity=".16" d="${d}"/>`;
}

/** From the least to the most at one place. */
export const spread = (x: number, low: number, high: number, series: number): string =>
  `<line class="line ${strokeOf(series)}" stroke-opacity=".6" x1="${px(x)}" x2="${px(x)}" y1="${px(low)}" y2="${px(high)}"/>`;

/** One seed. */
export const seedAt = ([x, y]: Place, series: number): string =>
  `<circle class="${fillOf(series)}" fill-opacity=".45" cx="${px(x)}" cy="${px(y)}" r="2"/>`;
