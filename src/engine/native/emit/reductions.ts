import type { ElementType } from '../../ir/graph';
import { literal } from '../plan/expressions';

/** How rows, and what is added up in memory, are reduced. */
export const reductions: Readonly<
  Record<string, { neutral: number; combine: (letter: string, a: string, b: string) => string; across: string }>
> = {
  ReduceSum: { neutral: 0, combine: (_, a, b) => `${a} + ${b}`, across: 'sum' },
  ReduceMean: { neutral: 0, combine: (_, a, b) => `${a} + ${b}`, across: 'sum' },
  ReduceMax: { neutral: -Infinity, combine: (letter, a, b) => `${letter}_max(${a}, ${b})`, across: 'maximum' },
  ReduceMin: { neutral: Infinity, combine: (letter, a, b) => `${letter}_min(${a}, ${b})`, across: 'minimum' },
  ReduceProd: { neutral: 1, combine: (_, a, b) => `${a} * ${b}`, across: 'product' },
};
const limits: Readonly<Record<string, number>> = { [`${-Infinity}`]: -(2 ** 31), [`${Infinity}`]: 2 ** 31 - 1 };

/** What a reduction starts from, in C. */
export const neutralOf = (operator: string, dtype: ElementType): string => {
  const { neutral } = reductions[operator]!;
  return literal(dtype === 'float32' ? neutral : (limits[`${neutral}`] ?? neutral), dtype);
};

/** With which the names of functions of `vector.h` begin. */
export const letterOf = (dtype: ElementType): string => (dtype === 'float32' ? 'f' : dtype === 'bool' ? 'b' : 'i');
/** Its type of vectors. */
export const vectorOf = (dtype: ElementType): string => (dtype === 'float32' ? 'F' : 'I');
/** A vector of one element everywhere. */
export const splat = (expression: string, dtype: ElementType): string =>
  dtype === 'float32'
    ? `f_splat(${expression})`
    : `i_splat(${dtype === 'bool' ? `-(int32_t)(${expression})` : expression})`;
