import type { AnswerMode } from '../core/contracts/architecture';
import type { Manifest } from '../core/contracts/manifest';
import type { Cell } from '../core/contracts/record';
import { rowOf } from '../core/cell';
import type { Registry } from '../../registry/registry';
import { type Quantity, sizeOf, usualSetting } from '../model/sizes';
import { vocabularyOf } from '../data/format';
import type { Budget } from './match';

/** Farther than this share of a budget is worth a sentence of its own. */
const noticeable = 0.1;

/** What the rows of a matched experiment take: widths come in steps, such as multiples of heads. */
export function sizeNotes(registry: Registry, { cells }: Manifest, budget: Budget): string[] {
  const amounts = new Map<string, number[]>();
  for (const cell of cells.filter(({ specification }) => specification.mode !== 'baseline')) {
    const row = rowOf(cell);
    amounts.set(row, [...(amounts.get(row) ?? []), sizeOfCell(registry, cell, budget.quantity)]);
  }
  const asked = `${budget.quantity}=${budget.amount}`;
  const distance = (amount: number) => Math.abs(amount - budget.amount);
  const farthest = (sizes: readonly number[]) => sizes.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const misfits = [...amounts]
    .map(([row, sizes]) => ({ row, amount: farthest(sizes) }))
    .filter(({ amount }) => distance(amount) > noticeable * budget.amount);
  return [
    `Taken for ${asked}: ${[...amounts].map(([row, sizes]) => `${row} ${spanOf(sizes)}`).join(', ')}.`,
    ...misfits.map(({ row, amount }) => `${row} comes no nearer to ${asked} than ${amount}.`),
  ];
}

/** The vocabulary of a column has its part in a size. */
function spanOf(sizes: readonly number[]): string {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? String(least) : `${least}-${most}`;
}

/** What the model of a cell takes. */
function sizeOfCell(
  registry: Registry,
  { specification: { architecture, task: choice, mode, protocol } }: Cell,
  quantity: Quantity,
): number {
  const unit = registry.resolve('architecture', architecture.id);
  const task = registry.createTask(choice.id, choice.hyperparameters);
  const { size: vocabularySize } = vocabularyOf(task, mode as AnswerMode, protocol);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: unit.id });
  return sizeOf(quantity, unit, hyperparameters, { ...usualSetting, vocabularySize })!; // it was matched
}
