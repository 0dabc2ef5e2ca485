import type { Registry } from '../../../registry/registry';
import { columnOf, rowOf } from '../../core/cell';
import type { AnswerMode } from '../../core/contracts/architecture';
import type { Cell } from '../../core/contracts/record';
import type { Task } from '../../core/contracts/task';
import { createFormat, vocabularyOf } from '../../data/format';
import { nearestLength } from '../../data/lengths';
import { depthWith } from '../../model/recurrence';
import { rowTheory } from '../../model/row-properties';
import { sizeOf } from '../../model/sizes';
import type { CellFacts, Cost } from './facts';

/** Lengths at which costs are told whatever is trained. */
export const costLengths = [4, 8, 16, 32, 64] as const;

/** What answers of each row and column take, seeds aside: tokens, tokens written, sequential depth, operations. */
export function costsOf(registry: Registry, cells: readonly Cell[]): CellFacts[] {
  const trained = cells.filter(({ specification }) => specification.mode !== 'baseline');
  const distinct = new Map(trained.map((cell) => [JSON.stringify([rowOf(cell), columnOf(cell)]), cell]));
  return [...distinct.values()].map((cell) => costOf(registry, cell));
}

function costOf(registry: Registry, cell: Cell): CellFacts {
  const { architecture, task: choice, protocol } = cell.specification;
  const mode = cell.specification.mode as AnswerMode;
  const unit = registry.resolve('architecture', architecture.id);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: unit.id });
  const task = registry.createTask(choice.id, choice.hyperparameters);
  const format = createFormat(task, mode, protocol);
  const theory = rowTheory(unit, hyperparameters);
  const at = (length: number): Cost => {
    const tokens = format.maximumTokens(length);
    const written = writtenTokens(task, mode, length);
    return { length, tokens, written, depth: depthWith(theory, tokens - written, written) };
  };
  const { size: vocabularySize } = vocabularyOf(task, mode, protocol);
  const operations = (time: number) => sizeOf('flops', unit, hyperparameters, { vocabularySize, time });
  const longest = at(nearestLength(task, protocol.trainingLengths.maximum));
  const { tokens } = longest;
  const [first, last] = [operations(1), operations(tokens)];
  const lengths = new Set(costLengths.map((length) => nearestLength(task, length)));
  return {
    row: rowOf(cell),
    column: columnOf(cell),
    costs: [...lengths].sort((a, b) => a - b).map(at),
    longest,
    // A token takes as many operations as there are tokens before it, and some that are the same for all.
    ...(first !== undefined && last !== undefined && { flops: (tokens * (first + last)) / 2 }),
  };
}

/** Trace, `<answer>`, answer and `<end>`, as far as the row chooses them one after the other. */
export function writtenTokens(task: Task, mode: AnswerMode, length: number): number {
  if (mode === 'direct') return 0;
  const thoughts = mode === 'chain-of-thought' ? task.traceLength!(length) + 1 : 0;
  return thoughts + task.answerLength(length) + 1;
}
