import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { recentName } from '../../architectures/layers/growing-state';
import type { Memory, SequenceModel, State } from '../core/contracts/architecture';
import type { TensorSpecification } from '../core/contracts/engine';
import type { Graph } from '../engine/ir/graph';
import { capture, noEngine } from '../engine/trace/capture';

type Shape = readonly number[];
export type Shapes = Readonly<Record<string, Shape>>;

const float = (shape: Shape): TensorSpecification => ({ shape, dtype: 'float32' });
const shapesOf = (state: State): Shapes =>
  Object.fromEntries(Object.entries(state).map(([name, { shape }]) => [name, shape]));
const isSame = (a: Shape, b: Shape) => String(a) === String(b);

/** Shapes of the state before the first token, by name; none of it is computed. */
export function initialShapes(model: SequenceModel, batch: number, maximumTime: number): Shapes {
  let shapes: Shapes = {};
  const program = () => {
    shapes = shapesOf(model.initialState!(batch, maximumTime));
    return []; // nothing is asked for, so no state of millions becomes a constant
  };
  capture(program, [], 'initial state', noEngine);
  return shapes;
}

/** Whether a model has a state, and whether that grows: it does if it has more room for two tokens than for one. */
export function memoryOf(model: SequenceModel): Memory {
  if (!model.initialState) return 'none';
  const [one, two] = [1, 2].map((tokens) => initialShapes(model, 1, tokens)) as [Shapes, Shapes];
  return Object.keys(one).some((name) => !isSame(one[name]!, two[name]!)) ? 'growing' : 'constant';
}

export interface TracedStep {
  readonly graph: Graph;
  /** Shapes of the state that the step was given, and of what it gave back. */
  readonly before: Shapes;
  readonly after: Shapes;
}

/** A step of `batch` sequences whose state has room for `maximumTime` tokens, traced. */
export function tracedStep(model: SequenceModel, batch: number, maximumTime: number): TracedStep {
  const before = initialShapes(model, batch, maximumTime);
  const parameters = model.parameters.map(({ name }) => name);
  const named = (names: readonly string[], tensors: readonly Tensor[]) =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));
  let after: Shapes = {};
  const program = (token: Tensor, position: Tensor, ...values: Tensor[]) => {
    const state = named(Object.keys(before), values.slice(parameters.length));
    const next = model.step!(named(parameters, values), state, token as Tensor1D, position as Scalar);
    after = shapesOf(next.state);
    return [next.logits, ...Object.values(next.state)];
  };
  const signature: TensorSpecification[] = [
    { shape: [batch], dtype: 'int32' },
    { shape: [], dtype: 'int32' },
    ...model.parameters.map(({ shape }) => float(shape)),
    ...Object.values(before).map(float),
  ];
  const graph = capture(program, signature, 'step', noEngine);
  return { graph, before, after };
}

/**
 * How a step leaves a tensor that grows: `rewritten` as a whole; with its token `concatenated` at the end; or untouched, with
 * its token `appended` beside it (architectures/layers/growing-state.ts). Undefined for one that does not grow.
 */
export type Growth = 'rewritten' | 'concatenated' | 'appended';

/** Of every tensor of the state, by name: from a step whose state had room for `maximumTime` tokens. */
export function growthOf(
  model: SequenceModel,
  { before, after }: TracedStep,
  maximumTime: number,
): Readonly<Record<string, Growth | undefined>> {
  const larger = initialShapes(model, 1, maximumTime + 1);
  const growth = (name: string): Growth | undefined => {
    if (isSame(before[name]!, larger[name]!)) return undefined;
    if (recentName(name) in after) return 'appended';
    return isSame(before[name]!, after[name]!) ? 'rewritten' : 'concatenated';
  };
  return Object.fromEntries(Object.keys(before).map((name) => [name, growth(name)]));
}
