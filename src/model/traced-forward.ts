import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { SequenceModel } from '../core/contracts/architecture';
import type { Graph } from '../engine/ir/graph';
import { capture, noEngine } from '../engine/trace/capture';

/** `forward` of one sequence of `time` tokens, traced: its tokens are the first input, then the parameters. */
export function tracedForward(model: SequenceModel, time: number): Graph {
  const forward = (tokens: Tensor, ...values: Tensor[]) => [
    model.forward(Object.fromEntries(model.parameters.map(({ name }, i) => [name, values[i]!])), tokens as Tensor2D),
  ];
  const signature = [
    { shape: [1, time], dtype: 'int32' as const },
    ...model.parameters.map(({ shape }) => ({ shape, dtype: 'float32' as const })),
  ];
  return capture(forward, signature, 'forward', noEngine);
}
