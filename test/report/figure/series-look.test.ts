import { contrast, type Colour } from '../../../src/report/colour';
import { hues, inHue, namesOf, signOf } from '../../../src/report/figure/series-look';

const rgb = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
const pages = { light: rgb('#ffffff'), dark: rgb('#0f151e') };

it.each(['light', 'dark'] as const)('every colour stands out on the %s page', (page) => {
  for (const hue of hues) expect(contrast(rgb(hue[page]), pages[page])).toBeGreaterThanOrEqual(3);
});

// Machado, Oliveira and Fernandes 2009, full strength, on linear light.
const seenBy = {
  everyone: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopes: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopes: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
};
const linear = (channel: number) =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

/** CIE L*a*b* of a colour as somebody sees it. */
function lab(hex: string, matrix: readonly number[]): number[] {
  const light = rgb(hex).map(linear);
  const [r, g, b] = [0, 1, 2].map((row) =>
    Math.max(
      0,
      light.reduce((sum, value, at) => sum + value * matrix[3 * row + at]!, 0),
    ),
  ) as [number, number, number];
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it.each(Object.keys(seenBy) as (keyof typeof seenBy)[])('the first four colours are apart for %s', (who) => {
  for (const page of ['light', 'dark'] as const) {
    const seen = hues.slice(0, 4).map((hue) => lab(hue[page], seenBy[who]));
    for (const [at, one] of seen.entries())
      for (const other of seen.slice(at + 1))
        expect(Math.hypot(...one.map((value, i) => value - other[i]!))).toBeGreaterThan(12);
  }
});

it('signs are different for many series, and ASCII without colours', () => {
  const signs = Array.from({ length: 20 }, (_, at) => signOf(at, 'none'));
  expect(new Set(signs).size).toBe(20);
  expect(signs.join('')).toMatch(/^[!-~]+$/);
  expect(new Set(Array.from({ length: 20 }, (_, at) => signOf(at, 'truecolor'))).size).toBe(20);
});

it('a text has the colour of its series, or none', () => {
  expect(inHue('none', 'a', 1)).toBe('a');
  expect(inHue('ansi256', 'a', 1)).toBe('\x1b[38;5;215ma\x1b[0m');
  expect(inHue('truecolor', 'a', hues.length)).toBe(inHue('truecolor', 'a', 0));
});

it('a name has one place in all panels', () =>
  expect(
    namesOf(
      [
        ['a', 'b'],
        ['b', 'c'],
      ].map((names) => ({ series: names.map((name) => ({ name, points: [] })) })),
    ),
  ).toEqual(['a', 'b', 'c']));
