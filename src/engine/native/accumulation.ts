import * as tf from '@tensorflow/tfjs-core';
import type { Program, Accumulation, TensorSpecification } from '../../core/contracts/engine';
import { sizeOf, type Graph } from '../ir/graph';
import { capture } from '../trace/capture';
import type { Machine } from './compile/machine';
import { compileGraph, Known, openPlan } from './kept-plans';
import { stages } from './plan/plan';
import { bytesOfValue, type Cut, type HostArray, type NativeProgram } from './program';
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

interface Where {
  readonly label: string;
  readonly machine: Machine;
  readonly threads: number;
}

/** What tracing an accumulation led to. */
interface Traced {
  /** Of a micro-batch. */
  readonly rows: number;
  /** Keys of plans. */
  readonly part: string;
  readonly finish: string;
}

type Shaped = readonly { readonly shape: readonly number[] }[];

/** How inputs of a signature are cut into micro-batches, and where what they add up to goes. */
class Cutting {
  readonly batch: number;

  constructor(
    readonly signature: readonly TensorSpecification[],
    private readonly batched: readonly number[],
    private readonly threads: number,
  ) {
    this.batch = signature[batched[0]!]!.shape[0]!;
  }

  get inputStages(): number[] {
    return this.signature.map((_, i) => (this.batched.includes(i) ? stages.slice : stages.run));
  }
  signatureOf(rows: number): TensorSpecification[] {
    return this.signature.map((input, i) =>
      this.batched.includes(i) ? { ...input, shape: [rows, ...input.shape.slice(1)] } : input,
    );
  }
  cut(rows: number, outputs: Shaped): Cut {
    return {
      slices: this.batch / rows,
      threads: this.used(rows),
      inputStrides: this.signatureOf(rows).map((input, i) => (this.batched.includes(i) ? bytesOfValue(input) : 0)),
      outputStrides: outputs.map(({ shape }) => sizeOf(shape) * arrayBytes),
    };
  }
  /** The sums of all threads come in as one tensor each. */
  perThread(rows: number, outputs: Shaped): TensorSpecification[] {
    return outputs.map(({ shape }) => ({ shape: [this.used(rows), ...shape], dtype: 'float32' }));
  }
  /** Every micro-batch passes through them all. */
  sums(rows: number, outputs: Shaped, machine: Machine): HostArray[] {
    return this.perThread(rows, outputs).map((sum) => arrayOn(machine, sum));
  }
  private used(rows: number): number {
    return Math.min(this.threads, this.batch / rows);
  }
}

/** An accumulation: micro-batches one by one (the plan calls them slices), shared out among threads, then the rest once. */
export class MicroBatchedProgram {
  private constructor(
    private readonly part: NativeProgram,
    private readonly finish: NativeProgram,
    /** What each thread sums, one after the other. */
    private readonly sums: readonly HostArray[],
  ) {}

  /** Errors: those of a capture, `missing-native`, `native-memory`, `native-compiler`. */
  static async compile(
    signature: readonly TensorSpecification[],
    accumulation: Accumulation,
    { origin, ...where }: Where & { readonly origin?: string },
  ): Promise<MicroBatchedProgram> {
    const { machine, threads } = where;
    const shapes = signature.map(({ shape, dtype }) => ({ shape, dtype }));
    const known = new Known<Traced>(origin, machine, [shapes, accumulation.batched, threads]);
    const cutting = new Cutting(signature, accumulation.batched, threads);
    return known.compiled(
      (traced) => MicroBatchedProgram.recall(traced, cutting, machine),
      () => MicroBatchedProgram.trace(cutting, accumulation, where),
    );
  }

  private static async recall(
    { rows, part, finish }: Traced,
    cutting: Cutting,
    machine: Machine,
  ): Promise<MicroBatchedProgram | undefined> {
    const [partial, rest] = await Promise.all([
      openPlan(part, machine, (outputs) => cutting.cut(rows, outputs)),
      openPlan(finish, machine),
    ]);
    return partial && rest && new MicroBatchedProgram(partial, rest, cutting.sums(rows, partial.outputs, machine));
  }

  private static async trace(cutting: Cutting, { part, finish }: Accumulation, { label, machine, threads }: Where) {
    const { signature, batch } = cutting;
    const captured = capture(part, signature, label, 'native');
    const bytesOfWeights = Math.max(...captured.outputs.map(({ shape }) => arrayBytes * sizeOf(shape))); // gradients are as large
    const rows = rowsOfMicroBatch(batch, typicalBytes(captured), bytesOfWeights, threads);
    const graph = rows === batch ? captured : capture(part, cutting.signatureOf(rows), label, 'native');
    const options = { inputStages: cutting.inputStages, addOutputs: true };
    const partial = compileGraph(graph, machine, options, cutting.cut(rows, graph.outputs));
    const perThread = cutting.perThread(rows, graph.outputs);
    const summed: Program = (...inputs) => {
      const given = inputs.slice(0, signature.length);
      return finish(...given, ...inputs.slice(signature.length).map((sums) => tf.sum(sums, 0)));
    };
    const rest = capture(summed, [...signature, ...perThread], label, 'native');
    const whole = compileGraph(rest, machine, { inputStages: rest.inputs.map(() => stages.run), addOutputs: false });
    // Asked for together, they are compiled together.
    const [ofPart, ofRest] = await Promise.all([partial, whole]);
    return {
      program: new MicroBatchedProgram(ofPart.program, ofRest.program, cutting.sums(rows, graph.outputs, machine)),
      traced: { rows, part: ofPart.plan, finish: ofRest.plan } satisfies Traced,
    };
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
