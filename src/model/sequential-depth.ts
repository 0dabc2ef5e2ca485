import type { SequenceModel } from '../core/contracts/architecture';
import type { Graph, Node, Value } from '../engine/ir/graph';
import { tracedForward } from './traced-forward';
import { tracedStep } from './traced-state';

/** Lengths, in tokens, that depth is measured at. */
export const depthLengths = [16, 32, 64] as const;

/** Non-linear operators on the longest path through a model, and how they grow with the length of the sequence. */
export interface SequentialDepth {
  /** D(n) of `forward` at `depthLengths`. */
  readonly at: readonly number[];
  /** Of D(n), more per token. */
  readonly perToken: number;
  /** Tokens from one step of D(n) to the next, where it has steps of several tokens; null where it grows by the token, or not. */
  readonly block: number | null;
  /** From a token to the logits after it, in one pass; with the choice of the next token, what a token that is written adds. */
  readonly perPass: number;
}

/** Operators that are linear in each of their inputs, or only move them. Every other one counts as a non-linear step. */
const linear: ReadonlySet<string> = new Set(
  (
    'Add Cast Concat Conv CumSum Expand Flatten FusedMatMul Gather GatherElements GatherND Gemm Identity MatMul Mul Neg Pad ' +
    'ReduceMean ReduceSum Reshape ScatterElements ScatterND Slice Split Squeeze Sub Tile Transpose Unsqueeze'
  ).split(' '),
);
/** Of numbers that are no tokens: looking a token up is no step. */
const ofNumbers: ReadonlySet<string> = new Set('And Equal Greater GreaterOrEqual Less LessOrEqual Not Or'.split(' '));
const products: ReadonlySet<string> = new Set(['FusedMatMul', 'MatMul', 'Mul']);

/** Whether products of two numbers that both depend on the tokens count as well. */
export interface DepthOptions {
  readonly countsProducts?: boolean;
}

/** Depth of a model; traces it at several lengths, which computes no tensor. */
export function sequentialDepthOf(model: SequenceModel, options: DepthOptions = {}): SequentialDepth {
  const known = new Map<number, number>();
  const depth = (time: number): number => {
    if (!known.has(time)) known.set(time, depthOf(tracedForward(model, time), options));
    return known.get(time)!;
  };
  const at = depthLengths.map(depth);
  const [, middle, long] = depthLengths;
  const perToken = (depth(long) - depth(middle)) / (long - middle);
  const growsByToken = depth(middle + 1) > depth(middle) && depth(middle + 2) > depth(middle + 1);
  return {
    at,
    perToken,
    block: perToken === 0 || growsByToken ? null : blockOf(depth, middle, 2 * long),
    perPass: depthOf(model.step ? tracedStep(model, 1, 1).graph : tracedForward(model, 1), options),
  };
}

/** Tokens between the first two lengths from `start` on at which depth grows, up to a length. */
function blockOf(depth: (time: number) => number, start: number, longest: number): number | null {
  /** The first length that is deeper than this one; depth never falls with the length. */
  const next = (from: number): number | undefined => {
    let [low, high] = [from, longest];
    if (depth(high) === depth(from)) return undefined;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (depth(middle) > depth(from)) high = middle;
      else low = middle;
    }
    return high;
  };
  const first = next(start);
  const second = first && next(first);
  return second ? second - first : null;
}

/** Most non-linear operators on a path from the tokens, which are the first input, to the logits, the first output. */
function depthOf({ nodes, inputs, outputs }: Graph, { countsProducts = false }: DepthOptions): number {
  const depths = new Map<Value, number>([[inputs[0]!, 0]]);
  const independent = -1;
  for (const node of nodes) {
    const before = node.inputs.map((input) => (input && depths.get(input)) ?? independent);
    const longest = Math.max(...before);
    if (longest === independent) continue;
    const isProduct = countsProducts && products.has(node.operator) && before.every((depth) => depth !== independent);
    const depth = longest + Number(isProduct || isNonLinear(node));
    for (const output of node.outputs) depths.set(output, depth);
  }
  return depths.get(outputs[0]!) ?? 0;
}

const isNonLinear = ({ operator, inputs }: Node): boolean =>
  !linear.has(operator) && !(ofNumbers.has(operator) && inputs[0]!.dtype !== 'float32');
