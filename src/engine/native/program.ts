import { zooError } from '../../core/errors';
import { sizeOf, type Graph } from '../ir/graph';
import { emit, type Step } from './emit/emit';
import { placeBuffers } from './plan/memory';
import { stages, type PlanOptions } from './plan/plan';
import { Planner } from './plan/planner';
import type { Machine } from './compile/machine';
import { bytesOf, type Buffer } from './plan/views';

export type HostArray = Float32Array | Int32Array | Uint8Array;

/** What a run is cut into: slices of the batch, and threads that take turns at them. */
export interface Cut {
  readonly slices: number;
  readonly threads: number;
  /** Bytes from one slice to the next, for each input. */
  readonly inputStrides: readonly number[];
  /** Bytes from one thread's sums to the next's, for each output. */
  readonly outputStrides: readonly number[];
}

const whole: Cut = { slices: 1, threads: 1, inputStrides: [], outputStrides: [] };

/** A graph compiled for this machine, with the memory it works in. */
export class NativeProgram {
  private hasRun = false;

  private constructor(
    readonly graph: Graph,
    private readonly machine: Machine,
    private readonly opened: object,
    /** Instructions of each stage, as the runtime reads them. */
    private readonly tables: readonly Int32Array[],
    private readonly arena: Uint8Array,
    private readonly constants: Uint8Array,
    private readonly cut: Cut,
    private readonly arenaStride: number,
  ) {}

  static async compile(
    graph: Graph,
    machine: Machine,
    options: Omit<PlanOptions, 'machine'>,
    cut: Cut = whole,
  ): Promise<NativeProgram> {
    const drafted = new Planner(graph, { ...options, machine }).plan();
    const instructions = [...drafted.instructions].sort((a, b) => a.stage - b.stage);
    const plan = { ...drafted, instructions };
    const arenaBytes = placeBuffers(instructions);
    if (arenaBytes * cut.threads > 2 ** 31)
      throw zooError('native-memory', { label: graph.label, mebibytes: Math.round(arenaBytes / 2 ** 20) });
    const { kernels, steps } = emit(plan, machine.lanes);
    const opened = await machine.open(kernels);
    const tables = Object.values(stages).map((stage) =>
      tableOf(
        steps.filter((step) => step.stage === stage),
        graph,
      ),
    );
    const arena = machine.memory(arenaBytes * cut.threads);
    const constants = machine.memory(
      Math.max(64, ...plan.constants.map(({ buffer, data }) => offsetOf(buffer) + data.byteLength)),
    );
    for (const { buffer, data } of plan.constants) {
      constants.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offsetOf(buffer));
    }
    return new NativeProgram(graph, machine, opened, tables, arena, constants, cut, arenaBytes);
  }

  /** Writes the outputs, or adds to them. */
  run(inputs: readonly HostArray[], outputs: readonly HostArray[]): void {
    const { cut, tables } = this;
    const bases = [this.arena, this.constants, ...inputs, ...outputs];
    const strides = (own: number, ofInputs: readonly number[], ofOutputs: readonly number[]) =>
      Float64Array.from(bases, (_, i) =>
        i === 0
          ? own
          : i < 2
            ? 0
            : i < 2 + inputs.length
              ? (ofInputs[i - 2] ?? 0)
              : (ofOutputs[i - 2 - inputs.length] ?? 0),
      );
    const perSlice = strides(0, cut.inputStrides, []);
    const perThread = strides(this.arenaStride, [], cut.outputStrides);
    const [once, run, slice] = tables as [Int32Array, Int32Array, Int32Array];
    const { machine, opened } = this;
    // Every thread has its own memory, and computes into it what is computed once, too.
    const none = new Float64Array(bases.length);
    if (!this.hasRun && once.length > 0) machine.run(opened, once, bases, none, perThread, cut.threads, cut.threads);
    this.hasRun = true;
    if (run.length > 0) machine.run(opened, run, bases, none, perThread, cut.threads, cut.threads);
    if (slice.length > 0) machine.run(opened, slice, bases, perSlice, perThread, cut.slices, cut.threads);
  }
}

const offsetOf = ({ place }: Buffer): number => (place as { offset: number }).offset;

/** (kernel, pointers, sizes, for each pointer (base, offset in bytes), each size): bases are arena, constants, inputs, outputs. */
function tableOf(steps: readonly Step[], graph: Graph): Int32Array {
  const words: number[] = [];
  for (const { kernel, pointers, sizes } of steps) {
    words.push(kernel, pointers.length, sizes.length);
    for (const { buffer, offset } of pointers) {
      const { place } = buffer;
      if (place.kind === 'arena') words.push(0, place.offset + offset);
      else if (place.kind === 'constant') words.push(1, place.offset + offset);
      else words.push(2 + (place.kind === 'input' ? place.index : graph.inputs.length + place.index), offset);
    }
    words.push(...sizes);
  }
  return Int32Array.from(words);
}

export const bytesOfValue = ({
  shape,
  dtype,
}: {
  shape: readonly number[];
  dtype: 'float32' | 'int32' | 'bool';
}): number => sizeOf(shape) * bytesOf(dtype);
