import fc from 'fast-check';
import { categoriesOf, labelOf, positionOf, spanOf, ticksOf } from '../../../src/report/figure/axis';
import type { Axis, Panel } from '../../../src/core/contracts/figure';

const panelOf = (ys: readonly (number | null)[], y: Partial<Axis> = {}, more: Partial<Panel> = {}): Panel => ({
  title: '',
  x: { title: 'x' },
  y: { title: 'y', ...y },
  series: [{ name: 'a', points: ys.map((each, x) => ({ x, y: each })) }],
  ...more,
});

it.each<[number[], Partial<Axis>, [number, number]]>([
  [[3, 17], {}, [0, 20]],
  [[0.2, 0.4], { isShare: true }, [0, 1]],
  [[0.003, 0.4], { isShare: true, scale: 'log' }, [0.002, 0.5]],
  [[40_000, 230_000], { scale: 'log' }, [20_000, 500_000]],
  [[0, 5], { domain: [1, 2] }, [1, 2]],
  [[7, 7], {}, [2, 12]],
])('%j on %j are shown in %j', (ys, y, span) => expect(spanOf(panelOf(ys, y), 'y')).toEqual(span));

it('an axis shows intervals, references and what bars begin at, and no gap', () => {
  const point = { x: 0, y: 5, low: 2, high: 9 };
  const series = [{ name: 'a', points: [point, { x: 1, y: null }] }];
  expect(spanOf(panelOf([], {}, { series }), 'y')).toEqual([2, 10]);
  expect(spanOf(panelOf([], {}, { series: [{ ...series[0]!, mark: 'bar' as const }] }), 'y')).toEqual([0, 10]);
  expect(spanOf(panelOf([5], {}, { references: [{ axis: 'y', at: 40, label: '' }] }), 'y')).toEqual([0, 40]);
  expect(spanOf(panelOf([1, 2], {}, { bands: [{ from: -3, to: 0, label: '' }] }), 'x')).toEqual([-3, 1]);
  expect(spanOf(panelOf([null]), 'y')).toEqual([0, 1]);
});

it.each<[Axis, [number, number], number, string[]]>([
  [{ title: '', isShare: true }, [0, 1], 5, ['0%', '20%', '40%', '60%', '80%', '100%']],
  [{ title: '', scale: 'log' }, [20_000, 500_000], 5, ['20k', '50k', '100k', '200k', '500k']],
  [{ title: '', scale: 'log', isShare: true }, [0.001, 1], 5, ['0.1%', '1%', '10%', '100%']],
  [{ title: '' }, [1, 24], 4, ['10', '20']],
])('%j from %j is marked at about %d places', (axis, span, count, labels) =>
  expect(ticksOf(axis, span, count).map(({ label }) => label)).toEqual(labels),
);

it('ticks stand in order within the axis, and its points too', () => {
  const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), fc.constantFrom('linear', 'log'), (ys, scale) => {
      const panel = panelOf(ys, { scale: scale as 'linear' | 'log' });
      const span = spanOf(panel, 'y');
      for (const y of ys) {
        expect(positionOf(panel.y, span, y)).toBeGreaterThanOrEqual(-1e-6);
        expect(positionOf(panel.y, span, y)).toBeLessThanOrEqual(1 + 1e-6);
      }
      const places = ticksOf(panel.y, span).map(({ at }) => positionOf(panel.y, span, at));
      expect(places.length).toBeGreaterThan(1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
  );
});

it.each<[number, boolean, string]>([
  [0.25, true, '25%'],
  [0.0015, true, '0.15%'],
  [61_400, false, '61.4k'],
  [1_200_000, false, '1.2M'],
  [0.05, false, '0.05'],
  [0.00002, false, '2e-5'],
])('%d is written %s', (value, isShare, label) => expect(labelOf({ isShare }, value)).toBe(label));

it('categories come in the order in which they first come', () => {
  const points = ['b', 'a', 'b'].map((x) => ({ x, y: 1 }));
  expect(categoriesOf(panelOf([], {}, { series: [{ name: 'a', points }] }))).toEqual(['b', 'a']);
});
