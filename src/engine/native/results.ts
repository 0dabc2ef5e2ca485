import { sizeOf } from '../ir/graph';
import type { TensorSpecification } from '../../core/contracts/engine';
import type { Machine } from './compile/machine';
import { bytesOfValue, type HostArray } from './program';

const arrayOf = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** An array of zeros from the start of a cache line, on large pages where it is large. */
export const arrayOn = (machine: Machine, value: TensorSpecification): HostArray =>
  new arrayOf[value.dtype](machine.memory(bytesOfValue(value)).buffer as ArrayBuffer, 0, sizeOf(value.shape));

/** Smaller arrays are made anew each time. */
const smallestBytes = 4096;
/** Released arrays of one kind that are kept. */
const mostKept = 8;

/**
 * Arrays for what programs give out. A training step replaces parameters and moments by new ones: in memory that the last
 * step's were in, it has neither pages to ask the system for nor garbage to leave behind.
 */
export class Results {
  private readonly kept = new Map<string, HostArray[]>();

  constructor(private readonly machine: Machine) {}

  /** Its content is whatever was there. */
  take(value: TensorSpecification): HostArray {
    const size = sizeOf(value.shape);
    if (bytesOfValue(value) < smallestBytes) return new arrayOf[value.dtype](size);
    return this.kept.get(keyOf(value.dtype, size))?.pop() ?? arrayOn(this.machine, value);
  }

  /** Nobody may look at the array afterwards. */
  giveBack(array: HostArray, { dtype }: TensorSpecification): void {
    if (array.byteLength < smallestBytes) return;
    const key = keyOf(dtype, array.length);
    const kept = this.kept.get(key) ?? [];
    if (kept.length < mostKept) this.kept.set(key, [...kept, array]);
  }

  clear(): void {
    this.kept.clear();
  }
}

const keyOf = (dtype: TensorSpecification['dtype'], size: number): string => `${dtype} ${size}`;
