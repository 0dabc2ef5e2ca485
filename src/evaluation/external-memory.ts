import type { SequenceModel } from '../core/contracts/architecture';
import type { LengthResult, MemoryCells } from '../core/contracts/record';
import type { Task } from '../core/contracts/task';
import type { Protocol } from '../core/protocol';
import { evaluatedLengths } from '../data/lengths';

/** Cells that hold an input of this length: one for each of its tokens and one for its end. */
const cellsFor = (inputLength: number): number => inputLength + 1;

/** How many cells the external memory of a model has in training and at evaluation, if it has one. */
export function memoryCells(
  { externalMemory }: Pick<SequenceModel, 'externalMemory'>,
  task: Task,
  protocol: Protocol,
): MemoryCells | undefined {
  if (!externalMemory) return undefined;
  const { training, evaluation } = externalMemory.size;
  return { training, evaluation: evaluation ?? Math.max(training, cellsFor(longestEvaluated(task, protocol))) };
}

/** Length of the longest inputs that are evaluated; 0 where there are none. */
export const longestEvaluated = (task: Task, protocol: Protocol): number =>
  Math.max(0, ...Object.values(evaluatedLengths(task, protocol)).flatMap(({ lengths }) => lengths));

/** Why the whole input does not fit in; undefined where it does. */
export const whyTooLong = (cells: number, length: number): string | undefined =>
  cells < cellsFor(length)
    ? `an external memory of ${cells} cells, and an input of ${length} takes ${cellsFor(length)}`
    : undefined;

/** Says of every evaluated length that the memory has no room for it, where that is so. */
export const withMemoryLimits = (lengths: readonly LengthResult[], memory: MemoryCells | undefined): LengthResult[] =>
  lengths.map((result) => {
    const exceedsMemory = memory && whyTooLong(memory.evaluation, result.length);
    return result.score && exceedsMemory ? { ...result, exceedsMemory } : result;
  });
