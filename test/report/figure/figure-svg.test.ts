import { SaxesParser } from 'saxes';
import { figuresSvg } from '../../../src/report/figure/figure-svg';
import type { Figure } from '../../../src/core/contracts/figure';
import { bars, samples } from '../../support/figures';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element of a picture, with the text directly in it. */
function elementsOf(svg: string): Element[] {
  const parser = new SaxesParser();
  const [all, open]: [Element[], Element[]] = [[], []];
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    all.push(element);
    open.push(element);
  });
  parser.on('text', (text) => open.length && (open.at(-1)!.text += text));
  parser.on('closetag', () => void open.pop());
  parser.write(svg).close();
  return all;
}
const drawn = (...figures: Figure[]) => elementsOf(figuresSvg(figures, 'Figures'));
const classed = (elements: readonly Element[], name: string, kind: string) =>
  elements.filter((each) => each.name === name && each.attributes.class?.split(' ').includes(kind));
const lines = (ys: readonly (readonly (number | null)[])[], more: object = {}): Figure => ({
  id: 'f',
  title: 'A & B',
  caption: 'of <these>',
  panels: [
    {
      title: '',
      x: { title: 'x' },
      y: { title: 'y' },
      series: ys.map((each, at) => ({ name: `s${at}`, points: each.map((y, x) => ({ x, y })) })),
      ...more,
    },
  ],
});

it('is a picture of its own: no scripts, no files from elsewhere, title and description', () => {
  const elements = drawn(bars, samples);
  expect(elements[0]!.attributes.xmlns).toBe('http://www.w3.org/2000/svg');
  expect(elements.find(({ name }) => name === 'title')!.text).toBe('Figures');
  expect(elements.find(({ name }) => name === 'desc')!.text).toContain(
    'n = 12, direct: samples by secret bits from 40k at 1 to 250k at 4',
  );
  expect(elements.some(({ name }) => ['script', 'image', 'use', 'foreignObject'].includes(name))).toBe(false);
  expect(figuresSvg([samples], 'x')).toContain('prefers-color-scheme:dark');
  expect(drawn(lines([[1, 2]])).find(({ name }) => name === 'title')!.text).toBe('A & B');
});

it('bars stand on zero, as high as their values', () => {
  const rects = classed(drawn(bars), 'rect', 'f0').filter(({ attributes }) => Number(attributes.height) !== 12);
  expect(rects).toHaveLength(6);
  const filler = classed(drawn(bars), 'rect', 'f2').filter(({ attributes }) => Number(attributes.height) !== 12);
  expect(Number(rects[0]!.attributes.height) / Number(filler[0]!.attributes.height)).toBeCloseTo(0.97 / 0.53, 1);
  const floors = [...rects, ...filler].map(({ attributes }) =>
    Math.round(Number(attributes.y) + Number(attributes.height)),
  );
  expect(new Set(floors).size).toBe(1);
});

it('a line goes through its points, and has a gap where there is none', () => {
  const [path] = classed(drawn(lines([[0, 5, null, 10, 20]])), 'path', 'line');
  const places = [...path!.attributes.d!.matchAll(/([ML])([\d.]+) ([\d.]+)/g)].map(
    ([, how, x, y]) => [how, Number(x), Number(y)] as const,
  );
  expect(places.map(([how]) => how).join('')).toBe('MLML');
  const [, x0, y0] = places[0]!;
  const [, x4, y4] = places[3]!;
  const [, x1, y1] = places[1]!;
  expect((y0 - y1) / (y0 - y4)).toBeCloseTo(0.25, 2);
  expect((x1 - x0) / (x4 - x0)).toBeCloseTo(0.25, 2);
});

