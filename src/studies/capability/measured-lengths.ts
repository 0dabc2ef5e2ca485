import type { Registry } from '../../../registry/registry';
import { columnOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import { lengthRanges, type LengthRange } from '../../core/contracts/reference';
import { evaluatedLengths, rangeBounds } from '../../data/lengths';
import { groupBy } from '../../data/split';
import { rangeNames } from './drawing/wording';

/**
 * What is measured instead where columns have no inputs of some lengths that are asked for, or that a range is not measured
 * at all, and by what law inputs are drawn where the page of the task does not say it: a sentence for all columns of which
 * the same is to be said.
 */
export function lengthNotes(registry: Registry, { cells }: Manifest): string[] {
  const columns = new Map(cells.map((cell) => [columnOf(cell), cell.specification]));
  const facts = [...columns].flatMap(([column, { task: choice, protocol }]) => {
    const task = registry.createTask(choice.id, choice.hyperparameters);
    const taken = evaluatedLengths(task, protocol);
    const asked = evaluatedLengths(everyLength, protocol);
    const missing = lengthRanges.filter((range) => taken[range].none);
    const rounded = lengthRanges.some((range) => !missing.includes(range) && text(taken[range]) !== text(asked[range]));
    const bounds = rangeBounds(protocol);
    const without = (range: LengthRange) => `${rangeNames[range]} (${bounds[range].join(' to ')} symbols)`;
    return [
      ...(missing.length > 0 ? [{ column, fact: `no inputs ${missing.map(without).join(', ')}: not evaluated` }] : []),
      ...(rounded && !task.collection ? [{ column, fact: `inputs of some lengths only: ${shown(taken)}` }] : []),
      ...(task.law ? [{ column, fact: `inputs by a law of their own: ${task.law}` }] : []),
      ...(task.collection && missing.length < lengthRanges.length
        ? [{ column, fact: `test inputs of ${counted(taken)}` }]
        : []),
    ];
  });
  return [...groupBy(facts, ({ fact }) => fact)].map(([fact, alike]) => {
    const names = alike.map(({ column }) => column);
    return `${names.join(', ')} ${names.length > 1 ? 'have' : 'has'} ${fact}.`;
  });
}

/** What columns say of their inputs, a sentence each. */
export function inputNotes(registry: Registry, { cells }: Manifest): string[] {
  const columns = new Map(cells.map((cell) => [columnOf(cell), cell.specification.task]));
  return [...columns].flatMap(([column, { id, hyperparameters }]) =>
    (registry.createTask(id, hyperparameters).notes?.() ?? []).map((note) => `${column}: ${note}`),
  );
}

/** A task with inputs of all lengths, as far as lengths go. */
const everyLength = {} as Parameters<typeof evaluatedLengths>[0];

type Taken = ReturnType<typeof evaluatedLengths>;
const text = ({ lengths }: Taken[LengthRange]) => lengths.join(' ');
const counted = (taken: Taken) =>
  lengthRanges
    .filter((range) => taken[range].lengths.length > 0)
    .map((range) => {
      const { lengths } = taken[range];
      return lengths.length === 1
        ? `length ${lengths[0]} ${rangeNames[range]}`
        : `${lengths.length} lengths from ${lengths[0]} to ${lengths.at(-1)} ${rangeNames[range]}`;
    })
    .join(', ');
const shown = (taken: Taken) =>
  lengthRanges
    .filter((range) => taken[range].lengths.length > 0)
    .map((range) => `${rangeNames[range]} ${text(taken[range])}`)
    .join(', ');
