import fc from 'fast-check';
import { printable, printableColoured, printableJson, printableLines } from '../../src/report/printable';

test('escape sequences, control characters and reversing marks go; breaks become spaces', () => {
  expect(printable('\x07a\x1b[2Jbc\u202ed\x9b0m')).toBe('abcd');
  expect(printable('one\r\n\ttwo\u2028three')).toBe('one two three');
  expect(printable('\ud800x\uffff')).toBe('x');
});

test('ordinary text of any script stays', () => {
  for (const text of ['lstm', 'регулярный', '漢字', 'é', '👍🏽', '👩\u200d👩']) expect(printable(text)).toBe(text);
});

test('nothing that remains is a control character, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      expect(printable(printable(text))).toBe(printable(text));
    }),
    { seed: 22 },
  );
});

test('lines stay lines', () => expect(printableLines('a\x07\r\nb\rc\nd')).toBe('a\nb\nc\nd'));

it('of lines that we have coloured the colours stay', () => {
  expect(printableColoured('\x1b[1mbold\x1b[22m \x1b[2Jx\nnext')).toBe('\x1b[1mbold\x1b[22m x\nnext');
  expect(printableColoured('a,b\r\nc\rd\r\n')).toBe('a,b\r\nc d\r\n');
});

it('JSON has no character that a terminal would obey, and means the same', () => {
  const value = { '\u009b31m': '\u202e\x7f\u2028a\n' };
  expect(printableJson(value)).toMatch(/^[ -~]*$/);
  expect(JSON.parse(printableJson(value))).toEqual(value);
});
