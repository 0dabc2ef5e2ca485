import fc from 'fast-check';
import { decodeSafetensors, encodeSafetensors } from '../../../src/run/store/safetensors';

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const tensors = fc.uniqueArray(
  fc
    .tuple(
      fc.string({ minLength: 1 }).filter((name) => name !== '__metadata__' && name !== '__proto__'),
      shapes,
    )
    .chain(([name, shape]) => {
      const length = shape.reduce((size, extent) => size * extent, 1);
      const values = fc.float32Array({ minLength: length, maxLength: length });
      return fc.record({ name: fc.constant(name), shape: fc.constant(shape), values });
    }),
  { selector: ({ name }) => name, maxLength: 5 },
);

it('brings names, shapes, numbers and metadata back, whatever they are', () => {
  fc.assert(
    fc.property(
      tensors,
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.string(),
      ),
      (given, metadata) => {
        const back = decodeSafetensors(encodeSafetensors({ tensors: given, metadata }))!;
        const named = (list: typeof given) => new Map(list.map(({ name, shape, values }) => [name, { shape, values }]));
        expect(named(back.tensors as typeof given)).toEqual(named(given));
        expect({ ...back.metadata }).toEqual({ ...metadata });
      },
    ),
  );
});

it('is laid out as the format says: length, header, then numbers from a multiple of eight bytes on', () => {
  const file = Buffer.from(
    encodeSafetensors({ tensors: [{ name: 'w', shape: [2], values: Float32Array.of(1, -2) }], metadata: { key: 'k' } }),
  );
  const length = Number(file.readBigUInt64LE());
  expect(length % 8).toBe(0);
  expect(JSON.parse(file.toString('utf8', 8, 8 + length))).toEqual({
    __metadata__: { key: 'k' },
    w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
  });
  expect([file.readFloatLE(8 + length), file.readFloatLE(12 + length), file.length]).toEqual([1, -2, 16 + length]);
});

it('takes nothing for weights that is none', () => {
  const whole = encodeSafetensors({ tensors: [{ name: 'w', shape: [2], values: new Float32Array(2) }], metadata: {} });
  for (const wrong of [
    new Uint8Array(0),
    whole.slice(0, 20),
    Uint8Array.from(whole, (byte, at) => (at === 9 ? 0 : byte)),
  ])
    expect(decodeSafetensors(wrong)).toBeNull();
  const halves = Buffer.from(whole).toString('latin1').replace('F32', 'F16');
  expect(decodeSafetensors(new Uint8Array(Buffer.from(halves, 'latin1')))).toBeNull();
});
