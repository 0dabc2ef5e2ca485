import { zipSync } from 'fflate';
import type { NamedArray } from '../../core/contracts/study';

/** The first day that zip files know: equal weights are equal bytes. */
const noTime = new Date(1980, 0, 1);
/** Data of an array begin at a multiple of so many bytes. */
const alignment = 64;

/**
 * One array as NumPy writes it (numpy.lib.format, version 1.0): a magic word, the length of the header, the header as a Python
 * dictionary filled up with spaces and a newline, then the numbers.
 */
export function encodeNpy({ shape, values }: Pick<NamedArray, 'shape' | 'values'>): Uint8Array {
  const extents = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${extents}, }`;
  const before = 10;
  const size = Math.ceil((before + text.length + 1) / alignment) * alignment - before;
  const head = Buffer.alloc(before);
  head.write('\u0093NUMPY\u0001\u0000', 'latin1');
  head.writeUInt16LE(size, 8);
  const header = `${text.padEnd(size - 1)}\n`;
  const data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return new Uint8Array(Buffer.concat([head, Buffer.from(header, 'latin1'), data]));
}

/** Arrays by name in a zip file without compression, as `numpy.savez` writes them. */
export function encodeNpz(tensors: readonly NamedArray[]): Uint8Array {
  const files = tensors.map((tensor) => [`${tensor.name}.npy`, encodeNpy(tensor)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: noTime });
}
