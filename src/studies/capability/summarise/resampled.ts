import { lengthRanges } from '../../../core/contracts/reference';
import { createRng } from '../../../core/random';
import { Draws, replicates } from '../../statistics/bootstrap';
import { z95, type Interval } from '../../statistics/wilson';
import { scoresOfRuns, type CellSummary } from './cell-summary';

/** A range that counts for `capability`, with what a replicate needs of it. */
interface CountedRange {
  /** Of each run, exact match. */
  readonly scores: readonly number[];
  /** Standard deviation of each run for the choice of its test sequences. */
  readonly deviations: readonly number[];
  readonly floor: number;
  /** A run above it is above guessing by more than noise. */
  readonly threshold: number;
}

/**
 * Capabilities that the cell could have had with other seeds and other test sequences (hierarchical bootstrap): runs are
 * drawn with replacement, and each gets the scores that as many test sequences with its share of right answers give, by the
 * normal approximation of their mean over lengths. What guesses is held fixed: it is the same for all rows of a column.
 * Of a single run nothing is known about other seeds. Null where `capability` is.
 */
export function resampledCapability(cell: {
  readonly name: string;
  readonly summary: CellSummary;
}): Float64Array | null {
  const counted = countedRanges(cell.summary);
  if (counted.length === 0) return null;
  const found = new Float64Array(replicates);
  const parts = counted.filter(({ scores }) => scores.length > 0);
  if (parts.length === 0) return found;
  const runs = parts[0]!.scores.length;
  const draws = new Draws(createRng('capability').split(cell.name));
  const chosen = new Int32Array(runs);
  const drawn = new Float64Array(runs);
  for (let at = 0; at < replicates; at++) {
    for (let run = 0; run < runs; run++) chosen[run] = runs === 1 ? 0 : draws.below(runs);
    let sum = 0;
    for (const { scores, deviations, floor, threshold } of parts) {
      for (let run = 0; run < runs; run++) {
        const of = chosen[run]!;
        drawn[run] = scores[of]! + deviations[of]! * draws.normal();
      }
      const exact = Math.min(1, lowerMedianOf(drawn));
      // scaled = (accuracy - baseline) / (1 - baseline)
      if (exact > threshold) sum += (exact - floor) / (1 - floor);
    }
    found[at] = sum / counted.length;
  }
  return found;
}

function countedRanges(summary: CellSummary): CountedRange[] {
  return lengthRanges.flatMap((range): CountedRange[] => {
    const { hasScale, baseline, score } = summary.ranges[range];
    if (!hasScale) return [];
    const runs = score && baseline ? scoresOfRuns(summary.seeds, range) : [];
    const floor = baseline?.exact ?? 0;
    const sequences = Math.min(...runs.map(({ noise }) => noise.sequences || Infinity));
    return [
      {
        scores: runs.map(({ exact }) => exact),
        deviations: runs.map(({ noise }) => Math.sqrt(noise.variance)),
        floor,
        threshold: baseline ? lowestAbove(baseline.intervals.exact, sequences) : 1,
      },
    ];
  });
}

/**
 * The score whose Wilson interval begins where that of guessing ends. The lower end of Wilson's interval for a share p is
 * the share q of which p lies z standard deviations above: p = q + z sqrt(q (1 - q) / n).
 */
const lowestAbove = ({ high }: Interval, sequences: number): number =>
  high + z95 * Math.sqrt((high * (1 - high)) / sequences);

/** Sorts in place; of an even number the lower of the two in the middle. */
function lowerMedianOf(values: Float64Array): number {
  for (let at = 1; at < values.length; at++) {
    const value = values[at]!;
    let before = at - 1;
    for (; before >= 0 && values[before]! > value; before--) values[before + 1] = values[before]!;
    values[before + 1] = value;
  }
  return values[(values.length - 1) >> 1]!;
}
