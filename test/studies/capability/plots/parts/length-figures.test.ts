import type { Figure } from '../../../../../src/core/contracts/figure';
import type { LengthSummary, SeedAtLength } from '../../../../../src/studies/capability/summarise/length-summary';
import { lengthFigures } from '../../../../../src/studies/capability/plots/parts/length-figures';
import type { PlottedCell } from '../../../../../src/studies/capability/plots/parts/plotted-cell';

const seedOf = (seed: number, exact: number, more: Partial<SeedAtLength> = {}): SeedAtLength => ({
  seed,
  sequences: 100,
  score: { exact, token: (1 + exact) / 2 },
  ...more,
});
const lengthOf = (length: number, seeds: readonly SeedAtLength[]): LengthSummary => ({
  length,
  range: length <= 10 ? 'inRange' : length <= 25 ? 'near' : 'far',
  isAveraged: true,
  seeds,
});
const cellOf = (given: Partial<PlottedCell> = {}): PlottedCell => ({
  row: 'lstm',
  column: 'parity',
  isBaseline: false,
  lengths: [lengthOf(1, [seedOf(1, 1), seedOf(2, 0.9), seedOf(3, 1)]), lengthOf(20, [seedOf(1, 0.5), seedOf(2, 0.75)])],
  guesses: [
    { length: 1, exact: 0.5, token: 0.6 },
    { length: 20, exact: 0.5, token: 0.6 },
  ],
  seeds: [],
  scores: { inRange: null, near: null, far: null },
  capability: null,
  cost: null,
  ...given,
});
const seriesOf = ({ panels }: Figure, panel: number, name: string) =>
  panels[panel]!.series.find((series) => series.name === name)!;

describe('accuracy by length', () => {
  it('draws the lower median over seeds, in an interval that holds the seeds', () => {
    const [figure] = lengthFigures([cellOf()]);
    const { points } = seriesOf(figure!, 0, 'lstm');
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [1, 1],
      [20, 0.5],
    ]);
    expect(points[1]!.low).toBeLessThan(0.5);
    expect(points[1]!.high).toBeGreaterThan(0.75);
    expect(points[0]!.samples).toEqual([
      { seed: 1, y: 1 },
      { seed: 2, y: 0.9 },
      { seed: 3, y: 1 },
    ]);
  });

  it('shades the trained lengths and draws guessing as a dashed line', () => {
    const [{ panels }] = lengthFigures([cellOf()]) as [Figure];
    expect(panels[0]!.bands).toEqual([{ from: 1, to: 1, label: 'trained' }]);
    expect(panels[0]!.series[1]).toEqual({
      name: 'guessing',
      isDashed: true,
      points: [
        { x: 1, y: 0.5 },
        { x: 20, y: 0.5 },
      ],
    });
  });

  it('draws single symbols, or skill above guessing, where that is asked for', () => {
    const [tokens] = lengthFigures([cellOf()], { score: 'token' });
    expect(seriesOf(tokens!, 0, 'lstm').points[1]!.y).toBe(0.75);
    const [scaled] = lengthFigures([cellOf()], { score: 'scaled' });
    expect(seriesOf(scaled!, 0, 'lstm').points.map(({ y }) => y)).toEqual([1, 0]);
    expect(scaled!.panels[0]!.series.map(({ name }) => name)).toEqual(['lstm']);
  });

  it('leaves a gap where guessing is perfect, and where nothing was evaluated', () => {
    const guesses = [{ length: 1, exact: 1, token: 1 }];
    const [scaled] = lengthFigures([cellOf({ guesses })], { score: 'scaled' });
    expect(seriesOf(scaled!, 0, 'lstm').points.map(({ y }) => y)).toEqual([null, null]);
    const lengths = [lengthOf(1, [{ seed: 1, sequences: 0, score: null }])];
    const [figure] = lengthFigures([cellOf({ lengths })]);
    expect(seriesOf(figure!, 0, 'lstm').points).toEqual([{ x: 1, y: null }]);
  });

  it('has panels for chains of thought and unfinished answers where there are such, and only for rows that have them', () => {
    const faults = { unfinished: 0.25, malformed: 0, wrong: 0.25 };
    const thinking = cellOf({ row: 'cot', lengths: [lengthOf(5, [seedOf(1, 0.5, { faults, traceExact: 0.75 })])] });
    const [figure, ...others] = lengthFigures([cellOf(), thinking]);
    expect(others).toEqual([]);
    expect(figure!.panels.map(({ title }) => title)).toEqual(['Answers', 'Chains of thought', 'Unfinished answers']);
    expect(figure!.panels[1]!.series.map(({ name, points }) => [name, points[0]!.y])).toEqual([['cot', 0.75]]);
    expect(figure!.panels[2]!.series.map(({ name, points }) => [name, points[0]!.y])).toEqual([['cot', 0.25]]);
  });

  it('gives every column a panel, and what else was measured a figure of its own', () => {
    const cells = [cellOf(), cellOf({ row: 'gru' }), cellOf({ column: 'reversal' })];
    const figures = lengthFigures([
      ...cells,
      cellOf({ column: 'copy', lengths: [lengthOf(2, [seedOf(1, 1, { traceExact: 1 })])] }),
    ]);
    expect(figures.map(({ id, panels }) => [id, panels.map(({ title }) => title)])).toEqual([
      ['length', ['parity', 'reversal', 'copy']],
      ['length-traces', ['copy']],
    ]);
    expect(figures[0]!.panels[0]!.series.map(({ name }) => name)).toEqual(['lstm', 'gru', 'guessing']);
  });

  it('names what is shown, or what is asked for instead', () => {
    expect(lengthFigures([cellOf()])[0]!.title).toBe('Accuracy by length: lstm x parity');
    expect(lengthFigures([cellOf(), cellOf({ row: 'gru' })])[0]!.title).toBe('Accuracy by length: lstm, gru on parity');
    expect(lengthFigures([cellOf()], { title: 'Figure 1' })[0]!.title).toBe('Figure 1');
  });

  it('goes to a logarithmic axis where inputs are very much longer than trained ones', () => {
    const axis = (longest: number) =>
      lengthFigures([cellOf({ lengths: [lengthOf(10, [seedOf(1, 1)]), lengthOf(longest, [seedOf(1, 1)])] })])[0]!
        .panels[0]!.x;
    expect([axis(160).scale, axis(161).scale]).toEqual([undefined, 'log']);
  });

  it('has nothing to draw of nothing', () => {
    expect(lengthFigures([])).toEqual([]);
  });
});
