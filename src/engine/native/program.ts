import { zooError } from '../../core/errors';
import { sizeOf, type Graph, type TensorType } from '../ir/graph';
import { emit, type Step } from './emit/emit';
import { placeBuffers, type Rooms } from './plan/memory';
import { stages, type PlanOptions } from './plan/plan';
import { Planner } from './plan/planner';
import type { Machine, OpenedProgram } from './compile/machine';
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

export const whole: Cut = { slices: 1, threads: 1, inputStrides: [], outputStrides: [] };

/** What a graph becomes on machines with vectors of one width, before its kernels are compiled. */
export interface PlannedProgram {
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  /** Bodies of kernels in C. */
  readonly kernels: readonly string[];
  /** Names of the libraries that had them when the plan was kept. */
  readonly libraries?: readonly string[];
  /** Instructions of each stage, as the runtime reads them. */
  readonly tables: readonly Int32Array[];
  readonly constants: Uint8Array;
  /** Of a thread. */
  readonly rooms: Rooms;
}

/** Errors: `missing-native`, `native-memory`. */
export function planProgram(graph: Graph, { machine, ...options }: PlanOptions, cut: Cut = whole): PlannedProgram {
  const drafted = new Planner(graph, { ...options, machine }).plan();
  const instructions = [...drafted.instructions].sort((a, b) => a.stage - b.stage);
  const plan = { ...drafted, instructions };
  const rooms = placeBuffers(instructions);
  const bytes = rooms.arena + rooms.kept;
  if (bytes * cut.threads > 2 ** 31)
    throw zooError('native-memory', { label: graph.label, mebibytes: Math.round(bytes / 2 ** 20) });
  const { kernels, steps } = emit(plan, machine.lanes);
  const tables = Object.values(stages).map((stage) =>
    tableOf(
      steps.filter((step) => step.stage === stage),
      graph,
    ),
  );
  const constants = new Uint8Array(
    Math.max(64, ...plan.constants.map(({ buffer, data }) => offsetOf(buffer) + data.byteLength)),
  );
  for (const { buffer, data } of plan.constants)
    constants.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offsetOf(buffer));
  const typesOf = (values: Graph['inputs']) => values.map(({ shape, dtype }) => ({ shape, dtype }));
  return { inputs: typesOf(graph.inputs), outputs: typesOf(graph.outputs), kernels, tables, constants, rooms };
}

/** A planned program compiled for this machine, with the memory it works in. */
export class NativeProgram {
  private hasRun = false;

  private constructor(
    readonly inputs: readonly TensorType[],
    readonly outputs: readonly TensorType[],
    private readonly machine: Machine,
    private readonly opened: OpenedProgram,
    private readonly tables: readonly Int32Array[],
    private readonly constants: Uint8Array,
    /** What is computed once, for each thread. */
    private readonly kept: Uint8Array,
    private readonly cut: Cut,
    private readonly rooms: Rooms,
  ) {}

  /** Error: `native-compiler`. */
  static async open(planned: PlannedProgram, machine: Machine, cut: Cut = whole): Promise<NativeProgram> {
    const { inputs, outputs, tables, rooms } = planned;
    const opened = await machine.open(planned.kernels, planned.libraries);
    const constants = machine.memory(planned.constants.length);
    constants.set(planned.constants);
    const kept = machine.memory(rooms.kept * cut.threads);
    return new NativeProgram(inputs, outputs, machine, opened, tables, constants, kept, cut, rooms);
  }

  /** Names of the libraries that have its kernels. */
  get libraries(): readonly string[] {
    return this.opened.libraries;
  }

  /** The same of a graph. */
  static async compile(
    graph: Graph,
    machine: Machine,
    options: Omit<PlanOptions, 'machine'>,
    cut: Cut = whole,
  ): Promise<NativeProgram> {
    return NativeProgram.open(planProgram(graph, { ...options, machine }, cut), machine, cut);
  }

  /** Writes the outputs, or adds to them. */
  run(inputs: readonly HostArray[], outputs: readonly HostArray[]): void {
    const { cut, tables, machine, rooms } = this;
    const { program } = this.opened;
    const arena = machine.arena(rooms.arena * cut.threads);
    const bases = [arena, this.kept, this.constants, ...inputs, ...outputs];
    const perSlice = Float64Array.from([0, 0, 0, ...padded(cut.inputStrides, inputs), ...outputs.map(() => 0)]);
    const perThread = Float64Array.from([
      ...[rooms.arena, rooms.kept, 0],
      ...inputs.map(() => 0),
      ...padded(cut.outputStrides, outputs),
    ]);
    const [once, run, slice] = tables as [Int32Array, Int32Array, Int32Array];
    // Every thread has its own memory, and computes into it what is computed once, too.
    const none = new Float64Array(bases.length);
    if (!this.hasRun && once.length > 0) machine.run(program, once, bases, none, perThread, cut.threads, cut.threads);
    this.hasRun = true;
    if (run.length > 0) machine.run(program, run, bases, none, perThread, cut.threads, cut.threads);
    if (slice.length > 0) machine.run(program, slice, bases, perSlice, perThread, cut.slices, cut.threads);
  }
}

/** As many as there are arrays, zero where nothing is said. */
const padded = (strides: readonly number[], arrays: readonly HostArray[]): number[] =>
  arrays.map((_, i) => strides[i] ?? 0);

const offsetOf = ({ place }: Buffer): number => (place as { offset: number }).offset;

/** Numbers of what pointers start from. */
const bases = { arena: 0, kept: 1, constant: 2, input: 3 } as const;

/** (kernel, pointers, sizes, for each pointer (base, offset in bytes), each size): bases, inputs and then outputs. */
function tableOf(steps: readonly Step[], graph: Graph): Int32Array {
  const words: number[] = [];
  for (const { kernel, pointers, sizes } of steps) {
    words.push(kernel, pointers.length, sizes.length);
    for (const { buffer, offset } of pointers) {
      const { place } = buffer;
      if ('offset' in place) words.push(bases[place.kind], place.offset + offset);
      else words.push(bases.input + (place.kind === 'input' ? 0 : graph.inputs.length) + place.index, offset);
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
