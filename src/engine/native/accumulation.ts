import * as tf from '@tensorflow/tfjs-core';
import type { Program, Accumulation, TensorSpecification } from '../../core/contracts/engine';
import { sizeOf, type Graph } from '../ir/graph';
import { capture } from '../trace/capture';
import type { Machine } from './compile/machine';
import { compileGraph } from './kept-plans';
import { stages } from './plan/plan';
import { bytesOfValue, type HostArray, type NativeProgram } from './program';
import { arrayOn } from './results';

/**
 * What the typical value of a micro-batch may take, so that it stays in a second-level cache of 512 KiB and more with a few of its
 * kind; and more with more weights, since every micro-batch reads them all and adds to all their gradients. Measured on
 * transformers, RWKV and LSTMs of widths 64 to 256.
 */
const microBatchBytes = (bytesOfWeights: number): number => 56 * 1024 + bytesOfWeights / 16;

/**
 * Half of what a graph's nodes write is written in values of at least so many bytes. Unrolled recurrences write many
 * small values and a few large ones: this is small for them.
 */
export function typicalBytes(graph: Graph): number {
  const sizes = graph.nodes.flatMap(({ operator, outputs }) =>
    ['Reshape', 'Transpose', 'Split', 'Slice', 'Expand'].includes(operator)
      ? []
      : outputs.map(({ shape }) => 4 * sizeOf(shape)),
  );
  sizes.sort((a, b) => b - a);
  let left = sizes.reduce((sum, size) => sum + size, 0) / 2;
  return sizes.find((size) => (left -= size) <= 0) ?? 0;
}

/** Rows of a micro-batch: the largest divisor of the batch whose typical value fits, and at least one for each thread. */
export function rowsOfMicroBatch(batch: number, bytes: number, bytesOfWeights: number, threads: number): number {
  const wanted = Math.min(batch / threads, (batch * microBatchBytes(bytesOfWeights)) / bytes);
  for (let rows = Math.floor(wanted); rows > 1; rows--) if (batch % rows === 0) return rows;
  return 1;
}

const arrayBytes = 4;

/** An accumulation: micro-batches one by one (the plan calls them slices), shared out among threads, then the rest once. */
export class MicroBatchedProgram {
  private constructor(
    private readonly part: NativeProgram,
    private readonly finish: NativeProgram,
    /** What each thread sums, one after the other. */
    private readonly sums: readonly HostArray[],
  ) {}

  static async compile(
    signature: readonly TensorSpecification[],
    { batched, part, finish }: Accumulation,
    label: string,
    machine: Machine,
    threads: number,
  ): Promise<MicroBatchedProgram> {
    const batch = signature[batched[0]!]!.shape[0]!;
    const cut = (rows: number) =>
      signature.map((input, i) => (batched.includes(i) ? { ...input, shape: [rows, ...input.shape.slice(1)] } : input));
    const captured = capture(part, signature, label, 'native');
    const bytesOfWeights = Math.max(...captured.outputs.map(({ shape }) => arrayBytes * sizeOf(shape))); // gradients are as large
    const rows = rowsOfMicroBatch(batch, typicalBytes(captured), bytesOfWeights, threads);
    const graph = rows === batch ? captured : capture(part, cut(rows), label, 'native');
    const slices = batch / rows;
    const used = Math.min(threads, slices);
    const partial = compileGraph(
      graph,
      machine,
      {
        inputStages: signature.map((_, i) => (batched.includes(i) ? stages.slice : stages.run)),
        addOutputs: true,
      },
      {
        slices,
        threads: used,
        inputStrides: cut(rows).map((input, i) => (batched.includes(i) ? bytesOfValue(input) : 0)),
        outputStrides: graph.outputs.map(({ shape }) => sizeOf(shape) * arrayBytes),
      },
    );
    // The sums of all threads come in as one tensor each.
    const perThread = graph.outputs.map(({ shape }): TensorSpecification => ({
      shape: [used, ...shape],
      dtype: 'float32',
    }));
    const summed: Program = (...inputs) => {
      const given = inputs.slice(0, signature.length);
      return finish(...given, ...inputs.slice(signature.length).map((sums) => tf.sum(sums, 0)));
    };
    const rest = capture(summed, [...signature, ...perThread], label, 'native');
    const whole = compileGraph(rest, machine, {
      inputStages: rest.inputs.map(() => stages.run),
      addOutputs: false,
    });
    // Every micro-batch passes through them all.
    const sums = perThread.map((sum) => arrayOn(machine, sum));
    // Asked for together, they are compiled together.
    return new MicroBatchedProgram(...(await Promise.all([partial, whole])), sums);
  }

  get outputs(): NativeProgram['outputs'] {
    return this.finish.outputs;
  }

  run(inputs: readonly HostArray[], outputs: readonly HostArray[]): void {
    for (const sum of this.sums) sum.fill(0);
    this.part.run(inputs, this.sums);
    this.finish.run([...inputs, ...this.sums], outputs);
  }
}
