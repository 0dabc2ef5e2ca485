import type { ElementType } from '../../ir/graph';
import { bytesOf, settled, type Buffer, type View } from '../plan/views';

/** What a kernel is given a pointer to. */
export interface Pointer {
  readonly buffer: Buffer;
  /** Bytes from its start. */
  readonly offset: number;
}

/** How C calls an element in memory. */
export const memoryType = (dtype: ElementType): string =>
  dtype === 'float32' ? 'float' : dtype === 'bool' ? 'uint8_t' : 'int32_t';

/** A loop of at most so many vectors has its extent in its text: the compiler may unroll it. */
const mostWritten = 8;

/**
 * The body of one kernel. Addresses and sizes are numbered in the order in which they are first used, so that kernels which
 * do the same with other memory, or for sequences of another length, have the same text: they are compiled once.
 */
export class KernelText {
  readonly pointers: Pointer[] = [];
  readonly sizes: number[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly lines: string[] = [];
  private depth = 1;

  constructor(
    private readonly numberOf: (buffer: Buffer) => number,
    /** Floats of a vector. */
    readonly lanes: number,
  ) {}

  identityOf(view: View): string {
    const { buffer, offset } = settled(view.buffer);
    return `${this.numberOf(buffer)}:${(view.offset + offset) * bytesOf(view.dtype)}`;
  }

  /** The name of the pointer to the start of a view. */
  pointer(view: View): string {
    const identity = this.identityOf(view);
    let number = this.numbers.get(identity);
    if (number === undefined) {
      number = this.pointers.length;
      this.numbers.set(identity, number);
      const { buffer, offset } = settled(view.buffer);
      this.pointers.push({ buffer, offset: (view.offset + offset) * bytesOf(view.dtype) });
    }
    return `((${memoryType(view.dtype)} *)p[${number}])`;
  }

  /** The name of a size that the kernel is told when it is called. */
  size(size: number): string {
    return `n${this.sizes.push(size) - 1}`;
  }
  list(sizes: readonly number[]): string {
    return sizes.map((size) => this.size(size)).join(', ');
  }
  /** A size that is written down if it is small. */
  extent(size: number): string {
    return size > mostWritten * this.lanes ? this.size(size) : `${size}`;
  }

  line(line: string): void {
    this.lines.push('  '.repeat(this.depth) + line);
  }
  open(head: string): void {
    this.line(`${head} {`.trim());
    this.depth++;
  }
  close(): void {
    this.depth--;
    this.line('}');
  }
  /**
   * `body` for whole vectors, and once more for the part of a vector that is left, at `i` both times; if told so, only for the
   * first elements, of which C knows the number as `used`.
   */
  vectors(extent: number, body: (part: number | undefined) => void, isUsedInPart = false): void {
    const rest = extent % this.lanes;
    const whole = extent - rest;
    const end = this.extent(whole);
    if (whole > 0) {
      this.open(`for (long i = 0; i < ${isUsedInPart ? `(used < ${end} ? used : ${end})` : end}; i += VL)`);
      body(undefined);
      this.close();
    }
    if (rest > 0) {
      this.open(isUsedInPart ? `if (used > ${end})` : '');
      this.line(`const long i = ${end};`);
      body(rest);
      this.close();
    }
  }
  toString(): string {
    // Copies: what is stored through a pointer to bytes could change what the kernel was given.
    const declared = this.sizes.map((_, i) => `n${i} = n[${i}]`).join(', ');
    return [...(declared ? [`  const long ${declared};`] : []), ...this.lines].join('\n');
  }
}
