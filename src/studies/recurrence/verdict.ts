import type { AnswerMode } from '../../core/contracts/architecture';

/** What the three modes come to together, in the order in which columns are told. */
export const verdicts = [
  'trace pays',
  'trace helps',
  'filler suffices',
  'direct suffices',
  'none learns',
  'not measured',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Exact-match accuracy in range from which on a mode has learnt the column, and below which it has not come near it. */
export const learnt = 0.95;
export const notNear = 0.7;

/** Exact-match accuracy in range of each mode; null where it was not measured. */
export type Scores = Readonly<Record<AnswerMode, number | null>>;

/**
 * A trace pays where the row learns with it, and comes nowhere near without it, filler or none; it helps where the row learns
 * with it alone, and comes near without.
 */
export function verdictOf({ direct, filler, 'chain-of-thought': thought }: Scores): Verdict {
  if (direct === null || filler === null || thought === null) return 'not measured';
  if (direct >= learnt) return 'direct suffices';
  if (filler >= learnt) return 'filler suffices';
  if (thought < learnt) return 'none learns';
  return Math.max(direct, filler) < notNear ? 'trace pays' : 'trace helps';
}
