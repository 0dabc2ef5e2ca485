import type { Figure } from '../../../src/core/contracts/figure';
import { figuresVega } from '../../../src/report/figure/figure-vega';

const figure: Figure = {
  id: 'length',
  title: 'By length',
  caption: 'Seen.',
  panels: [
    {
      title: '',
      x: { title: 'length', scale: 'log' },
      y: { title: 'right answers', isShare: true },
      series: [
        {
          name: 'lstm',
          points: [
            { x: 1, y: 1, low: 0.5, high: 1 },
            { x: 2, y: null },
          ],
        },
        { name: 'guessing', points: [{ x: 1, y: 0.5 }], isDashed: true },
      ],
      bands: [{ from: 1, to: 2, label: 'trained' }],
    },
  ],
};

it('has the data, the axes and a layer for bands, lines, intervals and points', () => {
  const spec = figuresVega([figure], 'All') as {
    data: unknown;
    layer: { mark: { type: string }; encoding: Record<string, { scale?: object }> }[];
  };
  expect(spec.data).toEqual({
    values: [
      { series: 'lstm', x: 1, y: 1, low: 0.5, high: 1 },
      { series: 'lstm', x: 2, y: null },
      { series: 'guessing', x: 1, y: 0.5 },
    ],
  });
  expect(spec.layer.map(({ mark }) => mark.type)).toEqual(['rect', 'line', 'rule', 'point']);
  expect(spec.layer[1]!.encoding['x']!.scale).toEqual({ type: 'log' });
  expect(spec.layer[1]!.encoding['y']!.scale).toEqual({ type: 'linear', domain: [0, 1], zero: true });
});

it('puts panels beside, and figures under each other', () => {
  const [panel] = figure.panels;
  const two = { ...figure, panels: [panel!, panel!] };
  expect(figuresVega([two], 'All')).toMatchObject({ hconcat: [{}, {}] });
  expect(figuresVega([two, figure], 'All')).toMatchObject({
    title: 'All',
    vconcat: [{ hconcat: [{}, {}] }, { layer: {} }],
  });
});
