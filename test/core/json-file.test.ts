import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson, readJsonFile, whyNotJson } from '../../src/core/json-file';

it.each([
  // at the end
  ['', 1, 1, 'a value was expected, not the end of the file'],
  ['{"a": [1, 2', 1, 12, 'a comma or ] was expected, not the end of the file'],
  ['{"a": 1} x', 1, 10, 'the end of the file was expected, not x'],
  ['[1]]', 1, 4, 'the end of the file was expected, not ]'],
  // between the words
  ['{"a" 1}', 1, 6, 'a colon was expected, not 1'],
  ['{"a" x: 1}', 1, 6, 'a colon was expected, not x'],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } was expected, not "b"'],
  ['[1 2]', 1, 4, 'a comma or ] was expected, not 2'],
  ['{"a": }', 1, 7, 'a value was expected, not }'],
  ['{"a": 01}', 1, 8, 'a comma or } was expected, not 1'],
  ['{\n  "name": tru\n}', 2, 11, 'a value was expected, not tru'],
  ['[True]', 1, 2, 'a value or ] was expected, not True'],
  ['{a: 1}', 1, 2, 'a key in double quotes or } was expected, not a'],
  ["{'a': 1}", 1, 2, "a key in double quotes or } was expected, not 'a'"],
  ['[NaN_and_a_very_long_word_after_it]', 1, 2, 'a value or ] was expected, not NaN_and_a_very_long_...'],
  // what other dialects allow
  ['{\n  "name": "x",\n}', 3, 1, 'a key in double quotes was expected, not }'],
  ['[1,\n 2,\n]', 3, 1, 'a value was expected, not ]'],
  ['{\n  // the name\n  "a": 1}', 2, 3, 'JSON has no comments'],
  ['[1, /* two */ 2]', 1, 5, 'JSON has no comments'],
  ['[1] /* open', 1, 5, 'JSON has no comments'],
  // inside a word
  ['{"name": "a\nb"}', 1, 12, 'a closing double quote was expected before the end of the line'],
  ['{"a": "b', 1, 9, 'a closing double quote was expected before the end of the line'],
  ['[1.]', 1, 2, 'a digit was expected at the end of this number'],
  ['["\\x"]', 1, 2, 'one of " \\ / b f n r t u was expected after the backslash in this text'],
  ['["\\u12"]', 1, 2, 'four hexadecimal digits were expected after \\u in this text'],
  ['["a\tb"]', 1, 2, 'no control character was expected in this text: a tab is written \\t'],
  // keys twice
  ['{"a": 1, "b": {"a": 2},\n "a": 3}', 2, 2, 'the key "a" is there twice'],
  ['{"a": [{"b": 1, "c": 2, "b": 1}]}', 1, 25, 'the key "b" is there twice'],
  ['{"a": 1, "\\u0061": 2}', 1, 10, 'the key "a" is there twice'],
])('%j: line %d, column %d: %s', (text, line, column, reason) => {
  expect(() => parseJson(text, 'my.json')).toThrow(
    `my.json, line ${line}, column ${column}: this is not JSON: ${reason}.\n`,
  );
  expect(whyNotJson(text)).toBe(`line ${line}, column ${column}: ${reason}`);
});

it('allows one key in several objects', () => {
  const text = '[{"a": {"a": 1}}, {"a": 2}]';
  expect(parseJson(text, 'f')).toEqual(JSON.parse(text));
});

const compact = fc.json({ maxDepth: 3 });
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it('reads what JSON.parse reads', () => {
  fc.assert(fc.property(compact, (text) => expect(parseJson(text, 'f')).toEqual(JSON.parse(text))));
});

it('refuses what JSON.parse refuses, with a place inside the text', () => {
  const marks = fc.constantFrom(...'{}[]:,"\'\\/*0123456789.eE+-tnu \n\t\r\u0000\u00a0\u2028\ufeff');
  fc.assert(
    fc.property(compact, fc.nat(), marks, fc.boolean(), (text, place, mark, inserts) => {
      const at = place % (text.length + 1);
      const damaged = text.slice(0, at) + mark + text.slice(inserts ? at : at + 1);
      fc.pre(!isJson(damaged));
      const [, line, column] = /^line (\d+), column (\d+): (?!it cannot)/.exec(whyNotJson(damaged)) ?? [];
      const lines = damaged.split(/\r\n|[\n\r]/);
      expect(Number(line)).toBeLessThanOrEqual(lines.length);
      expect(Number(column)).toBeGreaterThanOrEqual(1);
      expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1]!.length + 1);
      expect(() => parseJson(damaged, 'f')).toThrow(`f, line ${line}, column ${column}: this is not JSON: `);
    }),
    { numRuns: 2000 },
  );
});

it('finds the place of a stray character wherever it is', () => {
  const text = JSON.stringify({ a: [1, { b: 'c' }], d: null });
  const separators = [...text].flatMap((mark, at) => (mark === ',' || mark === ':' ? [at] : []));
  for (const at of separators) {
    expect(() => parseJson(`${text.slice(0, at)}%${text.slice(at)}`, 'f')).toThrow(`f, line 1, column ${at + 1}:`);
  }
});

it('passes over a byte order mark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'json-'));
  try {
    writeFileSync(join(folder, 'a.json'), '\ufeff{"a": 1}');
    expect(readJsonFile('a.json', 'a test', folder)).toEqual({ a: 1 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('what is nested without end is refused, with its place', () => {
  expect(() => parseJson(`{"a":\n${'['.repeat(100_000)}`, 'x.json')).toThrow(
    /x\.json, line 2, column \d+: this is not JSON: this is nested more than 1000 deep/,
  );
});
