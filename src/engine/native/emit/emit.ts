import { callNames } from '../plan/calls';
import { stridedCopies } from './copies';
import { LoopEmitter } from './emit-loop';
import { KernelText } from './kernel-text';
import { literal } from '../plan/expressions';
import type { Instruction, Plan, ProductInstruction } from '../plan/plan';
import { isOneMatrix, settled, type Buffer, type View } from '../plan/views';

/** A step of a program: a kernel, by number, the buffers that it is given pointers into, and its sizes. */
export interface Step {
  readonly kernel: number;
  readonly stage: number;
  readonly pointers: readonly { readonly buffer: Buffer; readonly offset: number }[];
  readonly sizes: readonly number[];
}

export interface Emitted {
  /** Bodies of kernels in C, each once. */
  readonly kernels: readonly string[];
  readonly steps: readonly Step[];
}

/** Writes a plan, whose buffers have been placed, in C. Kernels with the same text are one function. */
export function emit(plan: Plan, lanes: number): Emitted {
  const numbers = new Map<Buffer, number>();
  const numberOf = (buffer: Buffer): number => {
    if (!numbers.has(buffer)) numbers.set(buffer, numbers.size);
    return numbers.get(buffer)!;
  };
  const isAdded = (view: View): boolean => plan.added.has(settled(view.buffer).buffer);
  const kernels = new Map<string, number>();
  const written = plan.instructions.flatMap((instruction) => stridedCopies(instruction, isAdded) ?? [instruction]);
  const steps = written.map((instruction): Step => {
    const text = new KernelText(numberOf, lanes);
    write(instruction, text, isAdded);
    const body = text.toString();
    if (!kernels.has(body)) kernels.set(body, kernels.size);
    return { kernel: kernels.get(body)!, stage: instruction.stage, pointers: text.pointers, sizes: text.sizes };
  });
  return { kernels: [...kernels.keys()], steps };
}

function write(instruction: Instruction, text: KernelText, isAdded: (view: View) => boolean): void {
  switch (instruction.kind) {
    case 'loop':
      return new LoopEmitter(instruction.loop, text, isAdded).emit();
    case 'product':
      return writeProduct(instruction, text, instruction.accumulate || isAdded(instruction.out));
    case 'pack': {
      const { from, to } = instruction;
      return text.line(packing(text, from, text.pointer(from), text.pointer(wholeOf(to))));
    }
    case 'call': {
      const { name, adds, inputs, outputs } = instruction;
      const sizes = adds ? [...instruction.sizes, Number(outputs.some(isAdded))] : instruction.sizes;
      [...inputs, ...outputs].forEach((view) => text.pointer(view));
      const pointers = [...inputs, ...outputs].map((view) => `(char *)${text.pointer(view)}`);
      text.line(
        `zoo->calls[${callNames.indexOf(name as never)}]((const long[]){${text.list(sizes)}}, (char *[]){${pointers.join(', ')}});`,
      );
    }
  }
}

const wholeOf = (buffer: Buffer): View => ({
  buffer,
  offset: 0,
  shape: [buffer.size],
  strides: [1],
  dtype: buffer.dtype,
});

function packing(text: KernelText, { shape, strides }: View, from: string, to: string): string {
  return `zoo->pack(${text.list(shape.slice(-2))}, ${from}, ${text.list(strides.slice(-2))}, ${to});`;
}

/** As the runtime calls what need not be computed. */
const parts = { whole: 'WHOLE', result: 'RESULT_LOWER', left: 'LEFT_LOWER', leftTransposed: 'LEFT_UPPER' } as const;

