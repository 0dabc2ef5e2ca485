import type { Figure, Panel, Series } from '../../core/contracts/figure';
import { groupBy } from '../../data/split';
import type { LengthSummary } from '../capability/summarise/length-summary';
import { overSeeds } from '../findings/over-seeds';
import type { Comparison } from './compare';
import type { Cost } from './facts';
import { modeNames, modesTold } from './tables';
import { learnt, verdicts, type Verdict } from './verdict';

/** Panels that stand in one figure. */
const mostPanels = 4;

const titles: Readonly<Record<Verdict, string>> = {
  'trace pays': 'Where a chain of thought pays',
  'trace helps': 'Where a chain of thought helps',
  'filler suffices': 'Where filler suffices',
  'direct suffices': 'Where direct answers suffice',
  'none learns': 'Where nothing is learnt',
  'not measured': 'What is not measured in all modes',
};

/** Accuracy by length, a panel for every row and column, those of one verdict together. */
export const accuracyFigures = (comparisons: readonly Comparison[]): Figure[] =>
  verdicts.flatMap((verdict) => {
    const own = comparisons.filter((each) => each.verdict === verdict && hasLengths(each));
    const count = Math.ceil(own.length / mostPanels);
    return Array.from({ length: count }, (_, at) => ({
      id: `accuracy-${verdict.replaceAll(' ', '-')}${count > 1 ? `-${at + 1}` : ''}`,
      title: `${titles[verdict]}${count > 1 ? ` (${at + 1} of ${count})` : ''}`,
      caption:
        'Exact-match accuracy at every evaluated length; shaded: trained lengths. Middle of the seeds, bars from the least to the most of them.',
      panels: own.slice(at * mostPanels, (at + 1) * mostPanels).map(accuracyPanel),
    }));
  });

const hasLengths = ({ modes }: Comparison): boolean =>
  Object.values(modes).some(({ lengths }) => lengths.some(({ seeds }) => seeds.some(({ score }) => score !== null)));

const accuracyPanel = ({ row, base, trainedTo, modes, guess }: Comparison): Panel => ({
  title: `${row}, ${base} to ${trainedTo}`,
  x: { title: 'symbols of the input' },
  y: { title: 'accuracy', isShare: true, domain: [0, 1] },
  series: modesTold.flatMap((mode): Series[] =>
    modes[mode] ? [{ name: modeNames[mode], points: modes[mode].lengths.flatMap(pointOf) }] : [],
  ),
  references: guess === null ? [] : [{ axis: 'y', at: guess, label: 'guessing, in range' }],
  bands: [{ from: 1, to: trainedTo, label: 'trained' }],
});

function pointOf({ length, seeds }: LengthSummary) {
  const samples = seeds.flatMap(({ seed, score }) => (score ? [{ seed, y: score.exact }] : []));
  return samples.length > 0 ? [overSeeds(length, samples)] : [];
}

/** Columns that are trained to several lengths: from which one on does the trace pay? */
export function lengthFigure(comparisons: readonly Comparison[]): Figure[] {
  const panels = [...groupBy(comparisons, ({ row, base }) => `${row}, ${base}`)]
    .filter(([, own]) => own.length > 1)
    .map(([title, own]): Panel => ({
      title,
      x: { title: 'longest trained length' },
      y: { title: 'accuracy in range', isShare: true, domain: [0, 1] },
      series: modesTold.map((mode) => ({
        name: modeNames[mode],
        points: own
          .toSorted((a, b) => a.trainedTo - b.trainedTo)
          .flatMap(({ trainedTo, modes }) => {
            const { scores = [] } = modes[mode] ?? {};
            return scores.length > 0 ? [overSeeds(trainedTo, scores)] : [];
          }),
      })),
      references: [{ axis: 'y', at: learnt, label: 'learnt' }],
    }));
  if (panels.length === 0) return [];
  return [
    {
      id: 'trained-length',
      title: 'From which length on a chain of thought pays',
      caption:
        'Exact-match accuracy over the trained lengths, the network trained to one length after the other. Middle of the seeds, bars from the least to the most of them.',
      panels,
    },
  ];
}

/**
 * Tokens and non-linear steps of an answer by length, where the trace pays and where there are two traces to choose from;
 * curves that are the same for several columns are drawn once.
 */
export function costFigure(comparisons: readonly Comparison[]): Figure[] {
  const columnsOf = (task: string) => new Set(comparisons.flatMap((each) => (each.task === task ? each.base : [])));
  const pays = new Set(comparisons.flatMap(({ verdict, base }) => (verdict === 'trace pays' ? base : [])));
  const telling = comparisons.filter(({ base, task }) => pays.has(base) || columnsOf(task).size > 1);
  const shown = telling.length > 0 ? telling : comparisons;
  const panel = (title: string, of: (cost: Cost) => number): Panel => ({
    title: '',
    x: { title: 'symbols of the input', scale: 'log' },
    y: { title, scale: 'log' },
    series: curvesOf(shown, of),
  });
  if (comparisons.length === 0) return [];
  return [
    {
      id: 'cost-by-length',
      title: 'What an answer costs',
      caption:
        'Of the longest sequence for inputs of a length: tokens of input, trace and answer, and non-linear operators on the longest path from the input to the last token of the answer. Computed, not measured. Columns where the trace pays, and columns of one task with traces of different length; filler has as many tokens as a trace, and the table has all.',
      panels: [panel('tokens', ({ tokens }) => tokens), panel('non-linear steps', ({ depth }) => depth)],
    },
  ];
}

const curveModes = ['chain-of-thought', 'direct'] as const;
/** Names of columns that are written out where several have one curve. */
const mostNames = 3;

function curvesOf(comparisons: readonly Comparison[], of: (cost: Cost) => number): Series[] {
  const curves = curveModes.flatMap((mode) =>
    comparisons.flatMap(({ row, base, modes }) => {
      const points = modes[mode]?.costs.map((cost) => ({ x: cost.length, y: of(cost) }));
      return points ? [{ name: `${row}, ${modeNames[mode]}`, base, points }] : [];
    }),
  );
  return [...groupBy(curves, ({ name, points }) => JSON.stringify([name, points])).values()].map((alike) => {
    const bases = [...new Set(alike.map(({ base }) => base))];
    const others = bases.length > mostNames ? [`${bases.length - mostNames + 1} more`] : [];
    const shown = others.length > 0 ? bases.slice(0, mostNames - 1) : bases;
    return { name: `${alike[0]!.name}: ${[...shown, ...others].join(', ')}`, points: alike[0]!.points };
  });
}
