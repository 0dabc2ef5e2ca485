import * as tf from '@tensorflow/tfjs';
import { linear } from './linear';
import type { Layer, ParameterScope } from './parameters';

/** relu(x W1 + b1) W2 + b2, on every token alone (Vaswani et al. 2017, equation 2). */
export function feedForward(scope: ParameterScope, width: number, hiddenWidth: number): Layer {
  const expand = linear(scope.child('expand'), width, hiddenWidth);
  const contract = linear(scope.child('contract'), hiddenWidth, width);
  return (parameters, x) => contract(parameters, tf.relu(expand(parameters, x)));
}
