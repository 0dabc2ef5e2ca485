import { costFigures } from '../../../../../src/studies/capability/plots/parts/cost-figures';
import type { PlottedCell } from '../../../../../src/studies/capability/plots/parts/plotted-cell';

const cellOf = (row: string, column: string, parameters: number, value: number, far: number | null): PlottedCell => {
  const ends = { low: value - 0.1, high: value + 0.1 };
  const interval = { ...ends, confidence: 0.95 };
  return {
    row,
    column,
    isBaseline: false,
    lengths: [],
    guesses: [],
    seeds: [],
    scores: {
      inRange: null,
      near: null,
      far: far === null ? null : { exact: far, token: 1, intervals: { exact: interval, token: interval } },
    },
    capability: { value, interval: ends },
    cost: { parameters, state: null, flops: null, tokensPerAnswer: 0, steps: 10, sequences: 100, trainingSeconds: 1 },
  };
};

it('puts each row at its median cost and its mean over columns', () => {
  const [{ panels }] = costFigures([
    cellOf('lstm', 'a', 100, 0.2, 0.5),
    cellOf('lstm', 'b', 300, 0.6, null),
    cellOf('gru', 'a', 50, 1, 1),
  ]) as [ReturnType<typeof costFigures>[0]];
  expect(panels.map(({ title }) => title)).toEqual(['Capability', 'Far lengths']);
  expect(panels[0]!.series.map(({ name, points }) => [name, points[0]!.x, points[0]!.y])).toEqual([
    ['lstm', 100, 0.4],
    ['gru', 50, 1],
  ]);
  expect(panels[1]!.series[0]!.points[0]).toMatchObject({ x: 100, y: 0.5 });
  expect(panels[0]!.x.scale).toBe('log');
});

it('leaves out rows of which the cost is not known, and has nothing to draw of none', () => {
  expect(costFigures([cellOf('lstm', 'a', 100, 1, 1)], { by: 'flops' })).toEqual([]);
});

it('is linear where nothing is a cost, too', () => {
  expect(
    costFigures([cellOf('lstm', 'a', 100, 1, 1)], { by: 'tokensPerAnswer' })[0]!.panels[0]!.x.scale,
  ).toBeUndefined();
});
