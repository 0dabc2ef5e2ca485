import { type LengthRange, lengthRanges } from '../core/contracts/reference';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { Task } from '../core/contracts/task';
import type { SequenceFormat } from './format';

/** The asked-for length, or the nearest that the task has: a language may have no words of some lengths. */
export const drawnLength = (task: Task, length: number): number => task.inputLength?.(length) ?? length;

/** An input of `drawnLength`. */
export const drawInput = (task: Task, rng: Rng, length: number): number[] =>
  task.sample(rng, drawnLength(task, length));

/** Tokens a sequence needs when inputs of the asked-for length are drawn. */
export const tokensAt = (format: SequenceFormat, length: number): number =>
  format.maximumTokens(drawnLength(format.task, length));

/** Lengths that are trained on, and those left out because their sequences could exceed the token budget. */
export function trainedLengths(format: SequenceFormat, protocol: Protocol): { lengths: number[]; excluded: number[] } {
  const { minimum, maximum } = protocol.trainingLengths;
  const all = Array.from({ length: maximum - minimum + 1 }, (_, i) => minimum + i);
  const fits = (length: number) => tokensAt(format, length) <= protocol.trainingTokenBudget;
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
  const byTokens = [...lengths].sort((a, b) => tokensAt(format, b) - tokensAt(format, a));
  const result: Bucket[] = [];
  while (byTokens.length > 0) {
    const tokens = tokensAt(format, byTokens[0]!);
    const least = tokens * (1 - wasteShare) - wasteTokens;
    const end = byTokens.findIndex((length) => tokensAt(format, length) < least);
    const inside = byTokens.splice(0, end < 0 ? byTokens.length : end);
    result.push({
      lengths: inside,
      tokens,
      scored: Math.max(...inside.map((length) => format.maximumScored(drawnLength(format.task, length)))),
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

/** The lengths to evaluate, ascending, each with its range. */
export function evaluatedLengths(protocol: Protocol): { length: number; range: LengthRange }[] {
  const bounds = rangeBounds(protocol);
  const { lengths, lengthsPerRange } = protocol.evaluation;
  return lengthRanges.flatMap((range) => {
    const [first, last] = bounds[range];
    const chosen = lengths
      ? [...new Set(lengths)].filter((length) => length >= first && length <= last).sort((a, b) => a - b)
      : spread(first, last, lengthsPerRange);
    return chosen.map((length) => ({ length, range }));
  });
}

/** At most `count` integers of first..last, evenly spread, with both ends. */
export function spread(first: number, last: number, count: number): number[] {
  const available = Math.max(0, last - first + 1);
  if (available <= count) return Array.from({ length: available }, (_, i) => first + i);
  if (count === 1) return [last];
  return Array.from({ length: count }, (_, i) => first + Math.round((i * (last - first)) / (count - 1)));
}
