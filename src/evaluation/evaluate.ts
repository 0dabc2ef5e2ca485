import { setImmediate } from 'node:timers/promises';
import { type LengthRange, lengthRanges } from '../core/contracts/reference';
import type { LengthResult, RangeResult } from '../core/contracts/record';
import type { Protocol } from '../core/protocol';
import { createRng } from '../core/random';
import { evaluatedLengths } from '../data/lengths';
import { meanScore } from '../data/score';
import type { Split } from '../data/split';
import { MeasuredLength } from './measured-length';
import type { Predictor } from './predictor';
import { testInputs } from './test-set';

export interface EvaluationHooks {
  /** Tokens a sequence of this length can need; more than the budget is not evaluated. */
  tokensAt(length: number): number;
  /** Hears the test inputs of every length before the first is measured. */
  prepare?(tests: readonly (readonly (readonly number[])[])[]): Promise<void>;
  /** Answers inputs of this length. */
  predictorFor(length: number): Predictor;
  /** Exact match that a verdict asks of a range; only asked where evaluation is sequential. */
  thresholdOf(range: LengthRange): number;
  onLength(done: number, of: number): void;
}

/** Why a length is not averaged. */
const remembered = 'training can draw every input of this length';

/** What was measured at each length, and why a range has none. */
export interface Evaluation {
  readonly lengths: LengthResult[];
  readonly ranges: Record<LengthRange, RangeResult>;
}

/**
 * Measures every length of the protocol that the task has: every sequence of it or, where evaluation is sequential, as many as it
 * takes until the verdict is certain.
 */
export async function evaluate(
  split: Split,
  taskId: string,
  protocol: Protocol,
  hooks: EvaluationHooks,
): Promise<Evaluation> {
  const asked = evaluatedLengths(split.task, protocol);
  const count = lengthRanges.reduce((sum, range) => sum + asked[range].lengths.length, 0);
  const error = (protocol.evaluation.sequential?.error ?? 0) / count;
  const lengths: LengthResult[] = [];
  await hooks.prepare?.(
    lengthRanges
      .flatMap((range) => asked[range].lengths)
      .filter((length) => hooks.tokensAt(length) <= protocol.evaluation.tokenBudget)
      .map((length) => testInputs(split, taskId, length, protocol.evaluation.sequencesPerLength)),
  );
  for (const range of lengthRanges) {
    const sets: TestSet[] = [];
    for (const length of asked[range].lengths) {
      sets.push(await measure(testSetOf(split, taskId, { length, range }, protocol, hooks), range, hooks, error));
      hooks.onLength(lengths.length + sets.length, count);
      // As in training: timers and messages come in between lengths.
      await setImmediate();
    }
    if (isOpen(sets)) for (const { measured } of averagedOf(sets)) await measured!.finish();
    lengths.push(...sets.map(resultOf));
  }
  const none = (range: LengthRange) => asked[range].none;
  return { lengths, ranges: summarise(lengths, none) };
}

/** The test set of a length, and what is known of it. */
interface TestSet {
  readonly place: Pick<LengthResult, 'length' | 'range'>;
  /** Absent where the length is not evaluated. */
  readonly measured?: MeasuredLength;
  readonly why: Pick<LengthResult, 'notEvaluated' | 'notAveraged'>;
  /** Whether it reaches what a verdict asks, where not all of it was answered to know that. */
  readonly reaches?: boolean;
}

function testSetOf(
  split: Split,
  taskId: string,
  place: Pick<LengthResult, 'length' | 'range'>,
  { evaluation }: Protocol,
  { tokensAt, predictorFor }: EvaluationHooks,
): TestSet {
  const { length } = place;
  const tokens = tokensAt(length);
  if (tokens > evaluation.tokenBudget) {
    const notEvaluated = `up to ${tokens} tokens, more than the budget of ${evaluation.tokenBudget}`;
    return { place, why: { notEvaluated } };
  }
  const inputs = testInputs(split, taskId, length, evaluation.sequencesPerLength);
  const rng = createRng('order of test').split(taskId).split(length);
  const ordered = evaluation.sequential ? rng.shuffle(inputs) : inputs;
  return {
    place,
    why: split.keepsApart(length) ? {} : { notAveraged: remembered },
    measured: new MeasuredLength(split.task, ordered, predictorFor(length)),
  };
}

const resultOf = ({ place, measured, why }: TestSet): LengthResult => ({
  ...place,
  ...(measured?.result ?? { sequences: 0, score: null }),
  ...why,
});

/** `error` is that of the length; 0: all of it is answered. */
async function measure(
  set: TestSet,
  range: LengthRange,
  { thresholdOf }: EvaluationHooks,
  error: number,
): Promise<TestSet> {
  if (error > 0 && set.measured) return { ...set, reaches: await set.measured.decide(thresholdOf(range), error) };
  await set.measured?.finish();
  return set;
}

/** Those whose mean is the score of their range. */
function averagedOf(sets: readonly TestSet[]): TestSet[] {
  const evaluated = sets.filter(({ measured }) => measured);
  const averaged = evaluated.filter(({ why }) => why.notAveraged === undefined);
  return averaged.length > 0 ? averaged : evaluated;
}

/**
 * A verdict asks for the longest length and the mean over lengths: where every length reaches the threshold, or the longest does
 * not, both are known. Else the mean decides, and that takes all sequences.
 */
function isOpen(sets: readonly TestSet[]): boolean {
  const averaged = averagedOf(sets);
  return averaged.at(-1)?.reaches === true && averaged.some(({ reaches }) => reaches === false);
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
