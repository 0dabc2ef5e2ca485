import { codeDigest, importsOf, joinedDigest } from '../../src/core/code-digest';

const digest = (text: string, name = 'a.ts') => codeDigest(text, name);

it.each([
  ['comments', 'const a = 1;', '/** what it is */\nconst a /* one */ = 1; // one'],
  ['spaces and lines', 'f(a,b)', 'f(\n  a,\n  b\n)\n'],
  ['a comma before a bracket', 'f({ a, b }, [c], (d));', 'f({ a, b, }, [c,], (d),);'],
  ['line ends', 'const a = 1;\nconst b = 2;', 'const a = 1;\r\nconst b = 2;\r\n'],
])('passes over %s', (_, a, b) => {
  expect(digest(b)).toBe(digest(a));
});

it.each([
  ['a number', 'const a = 1;', 'const a = 2;'],
  ['spaces within a text', "const a = 'b c';", "const a = 'b  c';"],
  ['what looks like a comment in a text', "const a = 'b // c';", "const a = 'b // d';"],
  ['a template', 'const a = `b ${c} d`;', 'const a = `b ${c}  d`;'],
  ['an expression', 'const a = /b /;', 'const a = /b  /;'],
  ['where tokens end', 'const ab = c;', 'const a = bc;'],
  ['holes of a list', 'const a = [b];', 'const a = [b,,];'],
  ['one hole', 'const a = [];', 'const a = [,];'],
  ['a decorator', '@a() class B {}', '@a(1) class B {}'],
  ['the order of statements', 'a(); b();', 'b(); a();'],
])('sees %s', (_, a, b) => {
  expect(digest(b)).not.toBe(digest(a));
});

it('reads JavaScript of either kind likewise, and every byte of anything else', () => {
  for (const name of ['a.js', 'a.mjs', 'a.cjs', 'a.mts']) expect(digest('a(1) // b', name)).toBe(digest('a(1)', name));
  expect(digest('{"a": 1}', 'a.json')).not.toBe(digest('{ "a": 1 }', 'a.json'));
});

it('joins digests in any order of names, and sees names', () => {
  expect(joinedDigest({ a: '1', b: '2' })).toBe(joinedDigest({ b: '2', a: '1' }));
  expect(joinedDigest({ a: '1', b: '2' })).not.toBe(joinedDigest({ a: '2', b: '1' }));
  expect(joinedDigest({ a: '1' })).not.toBe(joinedDigest({ c: '1' }));
});

it('finds what a module imports', () => {
  const text = `import a from './a'; export * from "./b"; const c = require('./c'); const d = import('./d');
    // import './not'
    import type { E } from './e'; import a2 from './a';`;
  expect(importsOf(text).sort()).toEqual(['./a', './b', './c', './d', './e']);
});
