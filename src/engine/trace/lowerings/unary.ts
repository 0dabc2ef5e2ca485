import type { ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import type { Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import type { Lowering, LoweringTable } from '../backend';

type Unary = Record<'x', Value>;
type Formula = (g: Operators, x: Value) => Value;

/** Works on the type it is given; booleans count as integers. */
const any =
  (formula: Formula): Lowering =>
  (g, { x }: Unary) =>
    x.dtype === 'bool' ? g.cast(formula(g, g.cast(x, 'int32')), 'bool') : formula(g, x);

/** Computes with floats; an integer argument gives an integer result (truncated), as TensorFlow.js has it. */
const real =
  (formula: Formula): Lowering =>
  (g, { x }: Unary) =>
    g.cast(formula(g, g.cast(x, 'float32')), x.dtype);

/** Computes with floats and always gives floats. */
const toFloat =
  (formula: Formula): Lowering =>
  (g, { x }: Unary) =>
    formula(g, g.cast(x, 'float32'));

/** A question about a float; integers are never infinite and never NaN. */
const ask =
  (formula: Formula): Lowering =>
  (g, { x }: Unary) =>
    formula(g, g.cast(x, 'float32'));

const operator =
  (name: string): Formula =>
  (g, x) =>
    g.elementwise(name, [x]);
const isNaN: Formula = (g, x) => g.elementwise('IsNaN', [x], { dtype: 'bool' });
const isInfinite: Formula = (g, x) => g.elementwise('IsInf', [x], { dtype: 'bool' });

/**
 * log(1 + x) loses all digits of a small x. For |x| < 1: log(1 + x) = 2 atanh(x / (2 + x)), which keeps them.
 */
const log1p: Formula = (g, x) => {
  const near = g.compare('Less', g.elementwise('Abs', [x]), g.scalar(1));
  const precise = g.multiply(g.scalar(2), g.elementwise('Atanh', [g.divide(x, g.add(x, g.scalar(2)))]));
  return g.where(near, precise, g.elementwise('Log', [g.add(x, g.scalar(1))]));
};

/**
 * max(x, 0) + log(1 + y) with y = exp(-|x|). What rounding takes from y in u = 1 + y is added again, so that no digits of
 * a small y are lost. The operator of that name computes element by element and takes ten times as long.
 */
const softplus: Formula = (g, x) => {
  const y = g.elementwise('Exp', [g.elementwise('Neg', [g.elementwise('Abs', [x])])]);
  const u = g.add(y, g.scalar(1));
  const lost = g.subtract(y, g.subtract(u, g.scalar(1)));
  return g.add(g.elementwise('Relu', [x]), g.add(g.elementwise('Log', [u]), lost));
};

/** exp(x) - 1 = tanh(x / 2) (exp(x) + 1), which keeps the digits of a small x; beyond 80 the 1 no longer counts. */
const expm1: Formula = (g, x) =>
  g.multiply(g.elementwise('Tanh', [g.multiply(x, g.scalar(0.5))]), g.add(g.elementwise('Exp', [x]), g.scalar(1)));

/** 1 where x > 0, alpha elsewhere; NaN stays NaN, except that it gives 0 for alpha = 0 (the gradient of relu), at half the cost. */
const step: Lowering = (g, { x }: Unary, { alpha }: StepAttrs) => {
  const positive = g.compare('Greater', x, g.scalar(0, x.dtype));
  if (alpha === 0) return g.cast(positive, x.dtype);
  const chosen = g.where(positive, g.scalar(1, x.dtype), g.scalar(alpha, x.dtype));
  return x.dtype === 'float32' ? g.where(isNaN(g, x), x, chosen) : chosen;
};

export const unaryLowerings: LoweringTable = {
  Abs: any(operator('Abs')),
  Acos: real(operator('Acos')),
  Acosh: real(operator('Acosh')),
  Asin: real(operator('Asin')),
  Asinh: real(operator('Asinh')),
  Atan: real(operator('Atan')),
  Atanh: real(operator('Atanh')),
  Ceil: real(operator('Ceil')),
  ClipByValue: (g, { x }: Unary, { clipValueMin, clipValueMax }: ClipByValueAttrs) =>
    g.elementwise('Min', [g.elementwise('Max', [x, g.scalar(clipValueMin, x.dtype)]), g.scalar(clipValueMax, x.dtype)]),
  Cos: real(operator('Cos')),
  Cosh: real(operator('Cosh')),
  Elu: real(operator('Elu')),
  /** dy where y >= 0, dy (y + 1) elsewhere */
  EluGrad: (g, { dy, y }: Record<'dy' | 'y', Value>) =>
    g.multiply(dy, g.add(g.elementwise('Min', [y, g.scalar(0)]), g.scalar(1))),
  Erf: real(operator('Erf')),
  Exp: toFloat(operator('Exp')),
  Expm1: real(expm1),
  Floor: real(operator('Floor')),
  IsFinite: ask((g, x) => g.elementwise('Not', [g.elementwise('Or', [isNaN(g, x), isInfinite(g, x)])])),
  IsInf: ask(isInfinite),
  IsNan: ask(isNaN),
  LeakyRelu: (g, { x }: Unary, { alpha }: LeakyReluAttrs) =>
    g.elementwise('LeakyRelu', [g.cast(x, 'float32')], { attributes: { alpha: { float: alpha } } }),
  Log: toFloat(operator('Log')),
  Log1p: real(log1p),
  Neg: any(operator('Neg')),
  Reciprocal: real(operator('Reciprocal')),
  Relu: any(operator('Relu')),
  Relu6: real((g, x) => g.elementwise('Min', [g.elementwise('Relu', [x]), g.scalar(6)])),
  Round: real(operator('Round')),
  Rsqrt: toFloat((g, x) => g.elementwise('Reciprocal', [g.elementwise('Sqrt', [x])])),
  Selu: real(operator('Selu')),
  Sigmoid: real(operator('Sigmoid')),
  Sign: any(operator('Sign')),
  Sin: real(operator('Sin')),
  Sinh: real(operator('Sinh')),
  Softplus: real(softplus),
  Sqrt: toFloat(operator('Sqrt')),
  Square: any((g, x) => g.multiply(x, x)),
  Step: step,
  Tan: real(operator('Tan')),
  Tanh: real(operator('Tanh')),
};
