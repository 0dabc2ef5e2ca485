import type { CellRecord, RecordOf } from '../../core/contracts/record';
import type { LengthRange } from '../../core/contracts/reference';
import type { ClaimCells } from '../../literature/claim-schema';
import { lengthsInMean, meanOver } from '../capability/summarise/mean-score';
import { byRange, scoresOfRecord, summariseSeed, zeroScore } from '../capability/summarise/seed-summary';
import { medianInterval } from '../statistics/median-interval';
import type { Interval } from '../statistics/wilson';

/** A number, and what noise leaves open of it. */
export interface Estimate extends Interval {
  readonly value: number;
  /** The number is more than this: a run had not learnt when it was ended. */
  readonly isExceeded?: true;
}

/** What one run gave. */
export type SeedEstimate = Estimate & { readonly seed: number };

/** What a cell gave: each of its runs, and all of them as one number. */
export interface Measured {
  readonly seeds: readonly SeedEstimate[];
  readonly reduced: Estimate;
}

type Asked = Pick<ClaimCells, 'reading' | 'longest' | 'overSeeds'>;

/** What records of one cell say; null where the range was evaluated in none of them. */
export function measured(
  records: readonly RecordOf[],
  range: LengthRange | undefined,
  { reading, longest = false, overSeeds }: Asked,
): Measured | null {
  const read = (record: CellRecord): Estimate | null =>
    reading === 'sequences' || !range ? sequences(record) : accuracy(record, range, reading, longest);
  const found = (records as readonly CellRecord[]).map((record) => ({ record, estimate: read(record) }));
  if (found.every(({ estimate }) => estimate === null)) return null;
  const seeds = found.flatMap(({ record, estimate }) => {
    const isDiverged = record.training?.outcome === 'diverged';
    const counted = estimate ?? (isDiverged ? nothing : null); // leaving it out would report the lucky ones only
    return counted ? [{ ...counted, seed: record.specification.seed }] : [];
  });
  return { seeds: seeds.toSorted((a, b) => a.seed - b.seed), reduced: reduced(seeds, overSeeds) };
}

const nothing: Estimate = { value: zeroScore.exact, low: 0, high: 0 };

function accuracy(
  record: CellRecord,
  range: LengthRange,
  reading: 'exact' | 'token',
  longest: boolean,
): Estimate | null {
  const inMean = byRange((each) => lengthsInMean(record.lengths, each));
  const last = inMean[range].toSorted((a, b) => a.length - b.length).slice(-1);
  const { scores } = summariseSeed(record, scoresOfRecord(record, inMean));
  const score = longest ? meanOver(last) : scores[range];
  return score && { value: score[reading], ...endsOf(score.intervals[reading]) };
}

/** Sequences drawn until training had learnt; of a run that had not, more than it was allowed. */
function sequences({ training, specification }: CellRecord): Estimate | null {
  if (!training) return null;
  const drawn = training.steps * specification.protocol.batchSize;
  if (training.outcome === 'stopped-early') return { value: drawn, low: drawn, high: drawn };
  return { value: drawn, low: drawn, high: Infinity, isExceeded: true };
}

function reduced(seeds: readonly Estimate[], overSeeds: Asked['overSeeds']): Estimate {
  const rank = ({ value, isExceeded }: Estimate) => (isExceeded ? Infinity : value);
  const sorted = seeds.toSorted((a, b) => (rank(a) === rank(b) ? a.value - b.value : rank(a) - rank(b)));
  if (overSeeds === 'maximum') return estimateOf(sorted.at(-1)!);
  if (overSeeds === 'minimum') return estimateOf(sorted[0]!);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return { ...estimateOf(middle), ...endsOf(medianInterval(seeds)) };
}

const estimateOf = ({ value, low, high, isExceeded }: Estimate): Estimate => ({
  value,
  low,
  high,
  ...(isExceeded && { isExceeded }),
});
const endsOf = ({ low, high }: Interval): Interval => ({ low, high });
