import { createRequire } from 'node:module';
import { withStyleAttributes } from './svg-attributes';

/** Loaded when a picture is asked for as PDF. */
const load = createRequire(__filename);

/** What is used of `pdfkit` and `svg-to-pdfkit`. */
interface PdfDocument {
  on(event: 'data', listener: (bytes: Uint8Array) => void): void;
  on(event: 'end', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  end(): void;
}
type PdfKit = new (options: object) => PdfDocument;
type DrawSvg = (document: PdfDocument, svg: string, x: number, y: number, options: object) => void;

/** Points of a pixel: 96 of these, and 72 of those, are an inch. */
const pointsPerPixel = 72 / 96;
/** The document says when it was made: never, so that the same picture is the same file. */
const noTime = new Date(0);

/**
 * A picture of ours, in one theme, as a PDF of one page of its size: vectors, and texts in Helvetica, which every reader has.
 * The same picture gives the same bytes.
 */
export async function pdfOf(svg: string): Promise<Uint8Array> {
  const PDFKit = load('pdfkit') as PdfKit;
  const drawSvg = load('svg-to-pdfkit') as DrawSvg;
  const [width = 0, height = 0] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.slice(1).map(Number) ?? [];
  const title = /<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1] ?? '';
  const size = [width * pointsPerPixel, height * pointsPerPixel];
  const document = new PDFKit({
    size,
    margin: 0,
    info: {
      Title: unescaped(title),
      CreationDate: noTime,
      ModDate: noTime,
      Producer: 'chomsky-zoo',
      Creator: 'chomsky-zoo',
    },
  });
  const parts: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    document.on('data', (bytes) => parts.push(bytes));
    document.on('end', resolve);
    document.on('error', reject);
  });
  drawSvg(document, drawable(svg), 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, isBold: boolean) => (isBold ? 'Helvetica-Bold' : 'Helvetica'),
  });
  document.end();
  await finished;
  return Buffer.concat(parts);
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** As the library draws it: bold is a weight of 600 or more there, and what is painted first cannot be chosen. */
const drawable = (svg: string): string =>
  withStyleAttributes(svg)
    .replace(/<text([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, text: string) => {
      const bold = attributes.replace(/font-weight:(\d+)/, (whole, weight: string) =>
        Number(weight) >= 600 ? 'font-weight:bold' : whole,
      );
      return `<text${bold.replace(/(paint-order|stroke|stroke-width|stroke-linejoin):[^;"]*;?/g, '')}>${inLatin(text)}</text>`;
    })
    .replace(/<title>[^<]*<\/title>/g, '');

/** Helvetica has the characters of Windows-1252 (PDF 32000-1, annex D). */
const latin = /[\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;
const replacements: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↑': '>',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '−': '-',
  '\u2009': ' ',
  '\u202f': ' ',
};
const inLatin = (text: string): string =>
  Array.from(text, (character) => (latin.test(character) ? character : (replacements[character] ?? '?'))).join('');
