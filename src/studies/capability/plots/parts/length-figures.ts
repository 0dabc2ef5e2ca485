import type { ScoreKind, ShownScore } from '../../../../core/contracts/view';
import type { Axis, Figure, Point } from '../../../../core/contracts/figure';
import { wilsonInterval, type Interval } from '../../../statistics/wilson';
import type { LengthSummary, SeedAtLength } from '../../summarise/length-summary';
import { scaledScore } from '../../summarise/scaled-score';
import { shareOverSeeds } from './over-seeds';
import { figuresOfMeasures, type Measure } from './panels';
import type { PlottedCell } from './plotted-cell';

/** What may be asked of figures of cells. */
export interface CellFigureOptions {
  readonly score?: ShownScore;
  /** Instead of a title that names what is shown. */
  readonly title?: string;
}

/** Where longer inputs are this many times as long as trained ones, lengths are on a logarithmic axis. */
const muchLonger = 16;

const scoreNames: Readonly<Record<ShownScore, string>> = {
  exact: 'right answers',
  token: 'right symbols',
  scaled: 'skill above guessing',
};

const seedsTold = 'Median over seeds; intervals hold the seeds and the noise of their test sequences.';
const trainedTold = 'Shaded: trained lengths.';

/**
 * Accuracy by length, a series for each row: the median over seeds with its interval, guessing (the best baseline) dashed,
 * trained lengths shaded. Where rows write a chain of thought also the share of right ones, and where answers were left
 * unfinished the share of those. Shares 0..1.
 */
export function lengthFigures(
  cells: readonly PlottedCell[],
  { score = 'exact', title }: CellFigureOptions = {},
): Figure[] {
  const x = lengthAxis(cells);
  const share = (name: string): Axis => ({ title: name, isShare: true });
  const measures: Measure[] = [
    {
      id: 'answers',
      title: 'Answers',
      caption: [seedsTold, ...(score === 'scaled' ? [] : ['Dashed: guessing.']), trainedTold],
      x,
      y: share(scoreNames[score]),
      points: (cell) => cell.lengths.map((length) => scoreAt(length, score, cell)),
      beside: (own) => ({
        ...trained(own),
        series: score === 'scaled' ? [] : guessing(own, score),
      }),
    },
    {
      id: 'traces',
      title: 'Chains of thought',
      caption: [seedsTold, trainedTold],
      x,
      y: share('right chains of thought'),
      points: ({ lengths }) => pointsOf(lengths, ({ traceExact }) => traceExact),
      beside: trained,
    },
    {
      id: 'unfinished',
      title: 'Unfinished answers',
      caption: [seedsTold, trainedTold],
      x,
      y: share('unfinished answers'),
      points: ({ lengths }) => {
        const points = pointsOf(lengths, ({ faults }) => faults?.unfinished);
        return points.some(({ y }) => y !== null && y > 0) ? points : [];
      },
      beside: trained,
    },
  ];
  return figuresOfMeasures(cells, measures, { id: 'length', title: 'Accuracy by length', ownTitle: title });
}

function lengthAxis(cells: readonly PlottedCell[]): Axis {
  const lengths = cells.flatMap((cell) => cell.lengths);
  const longest = (of: readonly LengthSummary[]) => Math.max(0, ...of.map(({ length }) => length));
  const isLog = longest(lengths) > muchLonger * longest(lengths.filter(({ range }) => range === 'inRange'));
  return { title: 'length of the input', ...(isLog && { scale: 'log' as const }) };
}

function scoreAt({ length, seeds }: LengthSummary, score: ShownScore, { guesses }: PlottedCell): Point {
  const guess = guesses.find((each) => each.length === length)?.exact;
  const scaled = (value: number): number | null => (guess === undefined ? null : scaledScore(value, guess));
  const seedsShown = seeds.flatMap((seed) => {
    const value = seed.score?.[score === 'scaled' ? 'exact' : score];
    if (value === undefined) return [];
    const noise = intervalOf(seed, value);
    if (score !== 'scaled') return { seed: seed.seed, value, ...noise };
    const [own, low, high] = [value, noise.low, noise.high].map(scaled) as [
      number | null,
      number | null,
      number | null,
    ];
    return own === null || low === null || high === null ? [] : { seed: seed.seed, value: own, low, high };
  });
  return shareOverSeeds(length, seedsShown);
}

const intervalOf = ({ sequences }: SeedAtLength, share: number): Interval =>
  wilsonInterval(share * sequences, sequences);

/** Of a share that some rows have: no points where no seed has it at any length. */
function pointsOf(lengths: readonly LengthSummary[], of: (seed: SeedAtLength) => number | undefined): Point[] {
  const points = lengths.map(({ length, seeds }) =>
    shareOverSeeds(
      length,
      seeds.flatMap((seed) => {
        const value = of(seed);
        return value === undefined ? [] : { seed: seed.seed, value, ...intervalOf(seed, value) };
      }),
    ),
  );
  return points.some(({ y }) => y !== null) ? points : [];
}

/** What guessing reaches, over all lengths that the cells have. */
function guessing(cells: readonly PlottedCell[], score: ScoreKind) {
  const best = cells.find(({ guesses }) => guesses.length > 0)?.guesses ?? [];
  const points = best.map(({ length, ...guess }): Point => ({ x: length, y: guess[score] }));
  return points.length === 0 ? [] : [{ name: 'guessing', points, isDashed: true }];
}

function trained(cells: readonly PlottedCell[]) {
  const lengths = cells.flatMap((cell) => cell.lengths).filter(({ range }) => range === 'inRange');
  if (lengths.length === 0) return {};
  const of = lengths.map(({ length }) => length);
  return { bands: [{ from: Math.min(...of), to: Math.max(...of), label: 'trained' }] };
}
