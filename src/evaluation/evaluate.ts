import { setImmediate } from 'node:timers/promises';
import { type LengthRange, lengthRanges } from '../core/contracts/reference';
import type { Faults, LengthResult, RangeResult, Score } from '../core/contracts/record';
import type { Protocol } from '../core/protocol';
import { scoredAnswer } from '../core/scored-answer';
import type { Task } from '../core/contracts/task';
import type { Answer } from '../data/format';
import { evaluatedLengths } from '../data/lengths';
import { mean, meanScore, scoreSequence } from '../data/score';
import type { Split } from '../data/split';
import type { Predictor } from './predictor';
import { testInputs } from './test-set';

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

export interface EvaluationHooks {
  /** Tokens a sequence of this length can need; more than the budget is not evaluated. */
  tokensAt(length: number): number;
  /** Answers inputs of this length. */
  predictorFor(length: number): Predictor;
  onLength(done: number, of: number): void;
}

/** Why a length is not averaged. */
const remembered = 'training can draw every input of this length';

/** What was measured at each length, and why a range has none. */
export interface Evaluation {
  readonly lengths: LengthResult[];
  readonly ranges: Record<LengthRange, RangeResult>;
}

/** Measures every length of the protocol that the task has. */
export async function evaluate(
  split: Split,
  taskId: string,
  protocol: Protocol,
  hooks: EvaluationHooks,
): Promise<Evaluation> {
  const { tokenBudget, sequencesPerLength } = protocol.evaluation;
  const asked = evaluatedLengths(split.task, protocol);
  const all = lengthRanges.flatMap((range) => asked[range].lengths.map((length) => ({ length, range })));
  const lengths: LengthResult[] = [];
  for (const { length, range } of all) {
    const tokens = hooks.tokensAt(length);
    if (tokens > tokenBudget) {
      const notEvaluated = `up to ${tokens} tokens, more than the budget of ${tokenBudget}`;
      lengths.push({ length, range, sequences: 0, score: null, notEvaluated });
    } else {
      const inputs = testInputs(split, taskId, length, sequencesPerLength);
      const answers = await hooks.predictorFor(length).predict(inputs);
      const scores = inputs.map((input, i) => scoreAnswer(split.task, input, answers[i]!));
      const notAveraged = split.keepsApart(length) ? {} : { notAveraged: remembered };
      lengths.push({ length, range, sequences: inputs.length, ...summaryOf(scores), ...notAveraged });
    }
    hooks.onLength(lengths.length, all.length);
    // As in training: timers and messages come in between lengths.
    await setImmediate();
  }
  const none = (range: LengthRange) => asked[range].none;
  return { lengths, ranges: summarise(lengths, none) };
}

function summaryOf(scores: readonly AnswerScore[]): Pick<LengthResult, 'score' | 'faults' | 'traceExact'> {
  const share = (kind: keyof Faults) => scores.filter(({ fault }) => fault === kind).length / scores.length;
  const traces = scores.flatMap(({ trace }) => (trace === null ? [] : [trace ? 1 : 0]));
  return {
    score: meanScore(scores),
    faults: { unfinished: share('unfinished'), malformed: share('malformed'), wrong: share('wrong') },
    ...(traces.length > 0 && { traceExact: mean(traces) }),
  };
}

/**
 * Means over the lengths of each range, every length counting the same: those whose inputs are new or, where training can
 * draw the inputs of all of them, all. `none` tells why a range has no lengths.
 */
export function summarise(
  lengths: readonly LengthResult[],
  none: (range: LengthRange) => string | undefined = () => undefined,
): Record<LengthRange, RangeResult> {
  const summary = (range: LengthRange): RangeResult => {
    const all = lengths.filter((result) => result.range === range);
    const evaluated = all.filter(({ score }) => score !== null);
    const averaged = evaluated.filter(({ notAveraged }) => notAveraged === undefined);
    const scores = (averaged.length > 0 ? averaged : evaluated).map(({ score }) => score!);
    const notEvaluated = none(range);
    return {
      score: scores.length > 0 ? meanScore(scores) : null,
      ...(notEvaluated !== undefined && { notEvaluated }),
      evaluatedLengths: evaluated.length,
      notAveragedLengths: evaluated.length - averaged.length,
      notEvaluatedLengths: all.length - evaluated.length,
    };
  };
  return { inRange: summary('inRange'), near: summary('near'), far: summary('far') };
}
