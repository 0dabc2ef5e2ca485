import type { Task } from './contracts/task';

/** The scored symbols of the right answer. */
export function scoredAnswer(task: Pick<Task, 'solve' | 'scored'>, input: readonly number[]): number[] {
  const answer = task.solve(input);
  return answer.slice(0, task.scored?.(input) ?? answer.length);
}
