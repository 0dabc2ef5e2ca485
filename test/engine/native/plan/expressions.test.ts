import { expressionOf, isElementwise, literal } from '../../../../src/engine/native/plan/expressions';
import type { ElementType } from '../../../../src/engine/ir/graph';

it.each<[number, ElementType, string]>([
  [1, 'float32', '1.0f'],
  [-0, 'float32', '-0.0f'],
  [0.1, 'float32', '0.1f'],
  [1e-7, 'float32', '1e-7f'],
  [1e30, 'float32', '1e+30f'],
  [NaN, 'float32', '__builtin_nanf("")'],
  [-Infinity, 'float32', '-__builtin_inff()'],
  [7, 'int32', '7'],
  [-(2 ** 31), 'int32', '(-2147483647 - 1)'],
  [Infinity, 'int32', '2147483647'],
  [-Infinity, 'int32', '(-2147483647 - 1)'],
  [NaN, 'int32', '0'],
  [1, 'bool', '-1'],
  [0, 'bool', '0'],
])('%d as %s is %s', (number, dtype, expected) => {
  expect(literal(number, dtype)).toBe(expected);
});

const expression = (operator: string, types: ElementType[], result: ElementType, attributes = {}) =>
  expressionOf({ operator, attributes }, types, result);

it('the type of what is given chooses the function', () => {
  expect(expression('Max', ['float32', 'float32'], 'float32')!('a', 'b')).toBe('f_max(a, b)');
  expect(expression('Max', ['int32', 'int32'], 'int32')!('a', 'b')).toBe('i_max(a, b)');
  expect(expression('Div', ['int32', 'int32'], 'int32')!('a', 'b')).toBe('i_div(a, b)');
  expect(expression('Less', ['float32', 'float32'], 'bool')!('a', 'b')).toBe('(a < b)');
  expect(expression('Where', ['bool', 'float32', 'float32'], 'float32')!('c', 'a', 'b')).toBe('f_select(c, a, b)');
  expect(expression('Where', ['bool', 'int32', 'int32'], 'int32')!('c', 'a', 'b')).toBe('i_select(c, a, b)');
  expect(expression('LeakyRelu', ['float32'], 'float32', { alpha: { float: 0.5 } })!('x')).toBe(
    'f_select(x < 0, 0.5f * x, x)',
  );
});

it('casts convert, but for those between integers of the same storage', () => {
  expect(expression('Cast', ['float32'], 'int64')!('x')).toBe('i_from_f(x)');
  expect(expression('Cast', ['bool'], 'float32')!('x')).toBe('f_from_b(x)');
  expect(expression('Cast', ['int64'], 'int32')!('x')).toBe('x');
});

it('knows what is no loop, and has nothing for types that make no sense', () => {
  expect(['Add', 'Where', 'Cast', 'Identity', 'LeakyRelu'].every(isElementwise)).toBe(true);
  expect(['MatMul', 'ReduceSum', 'Softmax', 'Gather'].some(isElementwise)).toBe(false);
  expect(expression('Sin', ['int32'], 'int32')).toBeUndefined();
});
