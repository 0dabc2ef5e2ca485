import fc from 'fast-check';
import { initializers } from '../../../architectures/layers';
import { createRng } from '../../../src/core/random';

const { blocks, constant, fanIn, normal, orthogonal, perChannel, truncatedNormal, uniform } = initializers;
const draw = (initializer: typeof constant extends (value: number) => infer I ? I : never, shape: number[]) =>
  Array.from(initializer(createRng('initializers'), shape));
const deviation = (values: number[]) => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
};

it('fills any shape', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), (shape) => {
      expect(draw(constant(3), shape)).toEqual(Array(shape.reduce((a, b) => a * b, 1)).fill(3));
    }),
    { seed: 1 },
  );
});

it('draws with the stated spread', () => {
  expect(deviation(draw(normal(2), [100, 100]))).toBeCloseTo(2, 1);
  expect(deviation(draw(fanIn(), [400, 50]))).toBeCloseTo(1 / 20, 2);
  const cut = draw(truncatedNormal(0.5), [100, 100]);
  expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual(1);
  const even = draw(uniform(-3, 1), [100, 100]);
  expect(Math.min(...even)).toBeGreaterThanOrEqual(-3);
  expect(Math.max(...even)).toBeLessThan(1);
  expect(deviation(even)).toBeCloseTo(4 / Math.sqrt(12), 1);
});

it.each([
  [4, 4],
  [3, 6],
  [6, 3],
])('makes %d x %d matrices with orthonormal rows or columns', (rows, columns) => {
  const values = draw(orthogonal(2), [rows, columns]);
  const entry = (row: number, column: number) => values[row * columns + column]!;
  const tall = rows > columns;
  const [count, length] = tall ? [columns, rows] : [rows, columns];
  const vector = (i: number) => Array.from({ length }, (_, j) => (tall ? entry(j, i) : entry(i, j)));
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const product = vector(i).reduce((sum, x, k) => sum + x * vector(j)[k]!, 0);
      expect(product).toBeCloseTo(i === j ? 4 : 0, 5);
    }
  }
});

it('follows schedules over the last dimension', () => {
  expect(
    draw(
      perChannel((channel, channels) => channel / channels),
      [2, 4],
    ),
  ).toEqual([0, 0.25, 0.5, 0.75, 0, 0.25, 0.5, 0.75]);
  expect(draw(blocks([1, constant(1)], [2, constant(2)]), [2, 3])).toEqual([1, 2, 2, 1, 2, 2]);
});
