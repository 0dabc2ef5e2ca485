import type { NamedArray } from '../../core/contracts/study';
import { isPlainObject } from '../../core/validation';

/** Data begin at a multiple of so many bytes: the header is filled up with spaces. */
const alignment = 8;

/** A file of weights: tensors by name, and texts that say what they are. */
export interface WeightsFile {
  readonly tensors: readonly NamedArray[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * safetensors (https://github.com/huggingface/safetensors): the length of a JSON header in 8 bytes, the header with type,
 * shape and place of every tensor, then their numbers, little-endian, one tensor after the other. Equal weights with equal
 * metadata are equal bytes.
 */
export function encodeSafetensors({ tensors, metadata }: WeightsFile): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const offsets = [end, (end += values.byteLength)];
    return [name, { dtype: 'F32', shape, data_offsets: offsets }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const unpadded = Buffer.from(text, 'utf8');
  const header = Buffer.alloc(Math.ceil(unpadded.length / alignment) * alignment, ' ');
  unpadded.copy(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = tensors.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  return new Uint8Array(Buffer.concat([length, header, ...data]));
}

/** Reads a file that holds float32 tensors alone; null where it is none. */
export function decodeSafetensors(content: Uint8Array): WeightsFile | null {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.length < 8) return null;
  const length = Number(bytes.readBigUInt64LE());
  if (8 + length > bytes.length) return null;
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8', 8, 8 + length));
    if (!isPlainObject(header)) return null;
    const { __metadata__: metadata = {}, ...entries } = header as Record<string, unknown>;
    const tensors = Object.entries(entries).map(([name, entry]): NamedArray => {
      const { dtype, shape, data_offsets: offsets } = entry as Entry;
      const size = shape.reduce((product, extent) => product * extent, 1);
      if (dtype !== 'F32' || offsets[1] - offsets[0] !== 4 * size) throw new RangeError(name);
      // A copy, which begins where floats may.
      const own = Uint8Array.from(bytes.subarray(8 + length + offsets[0], 8 + length + offsets[1]));
      return { name, shape, values: new Float32Array(own.buffer) };
    });
    return { tensors, metadata: metadata as WeightsFile['metadata'] };
  } catch {
    return null;
  }
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}
