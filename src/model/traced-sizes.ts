import type { SequenceModel } from '../core/contracts/architecture';
import { ZooError } from '../core/errors';
import { flopsOf } from '../engine/ir/flops';
import { sizeOf } from '../engine/ir/graph';
import { tracedForward } from './traced-forward';
import { growthOf, initialShapes, tracedStep } from './traced-state';

/** As `Sizes` says of them. */
export const stateSize = (model: SequenceModel, time: number): number =>
  model.initialState ? Object.values(initialShapes(model, 1, time)).reduce((sum, shape) => sum + sizeOf(shape), 0) : 0;

export function flopsPerToken(model: SequenceModel, time: number): number | undefined {
  try {
    return model.step ? flopsOfStep(model, time) : flopsOf(tracedForward(model, time)) / time;
  } catch (error) {
    if (error instanceof ZooError && untraceable.includes(error.code)) return undefined;
    throw error;
  }
}
const untraceable: readonly string[] = ['missing-lowering', 'traced-read'];

/** A step that rewrites a growing state needs room there for its own token; others bring that with them. */
function flopsOfStep(model: SequenceModel, time: number): number {
  const step = tracedStep(model, 1, time - 1);
  const isRewritten = Object.values(growthOf(model, step, time - 1)).includes('rewritten');
  return flopsOf((isRewritten ? tracedStep(model, 1, time) : step).graph);
}