function writeProduct(
  { a, b, isDirect, packed, out, alpha, triangle }: ProductInstruction,
  text: KernelText,
  accumulate: boolean,
): void {
  const { batch, rows } = collapsed(a, b, out);
  const [k, n] = b.shape.slice(-2) as [number, number];
  let [rowStride, columnStride] = a.strides.slice(-2) as [number, number];
  if (rows.count > 1) rowStride = rows.stride;
  // Of a single row or column the stride does not matter: it is taken to be the one that is read in a line.
  if (columnStride !== 1 && rowStride !== 1) {
    if (k === 1) columnStride = 1;
    else rowStride = 1;
  }
  const pointers = [a, packed ? wholeOf(packed) : b, out].map((view) => text.pointer(view));
  const size = (value: number): string => text.size(value);
  batch.forEach(({ extent }, i) => text.open(`for (long i${i} = 0; i${i} < ${size(extent)}; i${i}++)`));
  const at = (which: 0 | 1 | 2) =>
    pointers[which]! +
    batch.map(({ strides }, i) => (strides[which] ? ` + i${i} * ${size(strides[which])}` : '')).join('');
  let factor = at(1);
  const rowCall = rows.count === 1 && !packed ? rowProduct(text, b, columnStride, at(0), factor) : undefined;
  if (rowCall) {
    text.line(`${rowCall}, ${at(2)}, ${literal(alpha)}, ${Number(accumulate)});`);
    batch.forEach(() => text.close());
    return;
  }
  if (!packed && !isDirect) {
    text.line(`float *const packed = zoo->scratch(${size(k)} * ((${size(n)} + VL - 1) / VL * VL + 4 * VL));`);
    text.line(packing(text, b, at(1), 'packed'));
    factor = 'packed';
  }
  // Sequences one after the other as one matrix have no triangle.
  const part = rows.count === out.shape.at(-2) ? (triangle ?? 'whole') : 'whole';
  const left = `${text.list([rows.count, n, k])}, ${at(0)}, ${text.list([rowStride, columnStride])}`;
  const right = `${factor}, ${size(isDirect ? b.strides.at(-2)! : 0)}`;
  text.line(
    `zoo->product(${left}, ${right}, ${at(2)}, ${size(n)}, ${literal(alpha)}, ${Number(accumulate)}, ${parts[part]});`,
  );
  batch.forEach(() => text.close());
}

/** The start of the call that multiplies a single row with b where it lies, if b lies in lines. */
function rowProduct(
  text: KernelText,
  { shape, strides }: View,
  stride: number,
  a: string,
  b: string,
): string | undefined {
  const [k, n] = shape.slice(-2) as [number, number];
  const [lines, columns] = strides.slice(-2) as [number, number];
  const extents = () => `${text.extent(n)}, ${text.extent(k)}`;
  if (lines === 1 && (stride === 1 || k === 1)) return `row_by_columns(${extents()}, ${a}, ${b}, ${text.size(columns)}`;
  return columns === 1 || n === 1
    ? `row_by_lines(${extents()}, ${a}, ${text.size(stride)}, ${b}, ${text.size(lines)}`
    : undefined;
}

interface BatchExtent {
  readonly extent: number;
  readonly strides: readonly [number, number, number];
}

/** Batch dimensions that all three walk through in one stride are one; those that only continue the rows of `a` are rows. */
function collapsed(a: View, b: View, out: View) {
  const isShared = isOneMatrix(b);
  const m = out.shape.at(-2)!;
  const n = out.shape.at(-1)!;
  let rows = { count: m, stride: a.strides.at(-2)! };
  const batch: BatchExtent[] = [];
  for (let axis = out.shape.length - 3; axis >= 0; axis--) {
    const extent = out.shape[axis]!;
    if (extent === 1) continue;
    const strides = [a.strides[axis]!, isShared ? 0 : b.strides[axis]!, out.strides[axis]!] as const;
    const isContinued = rows.count === 1 || strides[0] === rows.stride * rows.count;
    if (
      isShared &&
      batch.length === 0 &&
      isContinued &&
      strides[2] === rows.count * n &&
      (rows.count > 1 || a.strides.at(-1) === 1)
    ) {
      rows = { count: rows.count * extent, stride: rows.count === 1 ? strides[0] : rows.stride };
      continue;
    }
    const last = batch[0];
    if (last && last.strides.every((stride, i) => strides[i] === stride * last.extent)) {
      batch[0] = { extent: last.extent * extent, strides: last.strides };
    } else batch.unshift({ extent, strides });
  }
  return { batch, rows };
}
