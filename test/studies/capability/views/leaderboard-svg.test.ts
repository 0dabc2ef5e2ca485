import { LeaderboardSvg } from '../../../../src/studies/capability/views/leaderboard-svg';
import { makeMatrix, smallMatrix } from '../../../support/matrix';
import { elementsOf } from '../../../support/xml';

const draw = (matrix = smallMatrix()) =>
  new LeaderboardSvg().draw(matrix, { score: 'exact', palette: 'none', ranking: { coverage: 1 } });
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test('it is well-formed and stands alone', () => {
  const svg = draw();
  expect(new Set(elementsOf(svg))).toEqual(
    new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'line', 'circle', 'path']),
  );
  expect(svg.match(/(href|url\(|@import|<script)/)).toBeNull();
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg).toContain('1: lstm, capability 0.703; unranked: transformer, 1 of 2 tasks</desc>');
});

test('it shows the ranking, and why a row has none', () => {
  const texts = textsOf(draw());
  for (const text of ['0.703', '1 of 2 tasks', 'not run', 'parity', 'regular', '1/2']) expect(texts).toContain(text);
  expect(texts).not.toContain('oracle');
});

test('a bar is as long as the capability', () => {
  const [track, bar] = [...draw().matchAll(/<rect class="t\d+" x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)];
  expect(Number(bar![1]) / Number(track![1])).toBeCloseTo(0.703, 2);
});

test('of many rows a panel shows the best and says how many more there are', () => {
  const architectures = Array.from({ length: 30 }, (_, at) => `row-${at}`);
  const matrix = makeMatrix({ architectures, baselines: ['uniform'], tasks: [['parity', 'regular']] }, [
    ...architectures.map((architecture, at) => ({ architecture, inRange: at / 30, near: 0, far: 0 })),
    { architecture: 'uniform', baseline: true, inRange: 0, near: 0, far: 0 },
  ]);
  const texts = textsOf(draw(matrix));
  expect(texts).toContain('and 25 more');
  expect(texts.filter((text) => text === 'row-29')).toHaveLength(2);
  expect(texts.filter((text) => text === 'row-3')).toHaveLength(1);
});

test('everything drawn lies on the page', () => {
  const svg = draw();
  const [width, height] = [/ width="(\d+)"/, / height="(\d+)"/].map((pattern) => Number(pattern.exec(svg)![1]));
  for (const [, x, y] of svg.matchAll(/ x="([\d.]+)" y="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThan(width!);
    expect(Number(y)).toBeLessThan(height!);
  }
});
