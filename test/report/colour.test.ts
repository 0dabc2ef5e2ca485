import fc from 'fast-check';
import { colourAt, contrast, luminance, scales, textOn, toHex } from '../../src/report/colour';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const hundredths = Array.from({ length: 101 }, (_, at) => at / 100);

test('scores can be told apart by lightness alone: luminance only falls on light, only rises on dark', () => {
  const luminances = (scale: (typeof scales)[keyof typeof scales]) =>
    hundredths.filter((_, at) => at % 5 === 0).map((value) => luminance(colourAt(scale, value)));
  const [onLight, onDark] = [luminances(scales.onLight), luminances(scales.onDark)];
  expect(onLight).toEqual([...onLight].sort((a, b) => b - a));
  expect(onDark).toEqual([...onDark].sort((a, b) => a - b));
  expect(new Set(onLight).size).toBe(21);
  expect(new Set(onDark).size).toBe(21);
});

test('numbers are readable on every colour (WCAG AA)', () => {
  for (const scale of Object.values(scales)) {
    for (const value of hundredths) {
      const background = colourAt(scale, value);
      expect(contrast(background, textOn(background))).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test('colours are whole channels, and the ends are the ends', () => {
  fc.assert(
    fc.property(share, (value) => {
      for (const channel of colourAt(scales.onDark, value)) {
        expect(Number.isInteger(channel) && channel >= 0 && channel <= 255).toBe(true);
      }
    }),
    { seed: 11 },
  );
  expect(toHex(colourAt(scales.onLight, 0))).toBe('#f0f2f5');
  expect(toHex(colourAt(scales.onLight, 1))).toBe('#0b4a84');
  expect(colourAt(scales.onLight, 7)).toEqual(colourAt(scales.onLight, 1));
});

test('contrast as WCAG has it', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});
