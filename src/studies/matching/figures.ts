import type { Figure, Panel, Point, Series } from '../../core/contracts/figure';
import { groupBy } from '../../data/split';
import { overSeeds } from '../findings/over-seeds';
import type { Look, MatchingGroup } from './runs';
import { shareReached } from './parallel-bound';
import { chanceOf, exponentOf, startTitleOf, titleOf } from './wording';

type Measure = 'trained' | 'unseen' | 'first' | 'second';
const measureNames: Readonly<Record<Measure, string>> = {
  trained: 'trained pairs',
  unseen: 'unseen pairs',
  first: 'h1 diagonal',
  second: 'h2 diagonal',
};

const share = (title: string) => ({ title, isShare: true, domain: [0, 1] as const });
const intervals = 'Lower medians of the seeds; intervals are their least and most.';

/** Answers and matching by step, a panel for each setting. */
export function riseFigure(groups: readonly MatchingGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  return {
    id: 'rise',
    title: 'Answers to unseen pairs, and tokens that match themselves',
    caption:
      'Share of inputs answered, of pairs as trained and of pairs never trained, and share of tokens whose largest entry in the ' +
      `matching matrices h1 and h2 is their own. ${intervals}`,
    panels: groups.map((group) => ({
      title: titleOf(group),
      x: { title: 'steps' },
      y: share('share'),
      series: (['trained', 'unseen', 'first', 'second'] as const).flatMap((measure): Series[] =>
        group.runs.some(({ looks }) => looks[0]![measure] !== undefined)
          ? [
              {
                name: measureNames[measure],
                isDashed: measure === 'first' || measure === 'second',
                points: bySteps(group, measure),
              },
            ]
          : [],
      ),
      references: [{ axis: 'y' as const, at: chanceOf(group), label: 'guess among possible answers' }],
    })),
  };
}

function bySteps({ runs }: MatchingGroup, measure: Measure): Point[] {
  const steps = [...new Set(runs.flatMap(({ looks }) => looks.map(({ step }) => step)))].sort((a, b) => a - b);
  return steps.map((step) =>
    overSeeds(
      step,
      runs.flatMap(({ seed, looks }) => {
        const value = looks.find((look) => look.step === step)?.[measure];
        return value === undefined ? [] : [{ seed, y: value }];
      }),
    ),
  );
}

/** A point of the last looks of a group. */
export const atEnd = (x: number | string, { runs }: Pick<MatchingGroup, 'runs'>, measure: keyof Look): Point =>
  overSeeds(
    x,
    runs.map(({ seed, looks }) => ({ seed, y: looks.at(-1)![measure] ?? null })),
  );

const shownAtEnd = ['trained', 'unseen'] as const;

/** Start and place of norms: a panel for trained and for unseen pairs. */
export function startFigure(groups: readonly MatchingGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  const ordered = [...groups].sort((a, b) => (a.exponent ?? Infinity) - (b.exponent ?? Infinity));
  return {
    id: 'start-and-norm',
    title: 'Scale of the start and place of norms',
    caption:
      'Share of inputs answered at the end of training by gamma: weights begin with standard deviation fanIn^-gamma, so that ' +
      `a larger gamma is a smaller start. ${intervals}`,
    panels: shownAtEnd.map((measure) => ({
      title: measureNames[measure],
      x: { title: 'gamma', scale: 'category' as const },
      y: share('answered at the end'),
      series: [...groupBy(ordered, ({ normalisation }) => normalisation)].map(([normalisation, own]) => ({
        name: `${normalisation}-norm`,
        mark: 'bar' as const,
        points: own.map((group) => atEnd(exponentOf(group), group, measure)),
      })),
    })),
  };
}

/** Noise in the products of attention. */
export function noiseFigure(groups: readonly MatchingGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  return {
    id: 'noise',
    title: 'Matrices added to the products of attention',
    caption: `Share of unseen pairs answered by step, without noise, with random matrices and with the identity. ${intervals}`,
    panels: [...groupBy(groups, startTitleOf)].map(([title, own]) => ({
      title,
      x: { title: 'steps' },
      y: share('unseen pairs answered'),
      series: own.map((group) => ({ name: group.noise, points: bySteps(group, 'unseen') })),
    })),
  };
}

/** Hops that are learnt by layers, and that can be reached by looking tokens up in parallel. */
export function hopsFigure(groups: readonly MatchingGroup[]): Figure | undefined {
  if (groups.length === 0) return undefined;
  const panels = [...groupBy(groups, ({ layers, pairs }) => `${layers} layers, ${pairs} pairs`)].map(
    ([title, all]): Panel => {
      const own = [...all].sort((a, b) => a.order - b.order);
      const reached = own.flatMap(({ pairs, order, layers }) => {
        const y = shareReached(pairs, order, layers);
        return y === undefined ? [] : [{ x: String(order), y }];
      });
      return {
        title,
        x: { title: 'hops', scale: 'category' },
        y: share('inputs'),
        series: [
          ...shownAtEnd.map((measure) => ({
            name: measureNames[measure],
            mark: 'bar' as const,
            points: own.map((group) => atEnd(String(group.order), group, measure)),
          })),
          {
            name: 'guess among possible answers',
            mark: 'dot' as const,
            points: own.map((group) => ({ x: String(group.order), y: chanceOf(group) })),
          },
          ...(reached.length > 0 ? [{ name: 'reached by matching', mark: 'dot' as const, points: reached }] : []),
        ],
      };
    },
  );
  return {
    id: 'hops-by-layers',
    title: 'Hops by number of layers',
    caption:
      'Share of inputs answered at the end of training, beside a guess among the tokens that may be an answer, and the share of ' +
      `inputs in which looking tokens up in parallel reaches the answer (computed, nothing trained). ${intervals}`,
    panels,
  };
}
