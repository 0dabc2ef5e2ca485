import * as tf from '@tensorflow/tfjs-core';
import { silu } from './activations';
import { linear } from './linear';
import type { Layer, ParameterScope } from './parameters';

/** relu(x W1 + b1) W2 + b2, on every token alone (Vaswani et al. 2017, equation 2). */
export function feedForward(scope: ParameterScope, width: number, hiddenWidth: number): Layer {
  const expand = linear(scope.child('expand'), width, hiddenWidth);
  const contract = linear(scope.child('contract'), hiddenWidth, width);
  return (parameters, x) => contract(parameters, tf.relu(expand(parameters, x)));
}

/** (silu(x W1) * x W2) W3 without biases, on every token alone (Shazeer 2020, SwiGLU). */
export function gatedFeedForward(scope: ParameterScope, width: number, hiddenWidth: number): Layer {
  const [gate, expand] = ['gate', 'expand'].map((name) =>
    linear(scope.child(name), width, hiddenWidth, { bias: false }),
  );
  const contract = linear(scope.child('contract'), hiddenWidth, width, { bias: false });
  return (parameters, x) => contract(parameters, tf.mul(silu(gate!(parameters, x)), expand!(parameters, x)));
}
