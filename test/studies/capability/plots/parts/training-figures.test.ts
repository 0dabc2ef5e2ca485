import type { CurvePoint } from '../../../../../src/core/contracts/record';
import { trainingFigures } from '../../../../../src/studies/capability/plots/parts/training-figures';
import type { PlottedCell } from '../../../../../src/studies/capability/plots/parts/plotted-cell';

const cellOf = (curves: readonly (readonly CurvePoint[])[], column = 'parity'): PlottedCell => ({
  row: 'lstm',
  column,
  isBaseline: false,
  lengths: [],
  guesses: [],
  seeds: curves.map((curve, at) => ({ seed: at + 1, outcome: 'completed', curve })),
  scores: { inRange: null, near: null, far: null },
  capability: null,
  cost: null,
});
const look = (step: number, loss: number, exact?: number): CurvePoint => ({
  step,
  loss,
  ...(exact !== undefined && { heldOut: { exact, token: (1 + exact) / 2 } }),
});

describe('curves of training', () => {
  it('draws loss and held-out accuracy beside each other: median and spread of the seeds', () => {
    const [figure] = trainingFigures([cellOf([[look(10, 1, 0)], [look(10, 2, 0.5)], [look(10, 4, 1)]])]);
    expect(figure!.panels.map(({ y, series }) => [y.title, series[0]!.points[0]])).toEqual([
      ['loss', { x: 10, y: 2, low: 1, high: 4, samples: [1, 2, 4].map((y, at) => ({ seed: at + 1, y })) }],
      ['right answers', { x: 10, y: 0.5, low: 0, high: 1, samples: [0, 0.5, 1].map((y, at) => ({ seed: at + 1, y })) }],
    ]);
  });

  it('counts a seed that stopped as it ended, and says of each step whose look it was', () => {
    const [figure] = trainingFigures([cellOf([[look(10, 1), look(20, 0.5)], [look(10, 3)], [look(10, 4)]])]);
    const [, last] = figure!.panels[0]!.series[0]!.points;
    expect(last).toEqual({ x: 20, y: 3, low: 0.5, high: 4, samples: [{ seed: 1, y: 0.5 }] });
  });

  it('leaves out a loss that is no number, and what was not looked at', () => {
    const [figure] = trainingFigures([cellOf([[look(10, NaN, 0.5), look(20, 1)]])]);
    expect(figure!.panels.map(({ series }) => series[0]!.points.map(({ x }) => x))).toEqual([[20], [10]]);
    expect(trainingFigures([cellOf([[]])])).toEqual([]);
  });

  it('has a panel for each reading of a probe', () => {
    const [figure] = trainingFigures([cellOf([[{ ...look(10, 1), readings: { 'state-norm.last': 3 } }]])]);
    expect(figure!.panels.map(({ title }) => title)).toEqual(['Loss', 'state-norm.last']);
  });

  it('draws losses that differ many times on a logarithmic axis', () => {
    const scale = (last: number) => trainingFigures([cellOf([[look(1, 2), look(2, last)]])])[0]!.panels[0]!.y.scale;
    expect([scale(0.1), scale(0.09)]).toEqual([undefined, 'log']);
  });

  it('has a figure for each measure where there are several columns', () => {
    const figures = trainingFigures([cellOf([[look(1, 1, 1)]]), cellOf([[look(1, 1, 1)]], 'copy')]);
    expect(figures.map(({ id, panels }) => [id, panels.map(({ title }) => title)])).toEqual([
      ['training', ['parity', 'copy']],
      ['training-held-out', ['parity', 'copy']],
    ]);
  });
});
