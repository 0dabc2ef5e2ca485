import { pdfOf } from '../../src/report/pdf';
import { svgPage, write } from '../../src/report/svg';
import { inTheme } from '../../src/report/svg-theme';

const picture = (...texts: string[]) =>
  inTheme(
    svgPage({
      title: 'A "title" < B',
      description: 'B',
      width: 400,
      height: 200,
      parts: texts.map((text, at) => write(10, 20 * (at + 1), 'name', text)),
    }),
    'light',
  );
const bytes = async (...texts: string[]) => Buffer.from(await pdfOf(picture(...texts)));

test('a picture is a page of its size, the same bytes each time', async () => {
  const first = await bytes('parity');
  expect(first.toString('latin1')).toMatch(/^%PDF-1\.\d/);
  expect(first.toString('latin1')).toContain('/MediaBox [0 0 300 150]');
  expect(first.toString('latin1')).toContain('/Helvetica-Bold');
  expect((await bytes('parity')).equals(first)).toBe(true);
  expect((await bytes('dyck')).equals(first)).toBe(false);
});

test('characters that the font has not are written with others', async () => {
  const [arrow, plain] = [await bytes('a → b'), await bytes('a -> b')];
  expect(arrow.equals(plain)).toBe(true);
  expect((await bytes('界')).equals(await bytes('?'))).toBe(true);
});
