import type { Registry } from '../../../registry/registry';
import type { CapabilityBody, Cell } from '../../core/contracts/record';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { createRng } from '../../core/random';
import { reordered } from '../../data/reordered';
import { measureCell } from '../capability/measure';
import { repeatOf } from './spreads';

/** A cell as the matrix measures it, the sequences of each batch in an order that depends on the repeat and the step. */
export function measureReordered(
  registry: Registry,
  cell: Cell,
  context: MeasureContext,
): Promise<Measured<CapabilityBody>> {
  const repeat = repeatOf(cell.specification);
  const rng = createRng('order').split(repeat);
  const reorder =
    repeat === 1
      ? undefined
      : (batch: Parameters<typeof reordered>[0], step: number) => reordered(batch, rng.split(step));
  return measureCell(registry, cell, context, { reorder });
}
