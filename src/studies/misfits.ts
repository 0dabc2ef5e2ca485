import type { AnswerMode } from '../core/contracts/architecture';
import type { Cell, Manifest } from '../core/contracts/record';
import { rowOf } from '../core/cell';
import type { Registry } from '../../registry/registry';
import { type Quantity, sizeOf, usualSetting } from '../model/sizes';
import { Vocabulary } from '../data/vocabulary';
import type { Budget } from './match';

/** A row that takes noticeably less or more than a budget: its width comes in steps, such as multiples of its heads. */
export interface Misfit {
  readonly row: string;
  /** Of the cell that is farthest from the budget. */
  readonly amount: number;
}

/** Farther than this share of the budget is worth saying. */
const noticeable = 0.1;

/** Rows of a matched experiment that are not as large as they should be. */
export function misfits(registry: Registry, { cells }: Manifest, { quantity, amount: budget }: Budget): Misfit[] {
  const distance = (amount: number) => Math.abs(amount - budget);
  const farthest = new Map<string, number>();
  for (const cell of cells.filter(({ specification }) => specification.mode !== 'baseline')) {
    const row = rowOf(cell);
    const amount = sizeOfCell(registry, cell, quantity);
    if (distance(amount) > distance(farthest.get(row) ?? budget)) farthest.set(row, amount);
  }
  return [...farthest]
    .map(([row, amount]) => ({ row, amount }))
    .filter(({ amount }) => distance(amount) > noticeable * budget);
}

/** What the model of a cell takes. */
function sizeOfCell(
  registry: Registry,
  { specification: { architecture, task, mode } }: Cell,
  quantity: Quantity,
): number {
  const unit = registry.resolve('architecture', architecture.id);
  const { alphabets } = registry.createTask(task.id, task.hyperparameters);
  const { size: vocabularySize } = new Vocabulary(alphabets, mode as AnswerMode);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: unit.id });
  return sizeOf(quantity, unit, hyperparameters, { ...usualSetting, vocabularySize })!; // it was matched
}
