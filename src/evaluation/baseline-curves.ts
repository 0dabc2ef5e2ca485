import type { Baseline } from '../core/contracts/baseline';
import type { Score } from '../core/contracts/record';
import type { Task } from '../core/contracts/task';
import { createRng } from '../core/random';
import { drawInput } from '../data/lengths';
import { meanScore } from '../data/score';
import { scoreAnswer } from './evaluate';

export interface BaselineCurve {
  readonly id: string;
  readonly points: readonly (Score & { readonly length: number })[];
}

export interface CurveOptions {
  readonly lengths: readonly number[];
  /** Inputs of each length that a baseline looks at, and as many again that it answers. */
  readonly inputs: number;
  /** Name of the random stream; another name draws other inputs. */
  readonly stream?: string;
}

/** What rows without parameters score at each length of a task, measured with its sampler. */
export function baselineCurves(
  task: Task,
  baselines: readonly { readonly id: string; readonly baseline: Baseline }[],
  { lengths, inputs, stream: name = 'baseline curves' }: CurveOptions,
): BaselineCurve[] {
  const rng = createRng(name);
  const answered = solvingOnce(task);
  const samples = lengths.map((length) => {
    const stream = rng.split(length);
    return Array.from({ length: 2 * inputs }, () => drawInput(task, stream, length));
  });
  return baselines.map(({ id, baseline }) => ({
    id,
    points: lengths.map((length, at) => {
      const guess = baseline.fit(answered, samples[at]!.slice(0, inputs), rng.split(id).split(length), {
        lengths: [],
        canDraw: () => false,
      });
      const scores = samples[at]!.slice(inputs).map((input) => scoreAnswer(answered, input, { answer: guess(input) }));
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
    ...(task.scored && { scored: (input: readonly number[]) => task.scored!(input) }),
  };
}
