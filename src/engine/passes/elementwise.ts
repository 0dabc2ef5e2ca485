/** Operators that work on each element apart and broadcast their inputs. */
export const elementwiseOperators: ReadonlySet<string> = new Set([
  'Abs', 'Acos', 'Acosh', 'Add', 'And', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Cast', 'Ceil', 'Cos', 'Cosh', 'Div', 'Elu',
  'Equal', 'Erf', 'Exp', 'Floor', 'Greater', 'GreaterOrEqual', 'LeakyRelu', 'Less', 'LessOrEqual', 'Log', 'Max', 'Min',
  'Mod', 'Mul', 'Neg', 'Not', 'Or', 'Pow', 'Reciprocal', 'Relu', 'Round', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh',
  'Softplus', 'Sqrt', 'Sub', 'Tan', 'Tanh', 'Where',
]);
