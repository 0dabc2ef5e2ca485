import fc from 'fast-check';
import { Packer, Unpacker } from '../../../src/run/store/packed-values';

const number = fc.oneof(fc.double(), fc.integer());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    number,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => !(key in Object.prototype)),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

test('what is put together is what was taken apart', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), (values) => {
      const packer = new Packer();
      const packed = values.map((each) => packer.pack(each));
      const shapes = JSON.parse(`[${packer.shapes.join()}]`) as unknown[];
      const unpacker = new Unpacker(shapes, Float64Array.from(packer.numbers));
      const plain = (each: unknown): unknown => structuredClone(each);
      expect(packed.map((each) => plain(unpacker.unpack(each)))).toEqual(values.map(withoutPrototypes));
    }),
  );
});

/** fast-check's dictionaries have none. */
function withoutPrototypes(each: unknown): unknown {
  if (Array.isArray(each)) return each.map(withoutPrototypes);
  if (typeof each !== 'object' || each === null) return each;
  return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, withoutPrototypes(inner)]));
}

test('values that differ in numbers alone share a shape', () => {
  const packer = new Packer();
  const [one, other, more] = [{ a: [1, 2] }, { a: [3, NaN] }, { a: [1] }].map((each) => packer.pack(each));
  expect([one!.shape, other!.shape, more!.shape]).toEqual([0, 0, 1]);
  expect(packer.numbers).toEqual([1, 2, 3, NaN, 1]);
});
