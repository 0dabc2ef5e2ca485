import { setImmediate } from 'node:timers/promises';
import { type LengthRange, lengthRanges } from '../core/contracts/reference';
import type { LengthResult, RangeResult, Score } from '../core/contracts/record';
import type { Protocol } from '../core/protocol';
import type { Task } from '../core/contracts/task';
import { createRng } from '../core/random';
import type { Answer } from '../data/format';
import { drawInput, evaluatedLengths } from '../data/lengths';
import { mean, meanScore, scoreSequence } from '../data/score';
import type { Predictor } from './predictor';

/** The test inputs of a task at a length: the same for every architecture and seed. */
export function testInputs(task: Task, taskId: string, length: number, count: number): number[][] {
  const rng = createRng('test').split(taskId).split(length);
  return Array.from({ length: count }, () => drawInput(task, rng, length));
}

interface AnswerScore extends Score {
  /** Whether the trace is right; null where there is none. */
  readonly trace: boolean | null;
}

/** Scores the scored positions of one answer, and its trace apart from them. */
export function scoreAnswer(task: Task, input: readonly number[], given: Answer): AnswerScore {
  const right = task.solve(input);
  return {
    ...scoreSequence(right.slice(0, task.scored?.(input) ?? right.length), given.answer),
    trace: given.trace === undefined ? null : traceIsRight(task, input, given.trace),
  };
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

/** Measures every length of the protocol. */
export async function evaluate(
  task: Task,
  taskId: string,
  protocol: Protocol,
  hooks: EvaluationHooks,
): Promise<LengthResult[]> {
  const { tokenBudget, sequencesPerLength } = protocol.evaluation;
  const lengths = evaluatedLengths(protocol);
  const results: LengthResult[] = [];
  for (const { length, range } of lengths) {
    const tokens = hooks.tokensAt(length);
    if (tokens > tokenBudget) {
      const notEvaluated = `up to ${tokens} tokens, more than the budget of ${tokenBudget}`;
      results.push({ length, range, sequences: 0, score: null, notEvaluated });
    } else {
      const inputs = testInputs(task, taskId, length, sequencesPerLength);
      const answers = await hooks.predictorFor(length).predict(inputs);
      const scores = inputs.map((input, i) => scoreAnswer(task, input, answers[i]!));
      const traces = scores.flatMap(({ trace }) => (trace === null ? [] : [trace ? 1 : 0]));
      const traceExact = traces.length > 0 ? { traceExact: mean(traces) } : {};
      results.push({ length, range, sequences: inputs.length, score: meanScore(scores), ...traceExact });
    }
    hooks.onLength(results.length, lengths.length);
    // As in training: timers and messages come in between lengths.
    await setImmediate();
  }
  return results;
}

/** Means over the evaluated lengths of each range: every length counts the same. */
export function summarise(lengths: readonly LengthResult[]): Record<LengthRange, RangeResult> {
  const summary = (range: LengthRange): RangeResult => {
    const inRange = lengths.filter((result) => result.range === range);
    const scores = inRange.flatMap(({ score }) => (score ? [score] : []));
    return {
      score: scores.length > 0 ? meanScore(scores) : null,
      evaluatedLengths: scores.length,
      notAveragedLengths: 0,
      notEvaluatedLengths: inRange.length - scores.length,
    };
  };
  return Object.fromEntries(lengthRanges.map((range) => [range, summary(range)])) as Record<LengthRange, RangeResult>;
}
