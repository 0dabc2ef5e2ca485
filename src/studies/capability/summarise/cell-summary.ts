import type { ManifestCost, ManifestRow } from '../../../core/contracts/manifest';
import type { CellRecord, Score } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Agreement, Prediction } from '../../../core/contracts/theory';
import type { ScoreKind } from '../../../core/contracts/view';
import { medianInterval } from '../../statistics/median-interval';
import { lowerMedian } from '../../statistics/summaries';
import { wilsonInterval, type Interval } from '../../statistics/wilson';
import { checkPrediction, type Citations, type MeasuredVerdict } from './agreement';
import {
  averagedLengths,
  bestBaseline,
  ceilingOf,
  noBaselines,
  type BaselineScores,
  type BaselinesOver,
} from './baselines';
import { costOf, type CellCost } from './cost';
import { faultsOf, type FaultShares } from './faults';
import { checkFigure } from './figures';
import { lengthsOfCell, type LengthSummary } from './length-summary';
import { bestScore, medianScore, scoresOf, standing, type MeanScore, type Standing } from './mean-score';
import { digestOf, type LengthFrame, type RecordDigest } from './record-digest';
import { scaledScore } from './scaled-score';
import { byRange, summariseSeed, zeroScore, type SeedScore, type SeedSearch, type SeedSummary } from './seed-summary';
import { isPrediction, overallAgreement, type Statement } from './statement';
import { isAtLeast, verdictOf, verdictThresholds, type Verdict } from './verdict';

type OfKinds<T> = Readonly<Record<ScoreKind, T>>;

export interface RangeSummary {
  /** Median over seeds, each kind for itself, with its interval; null where no seed was evaluated. */
  readonly score: MeanScore | null;
  /** The best seed, each kind for itself. */
  readonly best: Score | null;
  /** At the longest length of the mean: exact-match accuracy, median over seeds. */
  readonly longest: SeedScore['longest'] | null;
  /** What the verdict asks of the range: see `SeedScore`; median over seeds. */
  readonly decisive: SeedScore['decisive'] | null;
  /** Best baseline over the same lengths, exact and token separately. */
  readonly baseline: MeanScore | null;
  /** What a perfect learner could reach over the same lengths; null where no row says it. */
  readonly ceiling: Score | null;
  /** `score` on a scale from that baseline (0) to perfect (1); null where there is no scale. */
  readonly scaled: OfKinds<number | null>;
  /** `score` beside that baseline; null where one of them is not known. */
  readonly standing: OfKinds<Standing | null>;
  /** Whether anything can be learnt from scores of the column in this range: its baseline is below 1 and its ceiling above that. */
  readonly hasScale: boolean;
  readonly faults: FaultShares | null;
  readonly evaluatedLengths: number;
  readonly notAveragedLengths: number;
  readonly notEvaluatedLengths: number;
  /** Why the column has no such lengths. */
  readonly notEvaluated?: string;
}

/** Everything known about a row on a column, over its seeds. */
export interface CellSummary {
  readonly seeds: readonly SeedSummary[];
  readonly ranges: Readonly<Record<LengthRange, RangeSummary>>;
  readonly lengths: readonly LengthSummary[];
  /** Lengths, of any seed, that the memory of the row is too small for. */
  readonly exceeding: LengthFrame['exceeding'];
  readonly baselines: readonly BaselineScores[];
  /** Null when nothing was evaluated. */
  readonly verdict: Verdict | null;
  /** The verdicts at both ends of the intervals; null where the verdict does not come from scores. */
  readonly verdictBounds: readonly [lowest: Verdict, highest: Verdict] | null;
  /** Whether they differ: a threshold that decides lies within an interval. */
  readonly isBorderline: boolean;
  /** Seeds that reach at least the verdict. */
  readonly reached: Readonly<Record<'learnt in range' | 'extends' | 'solves', number>>;
  /** Seeds that solve the task, with a 95 % interval for the share of such seeds. */
  readonly solved: { readonly count: number; readonly interval: Interval };
  readonly diverged: number;
  /** Seeds that stopped because nothing more was learnt. */
  readonly futile: number;
  /** How its settings were chosen; absent where they are as written. */
  readonly search?: SeedSearch;
  /** Null for baselines, which are not trained. */
  readonly cost: CellCost | null;
  /** What is published of the cell and what theory predicts, beside what was measured. */
  readonly statements: readonly Statement[];
  /** Of all of them. */
  readonly agreement: Agreement;
  /** Of what theory predicts. */
  readonly theory: Agreement;
}

