import type { Figure, Panel, Point, Series } from '../../core/contracts/figure';
import { groupBy } from '../../data/split';
import { overSeeds } from '../findings/over-seeds';
import { bySet } from './statements';
import { countOf, rowTitles, sizeOf } from './wording';
import type { ParityGroup, ParityRun } from './runs';

/** Samples until perfect over seeds, the middle one beyond the cap where it is not reached. */
function samplesPoint(x: number | string, { runs, cap }: ParityGroup): Point {
  const point = overSeeds(
    x,
    runs.map(({ seed, perfectAt }) => ({ seed, y: perfectAt })),
    { worst: Infinity },
  );
  return runs.length > 0 && point.y === null ? { ...point, note: `> ${countOf(cap)}` } : point;
}

/** A line for each row, in the order of the experiment. */
function seriesOf(
  groups: readonly ParityGroup[],
  pointOf: (group: ParityGroup) => Point,
  mark?: Series['mark'],
): Series[] {
  const titles = rowTitles(groups);
  return [...groupBy(groups, ({ row }) => row)].map(([row, own]) => ({
    name: titles.get(row)!,
    points: own.map(pointOf),
    ...(mark && { mark }),
  }));
}

/** Samples until perfect by the number of secret bits, a panel for each length of inputs. */
export function samplesFigure(groups: readonly ParityGroup[]): Figure | undefined {
  const panels = [...groupBy(groups, ({ bits }) => String(bits))].flatMap(([bits, own]): Panel[] =>
    new Set(own.map(({ secrets }) => secrets)).size < 2
      ? []
      : [
          {
            title: `${bits} bits`,
            x: { title: 'secret bits' },
            y: { title: 'samples until perfect', scale: 'log' },
            series: seriesOf(own, (group) => samplesPoint(group.secrets, group)),
          },
        ],
  );
  if (panels.length === 0) return undefined;
  return {
    id: 'samples-by-secrets',
    title: 'Samples until perfect',
    caption:
      'Sequences drawn until a look at the held-out inputs finds everything after the input right, by the number of secret ' +
      'bits. Points are lower medians of the seeds, intervals their least and most; a point beyond the cap is left out.',
    panels,
  };
}

/** Accuracy and entropy of every head while one model is trained. */
export function entropyFigure(
  runs: readonly { readonly title: string; readonly run: ParityRun; readonly heads: number }[],
): Figure | undefined {
  if (runs.length === 0) return undefined;
  return {
    id: 'entropy-by-samples',
    title: 'Attention entropy while parity is learnt',
    caption:
      'Normalised attention entropy of every head (1: attention is uniform, 0: on one token) beside the share of held-out ' +
      'inputs answered, of single runs: the first seed.',
    panels: runs.map(({ title, run, heads }) => ({
      title,
      x: { title: 'samples' },
      y: { title: 'entropy, accuracy', domain: [0, 1] as const },
      series: [
        {
          name: 'accuracy',
          isDashed: true,
          points: run.looks.map(({ samples, exact }) => ({ x: samples, y: exact })),
        },
        ...run.looks[0]!.entropies.map((_, head) => ({
          name: `layer ${Math.floor(head / heads) + 1} head ${(head % heads) + 1}`,
          points: run.looks.map(({ samples, entropies }) => ({ x: samples, y: entropies[head]! })),
        })),
      ],
    })),
  };
}

/** Accuracy at the end by the size of the training set, a panel for each pair of bits and secrets. */
export function reuseFigure(groups: readonly ParityGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  return {
    id: 'reuse',
    title: 'The same inputs over and over, and fresh ones',
    caption:
      'Share of held-out inputs answered at the end of training, at the first perfect look or the cap, by the number of ' +
      'inputs that training draws from. Lower medians of the seeds, intervals are their least and most.',
    panels: [...groupBy(groups, ({ bits, secrets }) => `${secrets} of ${bits} bits`)].map(([title, own]) => ({
      title,
      x: { title: 'inputs trained on', scale: 'category' },
      y: { title: 'held-out inputs answered', isShare: true, domain: [0, 1] as const },
      series: seriesOf(
        bySet(own),
        ({ set, runs }) =>
          overSeeds(
            set === null ? 'fresh' : countOf(set),
            runs.map(({ seed, exact }) => ({ seed, y: exact })),
          ),
        'bar',
      ),
    })),
  };
}

/** Samples until perfect by layers and heads. */
export function sizesFigure(groups: readonly ParityGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  return {
    id: 'layers-and-heads',
    title: 'Layers and heads',
    caption:
      'Samples until perfect by the number of layers and heads. Lower medians of the seeds, intervals are their least and ' +
      'most; a bar beyond the cap is left out.',
    panels: [...groupBy(groups, ({ bits, secrets }) => `${secrets} of ${bits} bits`)].map(([title, own]) => ({
      title,
      x: { title: 'layers, heads', scale: 'category' },
      y: { title: 'samples until perfect', scale: 'log' },
      series: seriesOf(own, (group) => samplesPoint(sizeOf(group), group), 'bar'),
    })),
  };
}
