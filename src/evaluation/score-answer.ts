import type { Faults, Score } from '../core/contracts/record';
import type { Task } from '../core/contracts/task';
import { scoredAnswer } from '../core/scored-answer';
import type { Answer } from '../data/format';
import { scoreSequence } from '../data/score';

export interface AnswerScore extends Score {
  /** Whether the trace is right; null where there is none. */
  readonly trace: boolean | null;
  /** What is wrong with an answer that is not exact. */
  readonly fault: keyof Faults | null;
}

/** Scores the scored positions of one answer, and its trace apart from them. */
export function scoreAnswer(task: Task, input: readonly number[], given: Answer): AnswerScore {
  const right = scoredAnswer(task, input);
  const score = scoreSequence(right, given.answer);
  return {
    ...score,
    trace: given.trace === undefined ? null : traceIsRight(task, input, given.trace),
    fault: score.exact === 1 ? null : faultOf(right, given),
  };
}

function faultOf(right: readonly number[], { answer, isUnfinished }: Answer): keyof Faults {
  if (isUnfinished) return 'unfinished';
  const scored = answer.slice(0, right.length);
  return scored.length < right.length || scored.includes(-1) ? 'malformed' : 'wrong';
}

function traceIsRight(task: Task, input: readonly number[], trace: readonly number[]): boolean {
  const right = task.trace!(input);
  return right.length === trace.length && right.every((id, i) => id === trace[i]);
}
