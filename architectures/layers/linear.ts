import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Initializer } from '../../registry';
import { fanIn, zeros } from './initializers';
import type { Layer, ParameterScope } from './parameters';

export interface LinearOptions {
  readonly bias?: boolean;
  readonly initializer?: Initializer;
  readonly biasInitializer?: Initializer;
}

/** Applies a map on rows to every vector of a sequence: one large product instead of one per sequence. */
export function onRows<T extends tf.Tensor>(x: T, map: (rows: Tensor2D) => Tensor2D): T {
  if (x.rank === 2) return map(x as tf.Tensor as Tensor2D) as tf.Tensor as T;
  const leading = x.shape.slice(0, -1);
  const rows = map(tf.reshape(x, [-1, x.shape.at(-1)!]) as Tensor2D);
  return tf.reshape(rows, [...leading, rows.shape[1]]) as tf.Tensor as T;
}

/** y = x W + b; parameters `weight` [inputs, outputs] and, unless switched off, `bias` [outputs]. */
export function linear(
  scope: ParameterScope,
  inputs: number,
  outputs: number,
  { bias = true, initializer = fanIn(), biasInitializer = zeros }: LinearOptions = {},
): Layer {
  const weight = scope.declare<Tensor2D>('weight', [inputs, outputs], initializer);
  const offset = bias ? scope.declare('bias', [outputs], biasInitializer) : undefined;
  return (parameters, x) =>
    onRows(x, (rows) => {
      const product: Tensor2D = tf.matMul(rows, weight(parameters));
      return offset ? tf.add(product, offset(parameters)) : product;
    });
}
