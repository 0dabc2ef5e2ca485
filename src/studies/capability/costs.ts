import type { Registry } from '../../../registry/registry';
import { columnOf, rowOf } from '../../core/cell';
import type { AnswerMode } from '../../core/contracts/architecture';
import type { Manifest, ManifestCost } from '../../core/contracts/manifest';
import type { Cell } from '../../core/contracts/record';
import type { Task } from '../../core/contracts/task';
import { createFormat, type SequenceFormat } from '../../data/format';
import { trainedLengths } from '../../data/lengths';
import { sizeOf, type Quantity } from '../../model/sizes';

/**
 * What every trained row takes on every column, at the longest trained length: state and operations at the most tokens that a
 * sequence of it can have, and the most tokens that a row writes for its answer. Equal models on columns of equal vocabularies
 * and lengths are looked at once. A row whose program cannot be traced is left out: its cells tell when they are trained.
 */
export function costs(registry: Registry, { cells }: Pick<Manifest, 'cells'>): ManifestCost[] {
  const pairs = new Map(cells.filter(isTrained).map((cell) => [`${rowOf(cell)}\n${columnOf(cell)}`, cell]));
  const tasks = new Map<string, Task>();
  const taskOf = ({ specification: { task } }: Cell): Task => {
    const key = JSON.stringify(task);
    const known = tasks.get(key) ?? registry.createTask(task.id, task.hyperparameters);
    tasks.set(key, known);
    return known;
  };
  return [...pairs.values()].flatMap((cell) => {
    try {
      return costOf(registry, cell, taskOf(cell));
    } catch {
      return [];
    }
  });
}

const isTrained = ({ specification }: Cell): boolean => specification.mode !== 'baseline';

function costOf(registry: Registry, cell: Cell, task: Task): ManifestCost {
  const { architecture, mode, protocol } = cell.specification;
  const unit = registry.resolve('architecture', architecture.id);
  const hyperparameters = registry.hyperparameters(unit, architecture.hyperparameters, { place: unit.id });
  const format = createFormat(task, mode as AnswerMode, protocol);
  const length = Math.max(0, ...trainedLengths(format, protocol).lengths);
  const setting = { vocabularySize: format.vocabulary.size, time: format.maximumTokens(length) };
  const size = (quantity: Quantity) => sizeOf(quantity, unit, hyperparameters, setting);
  return {
    architecture: rowOf(cell),
    task: columnOf(cell),
    parameters: size('parameters')!,
    state: size('state')!,
    flops: rounded(size('flops')),
    tokensPerAnswer: writtenTokens(format, length),
  };
}

/** A mean over the tokens of a sequence, where there is no step, is no whole number. */
const rounded = (flops: number | undefined): number | null => (flops === undefined ? null : Math.round(flops));

/** Token by token, end included; direct rows answer all at once. */
const writtenTokens = (format: SequenceFormat, length: number): number =>
  format.mode === 'direct' ? 0 : format.maximumScored(length);
