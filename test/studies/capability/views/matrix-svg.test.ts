import type { Matrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixSvg } from '../../../../src/studies/capability/views/matrix-svg';
import { makeMatrix, smallMatrix, theoryMatrix } from '../../../support/matrix';
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
    '<title>lstm x parity: solves, in range 1.000 (0.985–1.000, baseline 0.500), near 1.000 (0.985–1.000, baseline 0.500), far 0.999 (0.983–1.000, baseline 0.500)</title>',
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

const threeSeeds = (...far: number[]) =>
  makeMatrix({ architectures: ['lstm'], baselines: ['uniform'], tasks: [['parity', 'regular']], seeds: [1, 2, 3] }, [
    ...far.map((score, at) => ({ seed: at + 1, inRange: 1, near: 1, far: score })),
    { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
  ]);

test('of several seeds it shows how many solve, and the best of them on hover', () => {
  const svg = renderSvg(threeSeeds(1, 0.7, 0.6));
  expect(textsOf(svg).filter((text) => text === '1/3')).toHaveLength(2); // beside the verdict and in the legend
  expect(svg).toContain('extends, 1 of 3 seeds solve, in range');
  expect(svg).toMatch(/far 0\.700 \(0\.\d+–1\.000, best 1\.000, baseline 0\.500\)/);
});

test('below guessing is marked in its tile and explained', () => {
  const svg = renderSvg(threeSeeds(0.2, 0.2, 0.25));
  expect(textsOf(svg).filter((text) => text === '&lt;')).toHaveLength(2);
  expect(textsOf(svg)).toContain('lstm x parity: 0.20 far, below guessing (0.50)');
});

test('where columns differ in their lengths each tells its own', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [] }, [
    { inRange: 1, near: 1, far: 1 },
    { task: 'reversal', inRange: 1 },
  ]);
  const texts = textsOf(renderSvg(matrix));
  expect(texts).toContain('up to length');
  expect(texts.filter((text) => ['40', '100', '256', '–'].includes(text!)).slice(0, 6)).toEqual([
    '40',
    '100',
    '256',
    '40',
    '–',
    '–',
  ]);
  expect(textsOf(renderSvg(smallMatrix()))).not.toContain('up to length');
});

test('what became of predictions is drawn by shape, told on hover and in the legend', () => {
  const svg = renderSvg(theoryMatrix());
  elementsOf(svg);
  const drawn = [...svg.matchAll(/<path class="(?:sign|loud)" transform="[^"]*" d="([^"]*)"/g)].map(
    ([, path]) => path!,
  );
  // Each of the five once in its cell and once in the legend.
  expect([drawn.length, new Set(drawn).size]).toEqual([10, 5]);
  expect(svg).toContain('theory: can be expressed (Somebody 2024, theorem R4): learnability gap');
  expect(textsOf(svg)).toContain('disagrees with a theorem: a bug until proven otherwise');
  // For readers who hear the picture.
  expect(svg).toMatch(
    /<desc.*able x parity: solves, theory: agrees; untaught x parity: learnt in range, theory: learn/,
  );
  expect(svg).toContain('unknown x parity: solves<');
  expect(renderSvg(smallMatrix())).not.toMatch(/class="(sign|loud)"/);
});
