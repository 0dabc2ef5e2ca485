import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from '../core/protocol';

/** Parameters and the two moments of AdamW, each one vector. */
export interface OptimiserState {
  readonly parameters: tf.Tensor1D;
  readonly firstMoment: tf.Tensor1D;
  readonly secondMoment: tf.Tensor1D;
}

/** gradient [count] scaled down to at most `clipNorm` in Euclidean norm; 0 means no clipping. */
export function clipByGlobalNorm(gradient: tf.Tensor1D, clipNorm: number): tf.Tensor1D {
  if (clipNorm === 0) return gradient;
  const norm = tf.sqrt(tf.sum(tf.square(gradient)));
  // g <- g * min(1, clip / |g|)
  return tf.mul(gradient, tf.minimum(1, tf.div(clipNorm, tf.add(norm, 1e-6))));
}

/** What a step of AdamW takes besides state and gradient. */
export interface StepSizes {
  readonly learningRate: tf.Scalar;
  /** 1 - beta1^t and 1 - beta2^t at step t. */
  readonly firstCorrection: tf.Scalar;
  readonly secondCorrection: tf.Scalar;
  /** [count], 1 where weight decay applies */
  readonly decayMask: tf.Tensor1D;
}

/** AdamW (Loshchilov and Hutter 2019, algorithm 2). gradient [count] */
export function adamW(
  state: OptimiserState,
  gradient: tf.Tensor1D,
  settings: Optimiser,
  { learningRate, firstCorrection, secondCorrection, decayMask }: StepSizes,
): OptimiserState {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  // m <- beta1 m + (1 - beta1) g,  v <- beta2 v + (1 - beta2) g^2
  const firstMoment = tf.add(tf.mul(state.firstMoment, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
  const secondMoment = tf.add(tf.mul(state.secondMoment, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
  // theta <- theta - lr (m' / (sqrt(v') + epsilon) + decay theta)
  const direction = tf.div(
    tf.div(firstMoment, firstCorrection),
    tf.add(tf.sqrt(tf.div(secondMoment, secondCorrection)), epsilon),
  );
  const decay = tf.mul(tf.mul(state.parameters, decayMask), weightDecay);
  const parameters = tf.sub(state.parameters, tf.mul(learningRate, tf.add(direction, decay))) as tf.Tensor1D;
  return { parameters, firstMoment, secondMoment };
}

/** Linear warm-up to the peak, then a cosine down to `finalShare` of it. `step` counts from 1 to `steps`. */
export function learningRateAt(step: number, steps: number, settings: Optimiser): number {
  const { learningRate, warmUpShare, finalShare } = settings;
  const warmUpSteps = Math.max(1, Math.round(steps * warmUpShare));
  if (step <= warmUpSteps) return (learningRate * step) / warmUpSteps;
  const progress = (step - warmUpSteps) / Math.max(1, steps - warmUpSteps);
  return learningRate * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
