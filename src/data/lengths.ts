import type { LengthRange } from '../core/contracts/reference';
import type { Protocol } from '../core/protocol';
import type { Part, Task } from '../core/contracts/task';
import type { SequenceFormat } from './format';

/** The asked-for length, or the nearest that the task has: a language may have no words of some lengths. */
export const nearestLength = (task: Task, length: number): number => task.inputLength?.(length) ?? length;

/** The lengths of first..last that inputs of a part have; parts differ where inputs are a collection. */
export function lengthsWithin(task: Task, first: number, last: number, part: Part = 'test'): number[] {
  if (task.collection) return task.collection.lengths(part).filter((length) => length >= first && length <= last);
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  return all.filter((length) => nearestLength(task, length) === length);
}

/** Lengths that are trained on or validated with, and those left out because their sequences could exceed the token budget. */
export function trainedLengths(
  format: SequenceFormat,
  protocol: Protocol,
  part: Part = 'training',
): { lengths: number[]; excluded: number[] } {
  const { minimum, maximum } = protocol.trainingLengths;
  const all = lengthsWithin(format.task, minimum, maximum, part);
  const fits = (length: number) => format.maximumTokens(length) <= protocol.trainingTokenBudget;
  return { lengths: all.filter(fits), excluded: all.filter((length) => !fits(length)) };
}

/** Lengths padded to one number of tokens, so that one compiled graph serves all of them. */
export interface Bucket {
  readonly lengths: readonly number[];
  readonly tokens: number;
  /** No sequence has more scored positions. Default: all may be scored. */
  readonly scored?: number;
}

/** A bucket wastes at most this share of its tokens (plus a few) on padding. */
const wasteShare = 0.3;
const wasteTokens = 6;

/** Splits lengths into few buckets with little padding, longest first. */
export function buckets(format: SequenceFormat, lengths: readonly number[]): Bucket[] {
  const byTokens = [...lengths].sort((a, b) => format.maximumTokens(b) - format.maximumTokens(a));
  const result: Bucket[] = [];
  while (byTokens.length > 0) {
    const tokens = format.maximumTokens(byTokens[0]!);
    const least = tokens * (1 - wasteShare) - wasteTokens;
    const end = byTokens.findIndex((length) => format.maximumTokens(length) < least);
    const inside = byTokens.splice(0, end < 0 ? byTokens.length : end);
    result.push({
      lengths: inside,
      tokens,
      scored: Math.max(...inside.map((length) => format.maximumScored(length))),
    });
  }
  return result;
}

/** First and last length of each range: 1..N, N+1..2.5N, 2.5N+1..6.4N with the protocol's factors. */
export function rangeBounds(protocol: Protocol): Record<LengthRange, readonly [number, number]> {
  const { minimum, maximum } = protocol.trainingLengths;
  const near = Math.floor(maximum * protocol.evaluation.nearFactor);
  const far = Math.floor(maximum * protocol.evaluation.farFactor);
  return { inRange: [minimum, maximum], near: [maximum + 1, near], far: [near + 1, far] };
}

/** Lengths to evaluate, and why there are none where some are asked for. */
export interface RangeLengths {
  readonly lengths: readonly number[];
  readonly none?: string;
}

/**
 * The lengths of each range that are evaluated, ascending: lengths that the task has, evenly spread with the shortest and
 * the longest, or the nearest to those that the protocol names. A collection has few inputs of each length, so more lengths
 * are taken where it takes them to test as many inputs.
 */
export function evaluatedLengths(task: Task, protocol: Protocol): Record<LengthRange, RangeLengths> {
  const bounds = rangeBounds(protocol);
  const { lengths: asked, lengthsPerRange, sequencesPerLength } = protocol.evaluation;
  const available = (length: number) => Math.min(sequencesPerLength, task.collection!.inputs('test', length).length);
  /** So many of the lengths as it takes for as many inputs as other tasks are tested with. */
  const enough = (had: readonly number[]): number => {
    let count = Math.min(lengthsPerRange, had.length);
    const inputs = () => spread(had, count).reduce((sum, length) => sum + available(length), 0);
    while (count < had.length && inputs() < lengthsPerRange * sequencesPerLength) count++;
    return count;
  };
  const within = (range: LengthRange): RangeLengths => {
    const [first, last] = bounds[range];
    const wanted = asked?.filter((length) => length >= first && length <= last);
    if (wanted?.length === 0 || last < first) return { lengths: [] };
    const had = lengthsWithin(task, first, last);
    if (had.length === 0)
      return {
        lengths: [],
        none: `the task has no inputs of ${first} to ${last} symbols${task.collection ? ' to test' : ''}`,
      };
    if (!wanted) return { lengths: spread(had, task.collection ? enough(had) : lengthsPerRange) };
    const nearest = wanted.map((length) => nearestOf(had, length));
    return { lengths: [...new Set(nearest)].sort((a, b) => a - b) };
  };
  return { inRange: within('inRange'), near: within('near'), far: within('far') };
}

/** The one that is nearest to what is asked for; the shorter one of two that are equally near. */
export const nearestOf = (lengths: readonly number[], asked: number): number =>
  lengths.reduce((best, length) => (Math.abs(length - asked) < Math.abs(best - asked) ? length : best));

/** At most `count` of the values, evenly spread, with both ends; the last one where there is room for one only. */
export function spread(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values];
  if (count === 1) return [values.at(-1)!];
  return Array.from({ length: count }, (_, i) => values[Math.round((i * (values.length - 1)) / (count - 1))]!);
}
