import type { Registry } from '../../../registry/registry';
import type { Cell } from '../../core/contracts/record';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { trainCell } from '../capability/train-cell';
import type { SparseParityBody } from './body';

/** Trains a cell until it is perfect or given up. */
export async function measureParity(
  registry: Registry,
  cell: Cell,
  context: MeasureContext,
): Promise<Measured<SparseParityBody>> {
  const { result, seconds, resumed } = (await trainCell(registry, cell, context)).trained;
  return { body: { training: result }, provenance: { trainingSeconds: seconds, evaluationSeconds: 0, resumed } };
}
