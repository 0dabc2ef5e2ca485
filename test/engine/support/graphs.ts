import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorSpecification } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import type { Graph } from '../../../src/engine/ir/graph';
import { specificationOf } from '../../../src/engine/handles';
import { encodeModel, inputName, outputName } from '../../../src/engine/onnx/encode';
import { openSession } from '../../../src/engine/onnx/session';
import { capture } from '../../../src/engine/trace/capture';
import { Tensor as OnnxTensor } from 'onnxruntime-node';
import { expectClose, type HostData, type HostTensor } from './engines';

/** The graph of a program on float tensors of the given shapes. */
export function graphOf(program: (...inputs: Tensor[]) => Tensor[], ...shapes: readonly (readonly number[])[]): Graph {
  return capture(
    program,
    shapes.map((shape): TensorSpecification => ({ shape, dtype: 'float32' })),
    'test',
    'onnx',
  );
}

export const operatorsOf = (graph: Graph): string[] => graph.nodes.map(({ operator }) => operator);
export const count = (graph: Graph, operator: string): number =>
  operatorsOf(graph).filter((name) => name === operator).length;

/** Normal numbers for every input. */
export function randomInputs(graph: Graph, seed = 1, scale = 0.5): HostTensor[] {
  const rng = createRng(seed);
  return graph.inputs.map((value) => {
    const { shape, dtype } = specificationOf(value);
    const length = shape.reduce((size, extent) => size * extent, 1);
    const data =
      dtype === 'float32'
        ? Float32Array.from({ length }, () => scale * rng.normal())
        : Int32Array.from({ length }, () => rng.integer(3));
    return { shape, dtype, data };
  });
}

/** Runs a graph as it is, without our passes. */
export async function runGraph(graph: Graph, inputs: readonly HostTensor[]): Promise<HostTensor[]> {
  const session = await openSession(
    { bytes: encodeModel(graph), nodeCount: graph.nodes.length, label: graph.label },
    1,
  );
  const feeds = inputs.map(({ shape, dtype, data }, i) => [inputName(i), new OnnxTensor(dtype, data, shape)]);
  const results = await session.run(Object.fromEntries(feeds) as Record<string, OnnxTensor>);
  await session.release();
  return graph.outputs.map((value, i) => ({
    ...specificationOf(value),
    data: results[outputName(i)]!.data as HostData,
  }));
}

/** Fails unless both graphs compute the same on random inputs. */
export async function expectSameResults(graph: Graph, original: Graph, tolerance = 1e-5): Promise<void> {
  const inputs = randomInputs(original);
  expectClose(await runGraph(graph, inputs), await runGraph(original, inputs), tolerance);
}
