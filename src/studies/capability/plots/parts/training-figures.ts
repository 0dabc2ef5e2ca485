import type { CurvePoint } from '../../../../core/contracts/record';
import type { Axis, Figure, Point } from '../../../../core/contracts/figure';
import { lowerMedian } from '../../../statistics/summaries';
import type { CellFigureOptions } from './length-figures';
import { figuresOfMeasures, type Measure } from './panels';
import type { PlottedCell, PlottedSeed } from './plotted-cell';

/** Where the greatest loss is this many times the least, losses are on a logarithmic axis. */
const manyTimes = 20;

const caption = ['Median over seeds, and their spread; seeds that stopped count with what they ended with.'];

/**
 * Loss and held-out accuracy (share 0..1) by step, and what probes read, a series for each row: the lower median over seeds
 * and their spread. A seed that stopped early counts as it ended, so that the others do not stand for all.
 */
export function trainingFigures(
  cells: readonly PlottedCell[],
  { score = 'exact', title }: CellFigureOptions = {},
): Figure[] {
  const kind = score === 'token' ? 'token' : 'exact';
  const x: Axis = { title: 'step' };
  const measures: Measure[] = [
    { id: 'loss', title: 'Loss', caption, x, y: lossAxis, points: ({ seeds }) => curveOf(seeds, ({ loss }) => loss) },
    {
      id: 'held-out',
      title: 'Held-out inputs of trained lengths',
      caption,
      x,
      y: { title: kind === 'token' ? 'right symbols' : 'right answers', isShare: true },
      points: ({ seeds }) => curveOf(seeds, ({ heldOut }) => heldOut?.[kind]),
    },
    ...readingsOf(cells).map((reading): Measure => ({
      id: reading,
      title: reading,
      caption,
      x,
      y: { title: reading },
      points: ({ seeds }) => curveOf(seeds, ({ readings }) => readings?.[reading]),
    })),
  ];
  return figuresOfMeasures(cells, measures, { id: 'training', title: 'Training', ownTitle: title });
}

const readingsOf = (cells: readonly PlottedCell[]): string[] => [
  ...new Set(
    cells.flatMap(({ seeds }) =>
      seeds.flatMap(({ curve }) => curve.flatMap(({ readings = {} }) => Object.keys(readings))),
    ),
  ),
];

function lossAxis(points: readonly Point[]): Axis {
  const losses = points.flatMap(({ y }) => (y !== null && y > 0 ? y : []));
  const isLog = losses.length > 0 && Math.max(...losses) > manyTimes * Math.min(...losses);
  return { title: 'loss', ...(isLog && { scale: 'log' as const }) };
}

/** Over the steps at which any seed was looked at; none where no seed has the value. */
function curveOf(seeds: readonly PlottedSeed[], of: (point: CurvePoint) => number | undefined): Point[] {
  const curves = seeds
    .map(({ seed, curve }) => ({ seed, known: valuesOf(curve, of) }))
    .filter(({ known }) => known.length);
  const steps = [...new Set(curves.flatMap(({ known }) => known.map(([step]) => step)))].sort((a, b) => a - b);
  return steps.map((step): Point => {
    const here = curves.flatMap(({ known }) => known.findLast(([at]) => at <= step)?.[1] ?? []);
    const samples = curves.flatMap(({ seed, known }) => {
      const own = known.find(([at]) => at === step);
      return own ? { seed, y: own[1] } : [];
    });
    return { x: step, y: lowerMedian(here), low: Math.min(...here), high: Math.max(...here), samples };
  });
}

/** Step and value of each look that has one: a loss that is no number was not written. */
const valuesOf = (curve: readonly CurvePoint[], of: (point: CurvePoint) => number | undefined) =>
  curve.flatMap((point) => {
    const value = of(point);
    return value !== undefined && value !== null && Number.isFinite(value) ? [[point.step, value] as const] : [];
  });
