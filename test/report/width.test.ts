import { fit, flow, pad, widthOf } from '../../src/report/width';

test('a line is cut at its visible width, and its styles still end', () => {
  expect(fit('short', 10)).toBe('short');
  expect(fit('0123456789', 5)).toBe('0123…');
  expect(fit('\x1b[1m0123456789\x1b[22m tail', 5)).toBe('\x1b[1m0123\x1b[22m…');
  expect(widthOf(fit('●'.repeat(50), 20))).toBe(20);
});

test('wide characters take two columns', () => {
  expect(widthOf('漢字')).toBe(4);
  expect(widthOf(fit('漢字漢字漢字', 6))).toBeLessThanOrEqual(6);
});

test('texts are filled up to a width by what is seen of them', () => {
  expect(pad('ab', 5)).toBe('ab   ');
  expect(pad('ab', 5, 'right')).toBe('   ab');
  expect(pad('ab', 5, 'center')).toBe(' ab  ');
  expect(pad('\x1b[1mab\x1b[22m', 3)).toBe('\x1b[1mab\x1b[22m ');
  expect(pad('漢', 3)).toBe('漢 ');
  expect(pad('abc', 2)).toBe('abc');
});

test('items flow onto as many lines as they need', () => {
  expect(flow(['one', 'two', 'three'], 9, '  ')).toEqual(['one  two', 'three']);
  expect(flow(['longer-than-the-line', 'x'], 5, ' ')).toEqual(['longer-than-the-line', 'x']);
  expect(flow([], 5)).toEqual([]);
});
