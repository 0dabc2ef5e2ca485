import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initializer } from '../../registry';
import { fanIn, zeros } from './initializers';
import type { Layer, ParameterScope } from './parameters';

/** How a linear map is built. */
export interface LinearOptions {
  readonly bias?: boolean;
  readonly initializer?: Initializer;
  readonly biasInitializer?: Initializer;
}

/** Applies a map on rows to every vector of a sequence: one large product instead of one per sequence. */
export function onRows(x: Tensor, map: (rows: Tensor) => Tensor): Tensor {
  if (x.rank === 2) return map(x);
  const leading = x.shape.slice(0, -1);
  const rows = map(tf.reshape(x, [-1, x.shape.at(-1)!]));
  return tf.reshape(rows, [...leading, rows.shape[1]!]);
}

/** y = x W + b; parameters `weight` [inputs, outputs] and, unless switched off, `bias` [outputs]. */
export function linear(
  scope: ParameterScope,
  inputs: number,
  outputs: number,
  { bias = true, initializer = fanIn(), biasInitializer = zeros }: LinearOptions = {},
): Layer {
  const weight = scope.declare('weight', [inputs, outputs], initializer);
  const offset = bias ? scope.declare('bias', [outputs], biasInitializer) : undefined;
  return (parameters, x) =>
    onRows(x, (rows) => {
      const product: Tensor = tf.matMul(rows, weight(parameters));
      return offset ? tf.add(product, offset(parameters)) : product;
    });
}
