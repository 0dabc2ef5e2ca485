import { unzipSync } from 'fflate';
import { encodeNpy, encodeNpz } from '../../../src/run/store/npz';

/** As numpy.lib.format describes it. */
function readNpy(file: Uint8Array) {
  const bytes = Buffer.from(file);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, start);
  const [, type, order, shape] = /^\{'descr': '(.*)', 'fortran_order': (\w+), 'shape': \((.*)\), \} *\n$/.exec(header)!;
  const own = Uint8Array.from(bytes.subarray(start));
  return {
    magic: bytes.toString('latin1', 0, 8),
    start,
    type,
    order,
    shape: shape!
      .split(',')
      .filter((each) => each.trim())
      .map(Number),
    values: new Float32Array(own.buffer),
  };
}

it.each([[[]], [[3]], [[2, 3]], [[0, 2]]])('writes an array of shape %j as NumPy does', (shape) => {
  const values = Float32Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, (_, i) => i - 0.5);
  const { start, ...read } = readNpy(encodeNpy({ shape, values }));
  expect(read).toEqual({ magic: '\u0093NUMPY\u0001\u0000', type: '<f4', order: 'False', shape, values });
  expect(start % 64).toBe(0);
});

it('puts arrays into a zip file by name, the same bytes every time', () => {
  const tensors = ['0.kernel', 'bias'].map((name) => ({ name, shape: [1], values: Float32Array.of(name.length) }));
  const file = encodeNpz(tensors);
  expect(encodeNpz(tensors)).toEqual(file);
  const inside = unzipSync(file);
  expect(Object.keys(inside)).toEqual(['0.kernel.npy', 'bias.npy']);
  expect(readNpy(inside['0.kernel.npy']!).values).toEqual(Float32Array.of(8));
});
