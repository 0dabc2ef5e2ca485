import { inTheme } from '../../src/report/svg-theme';
import { svgPage } from '../../src/report/svg';
import { seriesStyle } from '../../src/report/svg-style';
import { hues } from '../../src/report/figure/series-look';

const page = svgPage({ title: 'A', description: 'B', width: 10, height: 10, style: seriesStyle(hues), parts: [] });

test('a picture follows its reader, or is light or dark for all', () => {
  expect(inTheme(page, 'auto')).toBe(page);
  const [light, dark] = [inTheme(page, 'light'), inTheme(page, 'dark')];
  for (const fixed of [light, dark]) expect(fixed).not.toContain('@media');
  expect(light).not.toContain('.page{fill:#0f151e');
  expect(light.match(/\.page\{fill:/g)).toHaveLength(1);
  const pages = [...dark.matchAll(/\.page\{fill:(#\w+)/g)].map(([, colour]) => colour);
  expect(pages).toEqual(['#ffffff', '#0f151e']); // the last rule wins
  expect(dark).toContain(`.l0{stroke:${hues[0]!.dark}}`);
  for (const fixed of [light, dark]) expect(fixed.split('{')).toHaveLength(fixed.split('}').length);
});
