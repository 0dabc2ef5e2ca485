import { contrast, luminance } from '../../src/report/colour';
import { ansi256At, ansi256Colour, bold, dim, heat } from '../../src/report/heat';
import { widthOf } from '../../src/report/width';

test('without a palette text stays as it is', () => {
  expect(heat('none', ' 42 ', 0.42)).toBe(' 42 ');
  expect(bold('none', 'name')).toBe('name');
});

test('colours do not change the width', () => {
  for (const palette of ['truecolor', 'ansi256'] as const) {
    expect(widthOf(heat(palette, ' 42 ', 0.42))).toBe(4);
    expect(heat(palette, ' 42 ', 0.42)).not.toBe(' 42 ');
  }
});

test.each([
  ['onDark', (a: number, b: number) => a - b],
  ['onLight', (a: number, b: number) => b - a],
] as const)('the scale for 256 colours %s leads away from the background and carries readable text', (on, order) => {
  const codes = Array.from({ length: 11 }, (_, at) => ansi256At(at / 10, on));
  const luminances = codes.map((code) => luminance(ansi256Colour(code)));
  expect(luminances).toEqual([...luminances].sort(order));
  expect(new Set(luminances).size).toBe(11);
  for (const code of codes) {
    const background = ansi256Colour(code);
    expect(Math.max(contrast(background, [0, 0, 0]), contrast(background, [255, 255, 255]))).toBeGreaterThanOrEqual(
      4.5,
    );
  }
});

const red = (text: string) => Number(/48;2;(\d+)/.exec(text)?.[1]);

test('failure recedes: near white on a light terminal, nothing at all where the terminal may be either', () => {
  expect(heat('truecolor', ' 0 ', 0)).toBe(dim('truecolor', ' 0 '));
  expect(heat('ansi256', ' 0 ', 0)).toBe(dim('ansi256', ' 0 '));
  expect(red(heat('truecolor-on-light', ' 0 ', 0))).toBeGreaterThan(230);
  expect(red(heat('truecolor-on-light', ' 100 ', 1))).toBeLessThan(20);
  expect(heat('ansi256-on-light', ' 0 ', 0)).toContain('48;5;255m');
});

test('numbers of colours are those of xterm', () => {
  expect(ansi256Colour(16)).toEqual([0, 0, 0]);
  expect(ansi256Colour(231)).toEqual([255, 255, 255]);
  expect(ansi256Colour(67)).toEqual([95, 135, 175]);
  expect(ansi256Colour(232)).toEqual([8, 8, 8]);
});
