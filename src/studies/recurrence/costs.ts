import type { Registry } from '../../../registry/registry';
import { columnOf, rowOf } from '../../core/cell';
import type { AnswerMode } from '../../core/contracts/architecture';
import type { Cell } from '../../core/contracts/record';
import type { Task } from '../../core/contracts/task';
import { createFormat, vocabularyOf } from '../../data/format';
import { nearestLength } from '../../data/lengths';
import { depthInWords, depthWith, recurrenceOf } from '../../model/recurrence';
import { rowTheory } from '../../model/row-properties';
import { sizeOf } from '../../model/sizes';
import type { CellFacts, Cost, RowFacts } from './facts';

/** Lengths at which costs are told whatever is trained. */
export const costLengths = [4, 8, 16, 32, 64] as const;

/** What answers of each row and column take, seeds aside: tokens, tokens written, sequential depth, operations. */
export function costsOf(registry: Registry, cells: readonly Cell[]): CellFacts[] {
  const distinct = new Map(trained(cells).map((cell) => [JSON.stringify([rowOf(cell), columnOf(cell)]), cell]));
  return [...distinct.values()].map((cell) => costOf(registry, cell));
}

/** How deep each row is, and whether it is recurrence-complete. */
export function depthsOf(
  registry: Registry,
  cells: readonly Cell[],
): Map<string, Required<Pick<RowFacts, 'depth' | 'recurrenceComplete'>>> {
  const distinct = new Map(trained(cells).map((cell) => [rowOf(cell), cell]));
  return new Map(
    [...distinct].map(([row, cell]) => {
      const { unit, hyperparameters } = rowOfCell(registry, cell);
      const theory = rowTheory(unit, hyperparameters);
      return [row, { depth: depthInWords(theory), recurrenceComplete: recurrenceOf(theory) }];
    }),
  );
}

const trained = (cells: readonly Cell[]) => cells.filter(({ specification }) => specification.mode !== 'baseline');

function rowOfCell(registry: Registry, { specification: { architecture } }: Cell) {
  const unit = registry.resolve('architecture', architecture.id);
  return { unit, hyperparameters: registry.hyperparameters(unit, architecture.hyperparameters, { place: unit.id }) };
}

function costOf(registry: Registry, cell: Cell): CellFacts {
  const { task: choice, protocol } = cell.specification;
  const mode = cell.specification.mode as AnswerMode;
  const { unit, hyperparameters } = rowOfCell(registry, cell);
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
