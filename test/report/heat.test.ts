import { contrast, luminance } from '../../src/report/colour';
import { ansi256At, ansi256Colour, bold, heat } from '../../src/report/heat';
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

test('the scale for 256 colours rises in luminance and carries readable text', () => {
  const codes = Array.from({ length: 11 }, (_, at) => ansi256At(at / 10));
  const luminances = codes.map((code) => luminance(ansi256Colour(code)));
  expect(luminances).toEqual([...luminances].sort((a, b) => a - b));
  expect(new Set(codes).size).toBe(11);
  for (const code of codes) {
    const background = ansi256Colour(code);
    expect(Math.max(contrast(background, [0, 0, 0]), contrast(background, [255, 255, 255]))).toBeGreaterThanOrEqual(
      4.5,
    );
  }
});

test('numbers of colours are those of xterm', () => {
  expect(ansi256Colour(16)).toEqual([0, 0, 0]);
  expect(ansi256Colour(231)).toEqual([255, 255, 255]);
  expect(ansi256Colour(67)).toEqual([95, 135, 175]);
  expect(ansi256Colour(232)).toEqual([8, 8, 8]);
});
