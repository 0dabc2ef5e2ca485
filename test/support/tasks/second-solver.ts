import type { Task } from '../../../src/core/contracts/task';
import { createRng } from '../../../src/core/random';

/** Lengths at which every task is solved a second time. */
export const comparedLengths = [...Array.from({ length: 64 }, (_, i) => i + 1), 100, 127, 128, 129, 255, 256, 257, 500];

/** Scored part of an answer. */
export const scoredAnswer = (task: Task, input: readonly number[]): number[] => {
  const answer = task.solve(input);
  return answer.slice(0, task.scored?.(input) ?? answer.length);
};

/** Inputs of a task at one asked-for length. */
export function sampleInputs(task: Task, length: number, count: number, seed = 'inputs'): number[][] {
  const rng = createRng(`${seed}/${length}`);
  return Array.from({ length: count }, () => task.sample(rng, task.inputLength?.(length) ?? length));
}

/**
 * Compares the whole scored answer with that of an independent algorithm on thousands of inputs: `perLength` at each
 * length up to 64, a quarter as many beyond.
 */
export function expectSameAnswers(
  task: Task,
  solveAgain: (input: readonly number[]) => readonly number[],
  { perLength = 40, lengths = comparedLengths }: { perLength?: number; lengths?: readonly number[] } = {},
): void {
  for (const length of lengths)
    for (const input of sampleInputs(task, length, length > 64 ? Math.ceil(perLength / 4) : perLength)) {
      const answer = scoredAnswer(task, input).join(' ');
      const again = solveAgain(input).join(' ');
      if (answer !== again)
        throw new Error(`input [${input.join(' ')}]: ${answer}, but the second solver says ${again}`);
    }
}
