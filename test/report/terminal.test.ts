import { terminalOf } from '../../src/report/terminal';

const terminal = (depth: number) => ({ isTTY: true, columns: 90, getColorDepth: () => depth });
const plain = { hasColours: false, palette: 'none' };
const width = 90;

test.each([
  [terminal(24), {}, { hasColours: true, palette: 'truecolor', width }],
  [terminal(8), {}, { hasColours: true, palette: 'ansi256', width }],
  [terminal(4), {}, { hasColours: true, palette: 'none', width }],
  [terminal(1), {}, { ...plain, width }],
  [{ isTTY: true }, {}, { hasColours: true, palette: 'none' }],
  [terminal(24), { NO_COLOR: '1' }, { ...plain, width }],
  [terminal(24), { TERM: 'dumb' }, { ...plain, width }],
  [{ columns: 90, getColorDepth: () => 24 }, {}, plain],
  [{}, { FORCE_COLOR: '1' }, { hasColours: true, palette: 'ansi256' }],
  [{}, { FORCE_COLOR: '3', NO_COLOR: '1' }, { hasColours: true, palette: 'truecolor' }],
  [terminal(24), { FORCE_COLOR: '0' }, { ...plain, width }],
  [{}, { FORCE_COLOR: '' }, plain],
])('%p with %p shows %p', (stream, environment, expected) => expect(terminalOf(stream, environment)).toEqual(expected));
