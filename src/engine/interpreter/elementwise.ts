import type { Attributes, ElementType } from '../ir/graph';

type Formula = (a: number, b: number, c: number) => number | boolean;

/** The sum of the positive terms of erf(x) = 2 / sqrt(pi) exp(-x^2) sum_n 2^n x^(2n+1) / (2n+1)!!; beyond 6 it is 1. */
function erf(x: number): number {
  if (!(Math.abs(x) < 6)) return Number.isNaN(x) ? x : Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** Halves go to the even neighbour. */
function roundToEven(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x % 1) === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

const elu = (x: number, alpha: number): number => (x < 0 ? alpha * Math.expm1(x) : x);
const selu = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };
const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;

const formulas: Readonly<Record<string, Formula>> = {
  Abs: Math.abs,
  Acos: Math.acos,
  Acosh: Math.acosh,
  Add: (a, b) => a + b,
  And: (a, b) => a && b,
  Asin: Math.asin,
  Asinh: Math.asinh,
  Atan: Math.atan,
  Atanh: Math.atanh,
  BitwiseAnd: (a, b) => a & b,
  Ceil: Math.ceil,
  Cos: Math.cos,
  Cosh: Math.cosh,
  Div: (a, b) => a / b,
  Equal: (a, b) => a === b,
  Erf: erf,
  Exp: Math.exp,
  Floor: Math.floor,
  Greater: (a, b) => a > b,
  GreaterOrEqual: (a, b) => a >= b,
  Identity: (x) => x,
  IsInf: isInfinite,
  IsNaN: Number.isNaN,
  Less: (a, b) => a < b,
  LessOrEqual: (a, b) => a <= b,
  Log: Math.log,
  Max: (a, b) => Math.max(a, b),
  Min: (a, b) => Math.min(a, b),
  Mul: (a, b) => a * b,
  Neg: (x) => -x,
  Not: (x) => !x,
  Or: (a, b) => a || b,
  Pow: Math.pow,
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(x, 0),
  Round: roundToEven,
  Selu: (x) => selu.gamma * elu(x, selu.alpha),
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Sign: Math.sign,
  Sin: Math.sin,
  Sinh: Math.sinh,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Sqrt: Math.sqrt,
  Sub: (a, b) => a - b,
  Tan: Math.tan,
  Tanh: Math.tanh,
  Where: (condition, then, otherwise) => (condition ? then : otherwise),
};

/** What stands for a floating-point number among attributes. */
const floatOf = (attributes: Attributes, name: string, usual: number): number =>
  (attributes[name] as { float: number } | undefined)?.float ?? usual;

/** Operators whose formula depends on their attributes or on the type of their result. */
const special: Readonly<Record<string, (attributes: Attributes, to: ElementType, from: ElementType) => Formula>> = {
  Cast: (_, to, from) => {
    if (to === 'bool') return (x) => x !== 0;
    return to === 'int64' && from === 'float32' ? Math.trunc : (x) => x;
  },
  Div: (_, to) => (to === 'float32' ? (a, b) => a / b : (a, b) => Math.trunc(a / b)),
  Elu: (attributes) => {
    const alpha = floatOf(attributes, 'alpha', 1);
    return (x) => elu(x, alpha);
  },
  LeakyRelu: (attributes) => {
    const alpha = floatOf(attributes, 'alpha', 0.01);
    return (x) => (x < 0 ? alpha * x : x);
  },
  /** Remainder with the sign of the dividend, or of the divisor. */
  Mod: ({ fmod }) => (fmod === 1 ? (a, b) => a % b : (a, b) => (((a % b) + b) % b) + 0),
  Mul: (_, to) => (to === 'int32' ? Math.imul : (a, b) => a * b),
  Pow: (_, to) => (to === 'float32' ? Math.pow : (a, b) => Math.trunc(a ** b)),
};

/** What an operator makes of one element of each input, if it works on each element apart. */
export const formulaOf = (
  operator: string,
  attributes: Attributes,
  to: ElementType,
  from: ElementType,
): Formula | undefined => special[operator]?.(attributes, to, from) ?? formulas[operator];