/** What is said of a row and a column. */
export interface Said {
  readonly claims?: ManifestRow['claims'];
  readonly prediction?: Prediction | null;
  readonly citations?: Citations;
  /** What the row takes on the column. */
  readonly cost?: ManifestCost;
}

/**
 * Summarises the records of one row and column: one per seed, at least one. `chance` knows the column's baselines,
 * `knowing` are the rows that use the solver.
 */
export function summariseCell(
  records: readonly CellRecord[],
  chance: BaselinesOver,
  said: Said = {},
  knowing: BaselinesOver = noBaselines,
): CellSummary {
  const digests = records.map(digestOf);
  const seeds = records.map((record, at) => summariseSeed(record, digests[at]!.scores)).sort((a, b) => a.seed - b.seed);
  const lengths = averagedLengths(records);
  const baselines = chance(lengths);
  const column = { floor: bestBaseline(chance()), ceiling: ceilingOf(knowing()) };
  const [floor, ceiling] = [bestBaseline(baselines), ceilingOf(knowing(lengths))];
  const ranges = byRange((range) => {
    const hasScale = leavesRoom(column.floor[range], column.ceiling[range]);
    return summariseRange(range, {
      digests,
      seeds,
      baseline: floor[range],
      ceiling: ceiling[range],
      hasScale,
    });
  });
  const diverged = seeds.filter((seed) => seed.verdict === 'diverged').length;
  const reached = (least: Verdict) => seeds.filter(({ verdict }) => isAtLeast(verdict, least)).length;
  const decisive = (end: 'exact' | 'low' | 'high') =>
    diverged > seeds.length / 2 ? 'diverged' : verdictOf(byRange((range) => ranges[range].decisive?.[end] ?? null));
  const [verdict, lowest, highest] = [decisive('exact'), decisive('low'), decisive('high')];
  const hasBounds = verdict !== 'diverged' && lowest !== null && highest !== null;
  const exceeding = digests.flatMap(({ frame }) => frame.exceeding);
  const measured: Measured = { seeds, ranges, exceeding };
  const search = seeds.find((seed) => seed.search)?.search;
  const verdictBounds = hasBounds ? ([lowest, highest] as const) : null;
  let byLength: readonly LengthSummary[] | undefined;
  const statements = statementsOf(said, measured, verdict && { verdict, verdictBounds, solved: reached('solves') });
  return {
    seeds,
    ranges,
    exceeding,
    get lengths() {
      return (byLength ??= lengthsOfCell(records)); // few views ask
    },
    baselines,
    verdict,
    verdictBounds,
    isBorderline: hasBounds && lowest !== highest,
    reached: { 'learnt in range': reached('learnt in range'), extends: reached('extends'), solves: reached('solves') },
    solved: { count: reached('solves'), interval: wilsonInterval(reached('solves'), seeds.length) },
    diverged,
    futile: seeds.filter(({ outcome }) => outcome === 'stopped-futile').length,
    ...(search && { search }),
    cost: costOf(seeds, said.cost),
    statements,
    agreement: overallAgreement(statements),
    theory: overallAgreement(statements.filter(isPrediction)),
  };
}

type Measured = Pick<CellSummary, 'seeds' | 'ranges' | 'exceeding'>;