it('series of the same few points stand beside each other', () => {
  const paths = classed(
    drawn(
      lines([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    ),
    'path',
    'line',
  );
  const starts = paths.map(({ attributes }) => attributes.d!.split('L')[0]);
  expect(new Set(starts).size).toBe(starts.length);
});

it('names stand at the ends of lines where they are apart, else in a legend', () => {
  const nameOf = (figure: Figure, name: string) => drawn(figure).filter(({ text }) => text === name && text.length > 0);
  const many = (last: number) => [...Array(30).keys()].map((x) => (last * x) / 29);
  const direct = drawn(lines([many(10), many(50)])).filter(({ name, text }) => name === 'text' && text === 's1');
  expect(direct.map(({ attributes }) => attributes.class)).toEqual(['small name f1']);
  const close = lines([many(10), many(10.1), many(10.2), many(10.3), many(10.4), many(50)]);
  expect(
    drawn(close)
      .filter(({ name, text }) => name === 'text' && text === 's1')
      .map(({ attributes }) => attributes.class),
  ).toEqual(['small']);
  expect(nameOf(samples, 'direct').some(({ attributes }) => attributes.class === 'small')).toBe(true);
});

it('an interval that ends at nothing goes to the edge of a logarithmic axis', () => {
  const points = [...Array(20).keys()].map((x) => ({ x, y: 0.1, low: 0, high: 0.2 }));
  const figure = lines([], { y: { title: 'y', scale: 'log' }, series: [{ name: 'a', points }] });
  const band = drawn(figure).find(({ attributes }) => attributes['fill-opacity'] === '.16')!;
  const ys = [...band.attributes.d!.matchAll(/[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
  const axis = Number(classed(drawn(figure), 'line', 'rule')[0]!.attributes.y1);
  expect(Math.max(...ys)).toBe(axis);
  expect(Math.min(...ys)).toBeLessThan(axis);
});

it('shows seeds, references, bands, and what was not reached', () => {
  const elements = drawn(samples);
  expect(
    elements.filter(({ name, attributes }) => name === 'circle' && attributes['fill-opacity'] === '.45'),
  ).toHaveLength(15);
  expect(classed(elements, 'line', 'reference')).toHaveLength(1);
  expect(classed(elements, 'rect', 'shade')).toHaveLength(1);
  for (const text of ['near', 'trained', '↑ > 400k']) expect(elements.some((each) => each.text === text)).toBe(true);
});

it('everything drawn is within the picture', () => {
  const elements = drawn(
    bars,
    samples,
    lines([
      [1, 2],
      [3, 4],
    ]),
  );
  const { width, height } = elements[0]!.attributes;
  for (const { attributes } of elements) {
    for (const [key, most] of [
      ['x', width],
      ['x1', width],
      ['x2', width],
      ['cx', width],
      ['y', height],
      ['y1', height],
      ['cy', height],
    ] as const) {
      if (attributes[key] === undefined) continue;
      expect(Number(attributes[key])).toBeGreaterThanOrEqual(0);
      expect(Number(attributes[key])).toBeLessThanOrEqual(Number(most));
    }
  }
});

it('long titles of panels take two lines inside their panel, and plots beside each other begin at one height', () => {
  const [panel] = lines([[1, 2]]).panels;
  const long = 'without a chain of thought, five of twenty bits, not learnt';
  const titled = (title: string): Figure => ({
    ...lines([[1, 2]]),
    panels: ['one', title, 'three'].map((each) => ({ ...panel!, title: each })),
  });
  const names = classed(drawn(titled(long)), 'text', 'name').map(({ text, attributes: { x, y } }) => ({ text, x, y }));
  expect(names).toHaveLength(4);
  expect(`${names[1]!.text} ${names[2]!.text}`).toBe(long);
  const [, first, , third] = names;
  expect(Number(first!.x) + first!.text.length * 8.3).toBeLessThan(Number(third!.x));
  expect(names[0]!.y).toBe(names[2]!.y); // the last line stands above the plot
  expect(names[1]!.y).not.toBe(names[2]!.y);
});

it('more series than colours: no two look alike, and all stay near their place', () => {
  const many = drawn(lines([...Array(16).keys()].map((at) => [at, at, at])));
  const paths = classed(many, 'path', 'line').filter(({ attributes }) => attributes.d!.split('L').length === 3);
  expect(paths).toHaveLength(16);
  const looks = paths.map(({ attributes }) => `${attributes.class} ${attributes['stroke-dasharray'] ?? ''}`);
  expect(new Set(looks).size).toBe(16);
  const starts = paths.map(({ attributes }) => Number(/^M([\d.]+)/.exec(attributes.d!)![1]));
  expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(20.5);
});

test('no two of twenty series have the same sign in the same colour', () => {
  const series = Array.from({ length: 20 }, (_, at) => ({
    name: `row ${at}`,
    mark: 'dot' as const,
    points: [{ x: 1, y: at }],
  }));
  const figure = {
    id: 'many',
    title: 'Many',
    caption: 'Rows.',
    panels: [{ title: '', x: { title: 'x' }, y: { title: 'y' }, series }],
  };
  const signs = figuresSvg([figure], 'Many').match(/<path class="[fl]\d[^"]*" transform="[^"]*" d="[^"]*"/g)!;
  const looks = signs.map((sign) => sign.replace(/ transform="[^"]*"/, ''));
  expect(new Set(looks).size).toBe(20);
});
