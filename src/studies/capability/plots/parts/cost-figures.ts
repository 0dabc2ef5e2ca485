import { scoreKindOf } from '../../../../core/contracts/view';
import type { Axis, Figure, Panel, Point, Series } from '../../../../core/contracts/figure';
import { lowerMedian, mean } from '../../../statistics/summaries';
import type { CellCost } from '../../summarise/cost';
import type { CellFigureOptions } from './length-figures';
import { distinct, namesTold } from './panels';
import type { PlottedCell } from './plotted-cell';

const titles = {
  parameters: 'trained parameters',
  state: 'numbers in the state',
  flops: 'operations per token',
  tokensPerAnswer: 'tokens per answer',
  steps: 'training steps',
  sequences: 'training sequences',
  trainingSeconds: 'seconds of training',
} as const satisfies Partial<Record<keyof CellCost, string>>;
/** What a row costs, as `CellCost` says. */
export type CostQuantity = keyof typeof titles;
/** What may be on the horizontal axis, the usual one first. */
export const costQuantities = Object.keys(titles) as readonly CostQuantity[];

/** How much further than its points a logarithmic axis goes. */
const aside = 1.4;

interface Options extends CellFigureOptions {
  readonly by?: CostQuantity;
}

/**
 * Capability (see `capability`) and accuracy at far lengths of each row against a cost on a logarithmic axis. Over several
 * columns both are means, and the cost is the median.
 */
export function costFigures(
  cells: readonly PlottedCell[],
  { score = 'exact', title, by = 'parameters' }: Options = {},
): Figure[] {
  const known = cells.filter(({ cost }) => cost?.[by] !== undefined && cost[by] !== null);
  const of = distinct(known.map(({ row }) => row)).map((row) => known.filter((cell) => cell.row === row));
  const costs = of.map((own) => lowerMedian(own.map(({ cost }) => cost![by]!)));
  if (costs.length === 0) return [];
  const [least, greatest] = [Math.min(...costs), Math.max(...costs)];
  const x: Axis =
    least > 0
      ? { title: titles[by], scale: 'log', domain: [least / aside, greatest * aside] }
      : { title: titles[by], domain: [-(greatest || 1) / 16, (greatest || 1) * (17 / 16)] };
  const panel = (name: string, y: string, value: (own: readonly PlottedCell[]) => Ends | null): Panel => ({
    title: name,
    x,
    y: { title: y, isShare: true },
    series: of.flatMap((own, at): Series[] => {
      const ends = value(own);
      return ends ? [{ name: own[0]!.row, mark: 'dot', points: [{ x: costs[at]!, ...ends } satisfies Point] }] : [];
    }),
  });
  const kind = scoreKindOf(score);
  const panels = [
    panel('Capability', 'capability', (own) => meanOf(own.map((cell) => cell.capability))),
    panel('Far lengths', kind === 'token' ? 'right symbols' : 'right answers', (own) =>
      meanOf(own.map(({ scores: { far } }) => far && { value: far[kind], interval: far.intervals[kind] })),
    ),
  ].filter(({ series }) => series.length > 0);
  const columns = distinct(known.map(({ column }) => column)).length;
  const over =
    columns > 1 ? `Mean over ${columns} columns, of those that a row was measured on; median of the costs. ` : '';
  return [
    {
      id: 'cost',
      title: title ?? `Cost: ${namesTold(known)}`,
      caption: `${over}Capability is skill above guessing, over trained, near and far lengths. Intervals hold what noise leaves open.`,
      panels,
    },
  ];
}

type Ends = Required<Pick<Point, 'y' | 'low' | 'high'>>;

/** Means of values and of the ends of their intervals; null for none. */
export function meanOf(
  values: readonly ({
    readonly value: number;
    readonly interval: { readonly low: number; readonly high: number };
  } | null)[],
): Ends | null {
  const known = values.flatMap((value) => value ?? []);
  if (known.length === 0) return null;
  return {
    y: mean(known.map(({ value }) => value)),
    low: mean(known.map(({ interval }) => interval.low)),
    high: mean(known.map(({ interval }) => interval.high)),
  };
}
