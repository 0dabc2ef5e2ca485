import type { CellRecord, LengthResult } from '../../../core/contracts/record';
import { lengthRanges } from '../../../core/contracts/reference';

/** What one run scores at one length. */
export interface SeedAtLength extends Pick<
  LengthResult,
  'sequences' | 'unmeasured' | 'score' | 'faults' | 'traceExact'
> {
  readonly seed: number;
}

/** One length of a cell, over its seeds. */
export interface LengthSummary extends Pick<
  LengthResult,
  'length' | 'range' | 'notEvaluated' | 'notAveraged' | 'exceedsMemory'
> {
  /** Whether it was evaluated and enters the score of its range (where no length does, that is the mean of all). */
  readonly isAveraged: boolean;
  readonly seeds: readonly SeedAtLength[];
}

/** Every length of the records, range by range, shortest first. */
export function lengthsOfCell(records: readonly CellRecord[]): LengthSummary[] {
  const bySeed = [...records].sort((a, b) => a.specification.seed - b.specification.seed);
  const results = bySeed.flatMap(({ lengths, specification: { seed } }) => lengths.map((result) => ({ result, seed })));
  return lengthRanges.flatMap((range) => {
    const own = results.filter(({ result }) => result.range === range);
    return [...new Set(own.map(({ result }) => result.length))]
      .sort((a, b) => a - b)
      .map((length) => summaryOf(own.filter(({ result }) => result.length === length)));
  });
}

function summaryOf(results: readonly { readonly result: LengthResult; readonly seed: number }[]): LengthSummary {
  const { length, range } = results[0]!.result;
  const reason = (of: 'notEvaluated' | 'notAveraged' | 'exceedsMemory') =>
    results.find(({ result }) => result[of])?.result[of];
  const [notEvaluated, notAveraged] = [reason('notEvaluated'), reason('notAveraged')];
  const exceedsMemory = reason('exceedsMemory');
  return {
    length,
    range,
    isAveraged: notAveraged === undefined && results.some(({ result }) => result.score !== null),
    ...(notEvaluated !== undefined && { notEvaluated }),
    ...(notAveraged !== undefined && { notAveraged }),
    ...(exceedsMemory !== undefined && { exceedsMemory }),
    seeds: results.map(({ seed, result: { sequences, unmeasured, score, faults, traceExact } }) => ({
      seed,
      sequences,
      ...(unmeasured !== undefined && { unmeasured }),
      score,
      ...(faults && { faults }),
      ...(traceExact !== undefined && { traceExact }),
    })),
  };
}
