import type { Matrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixSvg } from '../../../../src/studies/capability/views/matrix-svg';
import { makeMatrix, smallMatrix } from '../../../support/matrix';
import { elementsOf } from '../../../support/xml';

const renderSvg = (matrix: Matrix) => new MatrixSvg().draw(matrix, { score: 'exact', palette: 'none' });
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test('it is well-formed and stands alone', () => {
  const svg = renderSvg(smallMatrix());
  const names = elementsOf(svg);
  expect(names[0]).toBe('svg');
  expect(new Set(names)).toEqual(
    new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'line', 'g', 'circle', 'path']),
  );
  expect(svg.match(/(href|url\(|@import|<script)/)).toBeNull();
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('it shows what the text shows', () => {
  const texts = textsOf(renderSvg(smallMatrix()));
  for (const text of ['regular', 'parity', 'reversal', 'lstm', 'oracle', '97', 'not run', 'learnt in range', '–'])
    expect(texts).toContain(text);
  expect(texts).toContain('test: exact match in %, one seed · lengths in range 1–40, near 41–100, far 101–256');
});

test('hovering over a cell tells the figures', () => {
  const svg = renderSvg(smallMatrix());
  expect(svg).toContain(
    '<title>lstm x parity: solves, in range 1.000 (baseline 0.500), near 1.000 (baseline 0.500), far 0.999 (baseline 0.500)</title>',
  );
  expect(svg).toContain('<title>transformer x reversal: missing, not run yet</title>');
});

test('names are escaped', () => {
  const odd = 'a<b>&"c"';
  const svg = renderSvg(makeMatrix({ architectures: [odd], baselines: [], tasks: [['parity', 'regular']] }, []));
  elementsOf(svg);
  expect(textsOf(svg)).toContain('a&lt;b&gt;&amp;&quot;c&quot;');
});

test('many columns continue below instead of growing wide', () => {
  const tasks = Array.from({ length: 14 }, (_, at): [string, string] => [`task-${at}`, 'regular']);
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks }, []);
  const widthOf = (svg: string) => Number(/ width="(\d+)"/.exec(svg)![1]);
  expect(widthOf(renderSvg(matrix))).toBeLessThan(1200);
  expect(textsOf(renderSvg(matrix)).filter((text) => text === 'lstm')).toHaveLength(3);
});

test('everything drawn lies on the page', () => {
  const svg = renderSvg(smallMatrix());
  const [width, height] = [/ width="(\d+)"/, / height="(\d+)"/].map((pattern) => Number(pattern.exec(svg)![1]));
  for (const [, x, y] of svg.matchAll(/ x="([\d.]+)" y="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThan(width!);
    expect(Number(y)).toBeLessThan(height!);
  }
});
