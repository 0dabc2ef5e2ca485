import { backgroundIn, backgroundTold, paletteFor } from '../../src/cli/background';
import type { Io } from '../../src/cli/io';

test.each([
  ['0;15', 'light'],
  ['15;0', 'dark'],
  ['0;default;15', 'light'],
  ['7;8', 'dark'],
  ['15;7', 'light'],
  ['15;default', undefined],
  ['', undefined],
  [undefined, undefined],
])('COLORFGBG=%p is %p', (colours, expected) => expect(backgroundTold(colours)).toBe(expected));

test.each([
  ['\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c', 'light'],
  ['\x1b]11;rgb:fdf6/e3e3/0000\x07', 'light'],
  ['\x1b]11;rgb:1e/1e/1e\x07\x1b[?1;2c', 'dark'],
  ['\x1b]11;rgba:0000/2b2b/3636/ffff\x07', 'dark'],
  ['\x1b[?62;22c', undefined],
  ['', undefined],
])('a terminal that answers %j is %p', (answer, expected) => expect(backgroundIn(answer)).toBe(expected));

const pipe = (environment: Io['environment'] = {}): Io => ({ stdin: {}, stdout: {}, environment }) as unknown as Io;

test('a theme that is asked for wins, then what the environment says; without either, dark', async () => {
  expect(await paletteFor('ansi256', 'light', pipe({ COLORFGBG: '15;0' }))).toBe('ansi256-on-light');
  expect(await paletteFor('ansi256', 'dark', pipe({ COLORFGBG: '0;15' }))).toBe('ansi256');
  expect(await paletteFor('truecolor', 'auto', pipe({ COLORFGBG: '0;15' }))).toBe('truecolor-on-light');
  expect(await paletteFor('truecolor', 'auto', pipe())).toBe('truecolor');
  expect(await paletteFor('none', 'light', pipe())).toBe('none');
});
