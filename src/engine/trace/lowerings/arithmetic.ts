import type { Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import type { Lowering, LoweringTable } from '../backend';

type Binary = Record<'a' | 'b', Value>;
type Formula = (g: Operators, a: Value, b: Value) => Value;

/** ONNX has no arithmetic on booleans: TensorFlow.js computes with 0 and 1 and keeps the low byte, which is seldom meant. */
const binary =
  (formula: Formula): Lowering =>
  (g, { a, b }: Binary) =>
    a.dtype === 'bool' ? g.cast(formula(g, g.cast(a, 'int32'), g.cast(b, 'int32')), 'bool') : formula(g, a, b);

const operator = (name: string): Lowering => binary((g, a, b) => g.elementwise(name, [a, b]));

/** floor(a / b) of integers, from a division that rounds towards zero: one less where signs differ and something is left. */
function floorDivideIntegers(g: Operators, a: Value, b: Value): Value {
  const zero = g.scalar(0, 'int32');
  const quotient = g.divide(a, b);
  const remainder = g.subtract(a, g.multiply(quotient, b));
  const signsDiffer = g.compare('Less', g.multiply(remainder, b), zero);
  return g.subtract(quotient, g.cast(signsDiffer, 'int32'));
}

/** Remainder with the sign of the divisor. */
const floorModulo: Formula = (g, a, b) => {
  if (a.dtype === 'int32') return g.elementwise('Mod', [a, b]);
  const remainder = g.elementwise('Mod', [a, b], { attributes: { fmod: 1 } }); // sign of a
  const signsDiffer = g.compare('Less', g.multiply(remainder, b), g.scalar(0));
  return g.where(signsDiffer, g.add(remainder, b), remainder);
};

/** Angle of the point (x = b, y = a), in (-pi, pi]. */
const arcTangent2: Formula = (g, y, x) => {
  const zero = g.scalar(0);
  const half = g.elementwise('Atan', [g.divide(y, x)]);
  const left = g.compare('Less', x, zero);
  const below = g.compare('Less', y, zero);
  const turned = g.where(below, g.subtract(half, g.scalar(Math.PI)), g.add(half, g.scalar(Math.PI)));
  const angle = g.where(left, turned, half);
  const isOrigin = g.elementwise('And', [g.compare('Equal', x, zero), g.compare('Equal', y, zero)]);
  return g.where(isOrigin, zero, angle);
};

export const arithmeticLowerings: LoweringTable = {
  Add: operator('Add'),
  AddN: (g, parts: Record<string, Value>) => Object.values(parts).reduce((sum, part) => g.add(sum, part)),
  Atan2: binary(arcTangent2),
  FloorDiv: binary((g, a, b) =>
    a.dtype === 'int32' ? floorDivideIntegers(g, a, b) : g.cast(g.elementwise('Floor', [g.divide(a, b)]), 'int32'),
  ),
  Maximum: operator('Max'),
  Minimum: operator('Min'),
  Mod: binary(floorModulo),
  Multiply: operator('Mul'),
  Pow: operator('Pow'),
  Prelu: (g, { x, alpha }: Record<'x' | 'alpha', Value>) =>
    g.where(g.compare('Less', x, g.scalar(0)), g.multiply(x, alpha), x),
  RealDiv: operator('Div'),
  SquaredDifference: binary((g, a, b) => {
    const difference = g.subtract(a, b);
    return g.multiply(difference, difference);
  }),
  Sub: operator('Sub'),
};
