import { textOf } from '../../src/report/text';
import { widthOf } from '../../src/report/width';

const sheet = {
  title: 'Numbers',
  tables: [
    {
      heading: 'few',
      columns: [
        { title: 'name', align: 'left' as const },
        { title: 'value', align: 'right' as const },
        { title: 'less important', align: 'center' as const, dispensable: 1 },
        { title: 'least important', align: 'left' as const, dispensable: 2 },
      ],
      rows: [
        ['漢', '1', '●', 'x'],
        ['two', '20', '–', ''],
      ],
    },
  ],
  notes: ['A note.'],
};

test('columns stand under their titles, by what characters take', () => {
  expect(textOf(sheet, { palette: 'none' })).toMatchInlineSnapshot(`
   "Numbers

   few
   name  value  less important  least important
   漢        1        *         x
   two      20        -

   A note.
   "
  `);
});

test('where room is short, columns go in the order they can be spared, and are named', () => {
  const lines = textOf(sheet, { palette: 'none', width: 30 }).split('\n');
  expect(lines[3]).toBe('name  value  less important');
  expect(lines).toContain('least important.');
  for (const width of [5, 11, 27, 28, 45]) {
    for (const line of textOf(sheet, { palette: 'truecolor', width }).split('\n')) {
      expect(widthOf(line)).toBeLessThanOrEqual(Math.max(width, 'important.'.length));
    }
  }
});

test('colours are added to the same text', () => {
  const coloured = textOf(sheet, { palette: 'ansi256' });
  expect(coloured).toContain('\x1b[1mNumbers\x1b[22m');
  expect(coloured).toContain('●');
});
