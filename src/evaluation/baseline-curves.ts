import type { Baseline } from '../core/contracts/baseline';
import type { Score } from '../core/contracts/record';
import type { Task } from '../core/contracts/task';
import { type Protocol, TrainingLengths } from '../core/protocol';
import { createRng } from '../core/random';
import { Split } from '../data/split';
import { meanScore } from '../data/score';
import { trainedOn } from './baseline-predictor';
import { scoreAnswer } from './score-answer';
import { testInputs } from './test-set';

export interface BaselineCurve {
  readonly id: string;
  readonly points: readonly (Score & { readonly length: number })[];
}

export interface CurveOptions {
  /** Lengths that the task has. */
  readonly lengths: readonly number[];
  /** Inputs of each length that a baseline looks at, and as many again that it answers. */
  readonly inputs: number;
  /** Name of the random stream; another name draws other inputs. */
  readonly stream?: string;
  /** Trained lengths, for what they can have shown; those of the default protocol where absent. */
  readonly trainingLengths?: Protocol['trainingLengths'];
}

/** What rows without parameters score at each length of a task, measured with its sampler. */
export function baselineCurves(
  task: Task,
  baselines: readonly { readonly id: string; readonly baseline: Baseline }[],
  { lengths, inputs, stream = 'baseline curves', trainingLengths = new TrainingLengths() }: CurveOptions,
): BaselineCurve[] {
  const rng = createRng(stream);
  const split = new Split(solvingOnce(task), trainingLengths.maximum);
  const trained = trainedOn(split, trainingLengths);
  const samplesOf = (length: number) => {
    const stream = rng.split('fit').split(length);
    return Array.from({ length: inputs }, () => split.draw('training', stream, length));
  };
  const drawn = lengths.map((length) => ({
    length,
    samples: samplesOf(length),
    tested: testInputs(split, stream, length, inputs),
  }));
  return baselines.map(({ id, baseline }) => ({
    id,
    points: drawn.map(({ length, samples, tested }) => {
      const guess = baseline.fit(split.task, { samples, rng: rng.split(id).split(length), trained });
      const scores = tested.map((input) => scoreAnswer(split.task, input, { answer: guess(input) }));
      return { length, ...meanScore(scores) };
    }),
  }));
}

/** The task with each input solved once, however many rows ask for its answer. */
function solvingOnce(task: Task): Task {
  const answers = new WeakMap<readonly number[], number[]>();
  const solve = (input: readonly number[]): number[] => {
    const answer = answers.get(input) ?? task.solve(input);
    answers.set(input, answer);
    return answer;
  };
  return {
    alphabets: task.alphabets,
    solve,
    sample: (stream, length) => task.sample(stream, length),
    answerLength: (length) => task.answerLength(length),
    ...(task.collection && { collection: task.collection }),
    ...(task.inputLength && { inputLength: (length: number) => task.inputLength!(length) }),
    ...(task.scored && { scored: (input: readonly number[]) => task.scored!(input) }),
  };
}
