import { KernelText } from '../../../src/engine/native/kernel-text';
import { stepped, wholeView, type Buffer } from '../../../src/engine/native/views';

const numbers = new Map<Buffer, number>();
const numberOf = (buffer: Buffer): number => {
  if (!numbers.has(buffer)) numbers.set(buffer, numbers.size);
  return numbers.get(buffer)!;
};
const textOf = () => new KernelText(numberOf, 8);
const buffer = (dtype: Buffer['dtype'] = 'float32'): Buffer => ({ dtype, size: 12, place: { kind: 'arena', offset: 0 } });

it('numbers addresses in the order in which they are first used', () => {
  const [a, b] = [buffer(), buffer('bool')];
  const later = stepped(wholeView(b, [12]), [5], [1], [4]);
  const text = textOf();
  expect([wholeView(a, [12]), later, wholeView(a, [3, 4])].map((view) => text.pointer(view))).toEqual([
    '((float *)p[0])', '((uint8_t *)p[1])', '((float *)p[0])',
  ]);
  expect(text.pointers).toEqual([{ buffer: a, offset: 0 }, { buffer: b, offset: 5 }]);
});

it('follows a buffer to the one it lies in', () => {
  const outer = buffer();
  const inner: Buffer = { ...buffer(), size: 4, within: { buffer: outer, offset: 8 } };
  const text = textOf();
  text.pointer(stepped(wholeView(inner, [4]), [1], [1], [3]));
  expect(text.pointers).toEqual([{ buffer: outer, offset: 4 * 9 }]);
});

it.each<[number, string[], (number | undefined)[]]>([
  [16, ['i < 16'], [undefined]],
  [5, ['i < 5'], [5]],
  [19, ['i < 16', 'i < 19'], [undefined, 3]],
])('passes through %d elements in whole vectors of 8 and a part', (extent, heads, parts) => {
  const text = textOf();
  const given: (number | undefined)[] = [];
  text.vectors(extent, (part) => {
    given.push(part);
    text.line('body;');
  });
  expect(given).toEqual(parts);
  expect(text.toString().match(/i < \d+/g)).toEqual(heads);
  expect(text.toString().match(/body;/g)).toHaveLength(parts.length);
});
