import fc from 'fast-check';
import { latexOf, latexText } from '../../src/report/latex';
import { printable } from '../../src/report/printable';

test('special characters are written out', () => {
  expect(latexText('50%_a & {b} #1 $x$')).toBe('50\\%\\_a \\& \\{b\\} \\#1 \\$x\\$');
  expect(latexText('a\\b~c^d')).toBe('a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d');
  expect(latexText('<a|b>')).toBe('\\textless{}a\\textbar{}b\\textgreater{}');
  expect(latexText('x--y---z')).toBe('x-{}-y-{}-{}-z');
  expect(latexText('● 0.2–0.9')).toBe('$\\bullet$ 0.2--0.9');
});

test('whatever the names, the structure of the tables holds', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (first, second) => {
      const [a, b] = [printable(first), printable(second)];
      const columns = [
        { title: a, align: 'left' as const },
        { title: b, align: 'center' as const },
      ];
      const latex = latexOf({ title: a, tables: [{ heading: b, columns, rows: [[a, b]] }], notes: [b] });
      const code = latex
        .split('\n')
        .filter((line) => !line.startsWith('%'))
        .map((line) => line.replace(/\\[&%$#_{}]/g, ''));
      expect(code.filter((line) => /&.*\\\\$/.test(line)).map((line) => line.split('&').length)).toEqual([2, 2]);
      expect(code.join('')).not.toMatch(/[%#_~^]/);
      expect(code.join('').split('{').length).toBe(code.join('').split('}').length);
      expect((code.join('').split('$').length - 1) % 2).toBe(0);
      expect(code[5]).toBe('\\begin{tabular}{lc}');
    }),
    { seed: 25 },
  );
});

test('what follows the end of a line is never read as its argument', () => {
  const columns = [{ title: '', align: 'left' as const }];
  expect(latexOf({ title: '', tables: [{ heading: '', columns, rows: [['[2]'], ['*']] }], notes: [] })).toContain(
    '{}[2] \\\\\n{}* \\\\',
  );
});
