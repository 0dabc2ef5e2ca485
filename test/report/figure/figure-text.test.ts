import { figureLines } from '../../../src/report/figure/figure-text';
import type { Figure, Point } from '../../../src/core/contracts/figure';
import { widthOf } from '../../../src/report/width';
import { bars, samples } from '../../support/figures';

const plain = (figure: Figure, width = 80) => figureLines(figure, { palette: 'none', width });
const figureOf = (points: readonly Point[], more: object = {}): Figure => ({
  id: 'f',
  title: 'title',
  caption: 'caption',
  panels: [{ title: '', x: { title: 'x' }, y: { title: 'y' }, series: [{ name: 'a', points, ...more }] }],
});
/** Columns and rows of a sign in the plot, from its lower left. */
function placesOf(sign: string, lines: readonly string[]): [number, number][] {
  const rows = lines.filter((line) => /^ *[^ ]* [|+]/.test(line) && !line.includes('+-'));
  return rows.flatMap((line, row) =>
    [...line.slice(line.search(/[|+]/) + 1)].flatMap((each, column): [number, number][] =>
      each === sign ? [[column, rows.length - 1 - row]] : [],
    ),
  );
}

it('puts a sign where each point is', () => {
  const points = [0, 1, 2, 3, 4].map((x) => ({ x, y: x }));
  const places = placesOf('o', plain(figureOf(points, { mark: 'dot' })));
  expect(places.map(([, row]) => row).sort((a, b) => a - b)).toEqual([0, 3, 6, 9, 12]);
  const columns = places.map(([column]) => column).sort((a, b) => a - b);
  expect(columns[0]).toBe(0);
  expect(columns[4]).toBeGreaterThan(70);
  const steps = columns.slice(1).map((column, at) => column - columns[at]!);
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
});

it('joins points of a line, not over a gap, and does not join dots', () => {
  const points = [0, 1, 2, 3].map((x) => ({ x, y: x === 2 ? null : x }));
  const dots = (more: object) => placesOf('.', plain(figureOf(points, more)));
  expect(dots({ mark: 'dot' })).toEqual([]);
  const columns = dots({}).map(([column]) => column);
  expect(Math.max(...columns)).toBeLessThan(30);
});

it('shows two series of the same values both', () => {
  const figure = figureOf([
    { x: 0, y: 1 },
    { x: 1, y: 2 },
  ]);
  const [panel] = figure.panels;
  const both = { ...figure, panels: [{ ...panel!, series: [panel!.series[0]!, { ...panel!.series[0]!, name: 'b' }] }] };
  const lines = plain(both);
  expect([placesOf('o', lines).length, placesOf('^', lines).length]).toEqual([2, 2]);
  expect(lines.at(-1)).toBe('o a   ^ b');
});

it('writes bars as long as their values, with interval and reference', () => {
  const lines = plain(bars);
  const length = (pattern: RegExp) => /=+/.exec(lines.find((line) => pattern.test(line))!)![0].length;
  expect(length(/^s3 .* 97% \(89% to 99%\)$/) / length(/ 45% \(37% to 47%\)$/)).toBeCloseTo(0.97 / 0.45, 0);
  expect(lines).toContain('guessing: 50%');
});

it('tells what cannot be drawn, and what lines across and bands are', () => {
  const text = plain(samples).join('\n');
  for (const told of [
    '^ at secret bits 5: > 400k',
    'trained: length 1 to 24',
    '| near: 30',
    '^ direct (dashed)',
    'samples (log)',
  ])
    expect(text).toContain(told);
});

it.each([60, 80, 133, 200])('fits %d columns, in ASCII without colours', (width) => {
  for (const figure of [bars, samples]) {
    const lines = plain(figure, width);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(lines.join('')).toMatch(/^[ -~]*$/);
  }
});

it('panels stand side by side where there is room', () => {
  expect(plain(samples, 160).some((line) => line.includes('n = 12') && line.includes('accuracy'))).toBe(true);
  expect(plain(samples, 80).some((line) => line.includes('n = 12') && line.includes('accuracy'))).toBe(false);
});

it('in colours lines are braille, and each series has its own', () => {
  const text = figureLines(samples, { palette: 'truecolor', width: 80 }).join('\n');
  expect(text).toMatch(/[\u2801-\u28ff]/);
  expect(new Set(text.match(/\x1b\[38;2;[\d;]+m/g)).size).toBe(2);
  expect(figureLines(samples, { palette: 'ansi256', width: 80 }).join('\n')).toMatch(/\x1b\[38;5;75m/);
});

it('a figure without points is its title, axes and no more', () => {
  expect(plain(figureOf([])).join('\n')).toContain('title');
});
