import { KernelText } from '../../../../src/engine/native/emit/kernel-text';
import { stepped, wholeView, type Buffer } from '../../../../src/engine/native/plan/views';

const numbers = new Map<Buffer, number>();
const numberOf = (buffer: Buffer): number => {
  if (!numbers.has(buffer)) numbers.set(buffer, numbers.size);
  return numbers.get(buffer)!;
};
const textOf = () => new KernelText(numberOf, 8);
const buffer = (dtype: Buffer['dtype'] = 'float32'): Buffer => ({
  dtype,
  size: 12,
  place: { kind: 'arena', offset: 0 },
});

it('numbers addresses in the order in which they are first used', () => {
  const [a, b] = [buffer(), buffer('bool')];
  const later = stepped(wholeView(b, [12]), [5], [1], [4]);
  const text = textOf();
  expect([wholeView(a, [12]), later, wholeView(a, [3, 4])].map((view) => text.pointer(view))).toEqual([
    '((float *)p[0])',
    '((uint8_t *)p[1])',
    '((float *)p[0])',
  ]);
  expect(text.pointers).toEqual([
    { buffer: a, offset: 0 },
    { buffer: b, offset: 5 },
  ]);
});

it('follows a buffer to the one it lies in', () => {
  const outer = buffer();
  const inner: Buffer = { ...buffer(), size: 4, within: { buffer: outer, offset: 8 } };
  const text = textOf();
  text.pointer(stepped(wholeView(inner, [4]), [1], [1], [3]));
  expect(text.pointers).toEqual([{ buffer: outer, offset: 4 * 9 }]);
});

it('sizes are told when a kernel is called, and copied at its start', () => {
  const text = textOf();
  text.line(`for (long i = 0; i < ${text.size(5)}; i++) body(${text.list([7, 5])});`);
  expect(text.sizes).toEqual([5, 7, 5]); // equal by chance: another time they may differ
  expect(text.toString().split('\n')).toEqual([
    '  const long n0 = n[0], n1 = n[1], n2 = n[2];',
    '  for (long i = 0; i < n0; i++) body(n1, n2);',
  ]);
});

it('small extents are written down', () => {
  const text = textOf();
  expect([64, 65].map((size) => text.extent(size))).toEqual(['64', 'n0']);
  expect(text.sizes).toEqual([65]);
});

it.each<[number, string[], (number | undefined)[], number[]]>([
  [16, ['i = 0; i < 16'], [undefined], []],
  [5, ['i = 0;'], [5], []],
  [19, ['i = 0; i < 16', 'i = 16;'], [undefined, 3], []],
  [803, ['i = 0; i < n0', 'i = n0;'], [undefined, 3], [800]],
])('passes through %d elements in whole vectors of 8 and a part', (extent, heads, parts, sizes) => {
  const text = textOf();
  const given: (number | undefined)[] = [];
  text.vectors(extent, (part) => {
    given.push(part);
    text.line('body;');
  });
  expect(given).toEqual(parts);
  expect(text.sizes).toEqual(sizes);
  expect(text.toString().match(/i = \w+;( i < \w+)?/g)).toEqual(heads);
  expect(text.toString().match(/body;/g)).toHaveLength(parts.length);
});
