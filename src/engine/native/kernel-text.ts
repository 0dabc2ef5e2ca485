import { memoryType } from './emit-loop';
import { bytesOf, settled, type Buffer, type View } from './views';

/** What a kernel is given a pointer to. */
export interface Pointer {
  readonly buffer: Buffer;
  /** Bytes from its start. */
  readonly offset: number;
}

/**
 * The body of one kernel. Addresses are numbered in the order in which they are first used, so that kernels which do the
 * same with other memory have the same text and become one function.
 */
export class KernelText {
  readonly pointers: Pointer[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly lines: string[] = [];
  private depth = 1;

  constructor(private readonly numberOf: (buffer: Buffer) => number, private readonly lanes: number) {}

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

  line(line: string): void {
    this.lines.push('  '.repeat(this.depth) + line);
  }
  open(head: string): void {
    this.line(`${head} {`);
    this.depth++;
  }
  close(): void {
    this.depth--;
    this.line('}');
  }
  /** `body` for whole vectors, and once more for the part of a vector that is left. */
  vectors(extent: number, body: (part: number | undefined) => void): void {
    const rest = extent % this.lanes;
    if (extent > rest) {
      this.open(`for (long i = 0; i < ${extent - rest}; i += VL)`);
      body(undefined);
      this.close();
    }
    if (rest > 0) {
      this.open(`for (long i = ${extent - rest}; i < ${extent}; i += VL)`);
      body(rest);
      this.close();
    }
  }
  toString(): string {
    return this.lines.join('\n');
  }
}
