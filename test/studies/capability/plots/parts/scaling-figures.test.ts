import { scaledSettings, scalingFigures } from '../../../../../src/studies/capability/plots/parts/scaling-figures';
import type { SetCell } from '../../../../../src/studies/capability/plots/parts/plotted-cell';

const cellOf = (architecture: string, hiddenSize: number, more: Record<string, unknown> = {}, steps = 10): SetCell => ({
  row: `${architecture}-${hiddenSize}`,
  column: 'parity',
  isBaseline: false,
  lengths: [],
  guesses: [],
  seeds: [],
  scores: { inRange: null, near: null, far: null },
  capability: { value: hiddenSize / 100, interval: { low: 0, high: 1 } },
  settings: { architecture, task: 'parity', 'architecture.hiddenSize': hiddenSize, 'protocol.steps': 1000, ...more },
  cost: { parameters: 1, state: 1, flops: 1, tokensPerAnswer: 0, steps, sequences: 1, trainingSeconds: 1 },
});

it('draws a line through rows that differ in one setting, in the order of its values', () => {
  const [figure] = scalingFigures([cellOf('lstm', 64), cellOf('lstm', 16), cellOf('gru', 16), cellOf('gru', 32)]);
  const [capability, steps] = figure!.panels;
  expect(capability!.x).toEqual({ title: 'architecture.hiddenSize' });
  expect(capability!.series.map(({ name, points }) => [name, points.map(({ x, y }) => [x, y])])).toEqual([
    [
      'lstm',
      [
        [16, 0.16],
        [64, 0.64],
      ],
    ],
    [
      'gru',
      [
        [16, 0.16],
        [32, 0.32],
      ],
    ],
  ]);
  expect(steps!.title).toBe('Steps');
});

it('chooses the setting of most values, or the one that is named in full or by its end', () => {
  const cells = [16, 32, 64].map((size) => cellOf('lstm', size));
  const both = [...cells, cellOf('lstm', 16, { 'protocol.steps': 50 })];
  expect(scaledSettings(both)).toEqual(['architecture.hiddenSize', 'protocol.steps']);
  for (const by of ['steps', 'protocol.steps'])
    expect(scalingFigures(both, { by })[0]!.panels[0]!.series[0]!.points.map(({ x }) => x)).toEqual([50, 1000]);
  expect(scalingFigures(both)[0]!.caption).toContain('--by also knows protocol.steps');
});

it('tells lines of one architecture apart by what else differs', () => {
  const cells = [16, 32].flatMap((size) => [
    cellOf('lstm', size, { 'task.keys': 2 }),
    cellOf('lstm', size, { 'task.keys': 4 }),
  ]);
  const [figure] = scalingFigures(cells, { by: 'hiddenSize' });
  expect(figure!.panels[0]!.series.map(({ name }) => name)).toEqual(['lstm keys=2', 'lstm keys=4']);
});

it('has nothing to draw where nothing differs, or not in that', () => {
  expect(scalingFigures([cellOf('lstm', 16), cellOf('gru', 32)])).toEqual([]);
  expect(scalingFigures([cellOf('lstm', 16), cellOf('lstm', 32)], { by: 'steps' })).toEqual([]);
});
