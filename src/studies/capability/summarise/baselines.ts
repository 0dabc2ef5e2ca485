import type { CellRecord } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { printable } from '../../../report/printable';
import { digestOf, type LengthFrame } from './record-digest';
import { bestScore, lowestScore, meanOver, medianScore, type MeanScore } from './mean-score';

/** What one row that is not trained scores on a column. */
export interface BaselineScores {
  readonly id: string;
  readonly ranges: Readonly<Record<LengthRange, MeanScore | null>>;
}

/** Lengths of each range that the score of a cell is a mean over. */
export type LengthsByRange = Readonly<Record<LengthRange, ReadonlySet<number>>>;

/** Lengths that enter the score of any of the records. */
export function averagedLengths(records: readonly CellRecord[]): LengthsByRange {
  const frames = [...new Set(records.map((record) => digestOf(record).frame))];
  const [only] = frames;
  const known = frames.length === 1 ? averaged.get(only!) : undefined;
  if (known) return known;
  const of = (range: LengthRange) => new Set(frames.flatMap(({ inMean }) => inMean[range]));
  const lengths = { inRange: of('inRange'), near: of('near'), far: of('far') };
  if (frames.length === 1) averaged.set(only!, lengths);
  return lengths;
}

/** Those of records of one frame: the cells of a column mostly have the same. */
const averaged = new WeakMap<LengthFrame, LengthsByRange>();

/** What each baseline of a column scores over the lengths that a cell is measured by; over its own without any. */
export type BaselinesOver = (lengths?: LengthsByRange) => readonly BaselineScores[];

/**
 * Median over seeds of each baseline, over the lengths that the compared cell was evaluated on: guessing is easier at
 * short lengths, so a cell that skips the long ones must be compared with guessing at the short ones. Most cells of a
 * column have the same lengths, so their answer is kept.
 */
export function baselinesOver(records: readonly CellRecord[]): BaselinesOver {
  const known = new Map<string, readonly BaselineScores[]>();
  const byId = new Map<string, CellRecord[]>();
  for (const record of records) {
    const id = printable(record.specification.architecture.id);
    byId.set(id, [...(byId.get(id) ?? []), record]);
  }
  const alike = new WeakMap<LengthsByRange, readonly BaselineScores[]>();
  return (lengths = averagedLengths(records)) => {
    const same = alike.get(lengths);
    if (same) return same;
    const key = lengthRanges.map((range) => [...lengths[range]].join()).join(';');
    const scores = known.get(key) ?? [...byId].map(([id, own]) => ({ id, ranges: rangesOver(own, lengths) }));
    known.set(key, scores);
    alike.set(lengths, scores);
    return scores;
  };
}

const none: readonly BaselineScores[] = [];
export const noBaselines: BaselinesOver = () => none;

function rangesOver(records: readonly CellRecord[], lengths: LengthsByRange): BaselineScores['ranges'] {
  const over = (range: LengthRange) =>
    medianScore(records.flatMap((record) => scoreOver(record, range, lengths[range]) ?? []));
  return { inRange: over('inRange'), near: over('near'), far: over('far') };
}

/** Mean over the given lengths of a range, as far as the record has them. */
function scoreOver(record: CellRecord, range: LengthRange, lengths: ReadonlySet<number>): MeanScore | null {
  const { frame, scores } = digestOf(record);
  const own = frame.inMean[range];
  // Most cells have the lengths of their baselines: what is known of those needs no look at each.
  if (own.length === lengths.size && own.every((length) => lengths.has(length))) return scores[range];
  return meanOver(record.lengths.filter((result) => result.range === range && lengths.has(result.length)));
}

type ByRange = Record<LengthRange, MeanScore | null>;

/** Computed once for the same scores: the cells of a column ask alike. */
function kept(compute: (scores: readonly BaselineScores[]) => ByRange) {
  const known = new WeakMap<readonly BaselineScores[], ByRange>();
  return (scores: readonly BaselineScores[]): ByRange => {
    const found = known.get(scores) ?? compute(scores);
    known.set(scores, found);
    return found;
  };
}

/** The best any baseline reaches in each range, exact and token separately; null where none was measured. */
export const bestBaseline = kept((baselines) => reduced(baselines, bestScore));

/** The least that rows which use the solver reach: nothing that is trained can be expected to do better. */
export const ceilingOf = kept((knowing) => reduced(knowing, lowestScore));

function reduced(
  baselines: readonly BaselineScores[],
  reduce: (scores: readonly MeanScore[]) => MeanScore | null,
): ByRange {
  const of = (range: LengthRange) => reduce(baselines.flatMap(({ ranges }) => ranges[range] ?? []));
  return { inRange: of('inRange'), near: of('near'), far: of('far') };
}
