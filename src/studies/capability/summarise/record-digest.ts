import type { CellRecord, LengthResult, RangeResult } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { addedFaults, type FaultSums } from './faults';
import { lengthsInMean } from './mean-score';
import { byRange, scoresOfRecord, type SeedScores } from './seed-summary';
import type { Span } from './training';

/** What of its lengths very many records have in common. */
export interface LengthFrame {
  /** Lengths whose mean is the score of a range. */
  readonly inMean: Readonly<Record<LengthRange, readonly number[]>>;
  /** Shortest and longest evaluated length; null where none was. */
  readonly spans: Readonly<Record<LengthRange, Span | null>>;
  /** How many there are of each range, and why there are none. */
  readonly counts: Readonly<Record<LengthRange, Omit<RangeResult, 'score'>>>;
  /** Lengths that the memory of the row is too small for. */
  readonly exceeding: readonly Required<Pick<LengthResult, 'length' | 'range' | 'exceedsMemory'>>[];
}

/** What most views need of a record's lengths, without the lengths. */
export interface RecordDigest {
  readonly frame: LengthFrame;
  readonly scores: SeedScores;
  /** Over the lengths of the mean; null where no record tells. */
  readonly faults: Readonly<Record<LengthRange, FaultSums | null>>;
}

const known = new WeakMap<CellRecord, RecordDigest>();

/** Computed once for a record, or remembered by whoever reads it. */
export function digestOf(record: CellRecord): RecordDigest {
  const remembered = known.get(record);
  if (remembered) return remembered;
  const { lengths } = record;
  const inMean = byRange((range) => lengthsInMean(lengths, range));
  const digest: RecordDigest = {
    frame: sharedFrame({
      inMean: byRange((range) => inMean[range].map(({ length }) => length)),
      spans: spansOf(lengths),
      counts: byRange((range) => countsOf(record.ranges[range])),
      exceeding: lengths.flatMap(({ length, range, exceedsMemory }) =>
        exceedsMemory === undefined ? [] : { length, range, exceedsMemory },
      ),
    }),
    scores: scoresOfRecord(record, inMean),
    faults: byRange((range) => addedFaults(inMean[range])),
  };
  known.set(record, digest);
  return digest;
}

const countsOf = ({ notEvaluated, evaluatedLengths, notAveragedLengths, notEvaluatedLengths }: RangeResult) => ({
  ...(notEvaluated !== undefined && { notEvaluated }),
  evaluatedLengths,
  notAveragedLengths,
  notEvaluatedLengths,
});

const frames = new Map<string, LengthFrame>();

/** Of equal ones the first: what is computed from one is kept for all. */
function sharedFrame(frame: LengthFrame): LengthFrame {
  const text = JSON.stringify(frame);
  const first = frames.get(text) ?? frame;
  frames.set(text, first);
  return first;
}

/** A digest that was made of the record before; equal frames are one. */
export function rememberDigest(record: CellRecord, digest: RecordDigest): void {
  known.set(record, digest);
}

/** From the shortest to the longest of several spans. */
export function joinedSpans(spans: readonly LengthFrame['spans'][]): LengthFrame['spans'] {
  const joined: Record<LengthRange, Span | null> = { inRange: null, near: null, far: null };
  for (const each of new Set(spans))
    for (const range of lengthRanges) {
      const [span, so] = [each[range], joined[range]];
      if (span) joined[range] = so ? [Math.min(so[0], span[0]), Math.max(so[1], span[1])] : span;
    }
  return joined;
}

function spansOf(lengths: readonly LengthResult[]): LengthFrame['spans'] {
  return byRange((of) => {
    const evaluated = lengths.flatMap(({ length, range, score }) => (range === of && score !== null ? length : []));
    return evaluated.length === 0 ? null : ([Math.min(...evaluated), Math.max(...evaluated)] as const);
  });
}