/** Figures first. */
function statementsOf(
  { claims = [], prediction, citations = new Map() }: Said,
  { seeds, ranges, exceeding }: Measured,
  found: Pick<MeasuredVerdict, 'verdict' | 'verdictBounds' | 'solved'> | null,
): Statement[] {
  if (claims.length === 0 && !(prediction && found)) return [];
  const exceedingMemory = new Set(exceeding.map(({ range }) => range));
  const shownBy = (range: LengthRange) => {
    const { longest, baseline, hasScale, ceiling } = ranges[range];
    const isReachable = ceiling === null || ceiling.exact >= verdictThresholds[range];
    return {
      longest: longest?.length ?? null,
      canShow: baseline === null || hasScale,
      canFail: isReachable && !exceedingMemory.has(range),
    };
  };
  const longest = byRange((range) => ranges[range].longest?.length ?? null);
  const figures = { ...measuredOverSeeds(seeds, ranges), seeds: seeds.length, longest, exceedingMemory };
  return [
    ...claims.map((claim) => checkFigure(claim, figures)),
    ...(prediction && found
      ? checkPrediction(prediction, { ...found, seeds: seeds.length, ranges: byRange(shownBy) }, citations)
      : []),
  ];
}

const leavesRoom = (floor: Score | null, ceiling: Score | null): boolean =>
  floor !== null && floor.exact < 1 && (ceiling === null || ceiling.exact > floor.exact);

interface RangeSources {
  readonly digests: readonly RecordDigest[];
  readonly seeds: readonly SeedSummary[];
  readonly baseline: MeanScore | null;
  readonly ceiling: Score | null;
  readonly hasScale: boolean;
}

function summariseRange(range: LengthRange, sources: RangeSources): RangeSummary {
  const { digests, seeds, baseline, ceiling, hasScale } = sources;
  const runs = scoresOfRuns(seeds, range);
  const score = medianScore(runs);
  const best = bestScore(runs);
  const of = <T>(value: (kind: ScoreKind) => T): OfKinds<T> => ({ exact: value('exact'), token: value('token') });
  const counts = digests.map(({ frame }) => frame.counts[range]);
  const most = (of: 'evaluatedLengths' | 'notAveragedLengths' | 'notEvaluatedLengths') =>
    Math.max(...counts.map((count) => count[of]));
  const notEvaluated = counts.find((count) => count.notEvaluated)?.notEvaluated;
  return {
    score,
    best: best && scoresOf(best),
    longest: runs.length === 0 ? null : longestOf(runs),
    decisive: runs.length === 0 ? null : decisiveOf(runs),
    baseline,
    ceiling: ceiling && scoresOf(ceiling),
    scaled: of((kind) => (score && baseline ? scaledScore(score[kind], baseline[kind]) : null)),
    standing: of((kind) => (score && baseline ? standing(score.intervals[kind], baseline.intervals[kind]) : null)),
    hasScale,
    faults: faultsOf(digests.map((digest) => digest.faults[range])),
    evaluatedLengths: most('evaluatedLengths'),
    notAveragedLengths: most('notAveragedLengths'),
    notEvaluatedLengths: most('notEvaluatedLengths'),
    ...(notEvaluated !== undefined && { notEvaluated }),
  };
}

/** Of runs with a score; runs that diverged and have none count as zero where others have one. */
export function scoresOfRuns(seeds: readonly SeedSummary[], range: LengthRange): SeedScore[] {
  const measured = seeds.some((seed) => seed.scores[range] !== null);
  return seeds.flatMap((seed) => seed.scores[range] ?? (measured && seed.verdict === 'diverged' ? zeroScore : []));
}

const longestOf = (runs: readonly SeedScore[]): SeedScore['longest'] => ({
  length: Math.max(...runs.map(({ longest }) => longest.length)),
  exact: lowerMedian(runs.map(({ longest }) => longest.exact)),
});

function decisiveOf(runs: readonly SeedScore[]): SeedScore['decisive'] {
  const { low, high } = medianInterval(runs.map(({ decisive }) => decisive));
  return { exact: lowerMedian(runs.map(({ decisive }) => decisive.exact)), low, high };
}

/** Medians and best seeds as claims are compared with them. */
function measuredOverSeeds(seeds: readonly SeedSummary[], ranges: CellSummary['ranges']) {
  const ends = (score: MeanScore | null) => score && { exact: score.exact, ...score.intervals.exact };
  return {
    median: byRange((range) => ends(ranges[range].score)),
    maximum: byRange((range) => ends(bestScore(scoresOfRuns(seeds, range)))),
  };
}

/** The longest range that was evaluated, or null. */
export const furthestRange = (summary: CellSummary): LengthRange | null =>
  [...lengthRanges].reverse().find((range) => summary.ranges[range].score !== null) ?? null;
