import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { markdownOf } from '../../src/report/markdown';
import { printable } from '../../src/report/printable';

const sheetOf = (text: string) => ({
  title: text,
  tables: [{ heading: text, columns: [{ title: text, align: 'right' as const }], rows: [[text], [text]] }],
  notes: [text],
});
/** Texts of a page as readers see them: of headings, fields of tables and items of lists. */
function textsOf(markdown: string): string[] {
  const inline = new MarkdownIt({ html: true }).parse(markdown, {}).filter(({ type }) => type === 'inline');
  return inline.map(({ children }) => {
    expect(children!.map(({ type }) => type).filter((type) => !/^text/.test(type))).toEqual([]);
    return children!.map(({ content }) => content).join('');
  });
}

test('any text is shown as it is, in headings, tables and lists', () => {
  const nasty = fc.string({ unit: fc.constantFrom(...'ab1 .|*_<>[](){}#+-=~`&;!\\\'"$:/') });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string()), (given) => {
      const text = printable(given).trim().replace(/\s+/g, ' ');
      fc.pre(text !== '');
      const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
      expect(textsOf(markdownOf(sheetOf(text)))).toEqual([text, capitalised, text, text, text, text]);
    }),
    { seed: 23, numRuns: 300 },
  );
});

test('columns are aligned', () => {
  const columns = (['left', 'right', 'center'] as const).map((align) => ({ title: align, align }));
  expect(markdownOf({ title: 't', tables: [{ heading: 'h', columns, rows: [['1', '2', '3']] }], notes: [] })).toBe(
    '# t\n\n## H\n\n| left | right | center |\n| --- | ---: | :---: |\n| 1 | 2 | 3 |\n',
  );
});
