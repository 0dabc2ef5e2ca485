import type { Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { arithmeticLowerings } from './arithmetic';
import { unaryLowerings } from './unary';

const kernelOf: Readonly<Record<string, string>> = { elu: 'Elu', relu: 'Relu', relu6: 'Relu6', sigmoid: 'Sigmoid' };

/** The activation that a fused kernel applies at the end (`linear` and none: nothing). */
export function activate(
  g: Operators,
  x: Value,
  activation?: string,
  preluWeights?: Value,
  leakyReluAlpha?: number,
): Value {
  if (!activation || activation === 'linear') return x;
  if (activation === 'prelu') return arithmeticLowerings.Prelu!(g, { x, alpha: preluWeights }, {}) as Value;
  if (activation === 'leakyrelu') return unaryLowerings.LeakyRelu!(g, { x }, { alpha: leakyReluAlpha }) as Value;
  return unaryLowerings[kernelOf[activation]!]!(g, { x }, {}) as Value;
}
