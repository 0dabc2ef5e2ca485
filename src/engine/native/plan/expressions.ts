import type { ElementType, Node } from '../../ir/graph';

type Formula = (...inputs: string[]) => string;
type ByType = Partial<Record<ElementType, Formula>>;

const call =
  (name: string): Formula =>
  (...inputs) =>
    `${name}(${inputs.join(', ')})`;
const infix =
  (operator: string): Formula =>
  (a, b) =>
    `(${a} ${operator} ${b})`;
const numbers = (name: string): ByType => ({ float32: call(`f_${name}`), int32: call(`i_${name}`) });
const arithmetic = (operator: string): ByType => ({ float32: infix(operator), int32: infix(operator) });
const real = (name: string): ByType => ({ float32: call(`f_${name}`) });
const logical = (formula: Formula): ByType => ({ bool: formula, int32: formula });

const casts: Readonly<Record<string, Formula>> = {
  'float32 int32': call('i_from_f'),
  'float32 bool': call('b_from_f'),
  'int32 float32': call('f_from_i'),
  'int32 bool': call('b_from_i'),
  'bool float32': call('f_from_b'),
  'bool int32': call('i_from_b'),
};

const reals = [
  'Acos',
  'Acosh',
  'Asin',
  'Asinh',
  'Atan',
  'Atanh',
  'Ceil',
  'Cos',
  'Cosh',
  'Erf',
  'Exp',
  'Floor',
  'Log',
  'Reciprocal',
  'Round',
  'Sigmoid',
  'Sin',
  'Sinh',
  'Sqrt',
  'Tan',
  'Tanh',
];

/** C for each elementwise operator, by the type of its first input that is not a condition. */
const formulas: Readonly<Record<string, ByType>> = {
  ...Object.fromEntries(reals.map((name) => [name, real(name.toLowerCase())])),
  Abs: numbers('abs'),
  Add: arithmetic('+'),
  And: logical(infix('&')),
  BitwiseAnd: { int32: infix('&') },
  Div: { float32: infix('/'), int32: call('i_div') },
  Elu: { float32: (x) => `f_select(${x} > 0, ${x}, f_exp(${x}) - 1)` },
  Equal: arithmetic('=='),
  Greater: arithmetic('>'),
  GreaterOrEqual: arithmetic('>='),
  IsInf: real('is_inf'),
  IsNaN: real('is_nan'),
  Less: arithmetic('<'),
  LessOrEqual: arithmetic('<='),
  Max: numbers('max'),
  Min: numbers('min'),
  Mod: { float32: call('f_fmod'), int32: call('i_mod') },
  Mul: arithmetic('*'),
  Neg: { float32: call('f_neg'), int32: (x) => `(-${x})` },
  Not: { bool: (x) => `(~${x})` },
  Or: logical(infix('|')),
  Pow: numbers('pow'),
  Relu: { float32: call('f_relu'), int32: (x) => `i_max(${x}, i_splat(0))` },
  Selu: { float32: (x) => `f_select(${x} > 0, 1.05070102f * ${x}, 1.75809932f * (f_exp(${x}) - 1))` },
  Sign: numbers('sign'),
  Sub: arithmetic('-'),
};

/** C of an elementwise operator on vectors, if it is one. */
export function expressionOf(
  { operator, attributes }: Pick<Node, 'operator' | 'attributes'>,
  types: readonly ElementType[],
  result: ElementType,
): Formula | undefined {
  const [first] = types.map((type) => (type === 'int64' ? 'int32' : type));
  if (operator === 'Identity') return (x) => x!;
  if (operator === 'Cast') return casts[`${first} ${result === 'int64' ? 'int32' : result}`] ?? ((x) => x!);
  if (operator === 'Where') return call(result === 'float32' ? 'f_select' : 'i_select');
  if (operator === 'LeakyRelu') {
    const { float: alpha } = attributes.alpha as { float: number };
    return (x) => `f_select(${x} < 0, ${literal(alpha)} * ${x}, ${x})`;
  }
  return formulas[operator]?.[first as ElementType];
}

export const isElementwise = (operator: string): boolean =>
  operator in formulas || ['Identity', 'Cast', 'Where', 'LeakyRelu'].includes(operator);

/** A number as C writes it; floats are rounded to 32 bits already or are rounded by the compiler. */
export function literal(number: number, dtype: ElementType = 'float32'): string {
  if (dtype === 'bool') return number ? '-1' : '0'; // a mask
  if (dtype !== 'float32') {
    const integer = Math.trunc(Math.min(number, 2 ** 31 - 1)) || 0;
    return integer <= -(2 ** 31) ? '(-2147483647 - 1)' : String(integer); // C reads a sign apart from its number
  }
  if (Number.isNaN(number)) return '__builtin_nanf("")';
  if (!Number.isFinite(number)) return number > 0 ? '__builtin_inff()' : '-__builtin_inff()';
  const text = Object.is(number, -0) ? '-0' : String(number);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
}
