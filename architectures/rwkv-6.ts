import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  chunkwiseGla,
  each,
  fromHeads,
  gatedUpdate,
  groupNorm,
  HeadHyperparameters,
  initializers,
  type Layer,
  linear,
  outer,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  silu,
  toHeads,
  vecMat,
} from './layers';
import { channelMixing, muInitializer, tokenShift } from './rwkv';

const { constant, fanIn, normal, perChannel, zeros } = initializers;

/** A low-rank map (lora), activation(x W_1) W_2 + b: a small correction of a learned constant b. */
export function lowRank(
  scope: ParameterScope,
  [inputs, rank, outputs]: readonly [number, number, number],
  activation: (x: Tensor) => Tensor,
  biasInitializer = zeros,
): Layer {
  const down = linear(scope.child('down'), inputs, rank, { bias: false, initializer: normal(0.01) });
  const up = linear(scope.child('up'), rank, outputs, { initializer: fanIn(0.1), biasInitializer });
  return (parameters: Parameters, x: Tensor) => up(parameters, activation(down(parameters, x)));
}

/** Its epsilon grows with the heads (64e-5 for the heads of 64 of the reference): what is read from a memory is not scaled. */
export const memoryNorm = (scope: ParameterScope, heads: number, headWidth: number) =>
  groupNorm(scope, heads, headWidth, { epsilon: 1e-5 * headWidth });

const uses = ['receptance', 'key', 'value', 'gate', 'decay'] as const;

/**
 * Finch (Peng et al. 2024, section 4). Token shift and decay depend on the data. Per head, p the previous token:
 *   ddlerp_c(x, p) = x + (p - x) (m_c + lora_c(x + (p - x) m))          for c in r, k, v, g, w
 *   w_t = exp(-exp(d_t)),  d_t = lora(ddlerp_w)
 *   o_t = r_t (S_{t-1} + diag(u) k_t^T v_t)
 *   S_t = diag(w_t) S_{t-1} + k_t^T v_t
 *   y_t = (silu(g_t) * norm(o_t)) W_o
 */
function timeMixing(scope: ParameterScope, width: number, heads: number, layer: number, layers: number): SequenceLayer {
  const headWidth = width / heads;
  const rank = Math.max(4, width >> 3);
  const depth = layer / layers;
  const shared = scope.declare('mix.shared', [width], muInitializer(depth));
  const loras = each(uses, (use) =>
    lowRank(scope.child(`mix.${use}`), [width, rank, width], tf.tanh, (rng, shape) =>
      muInitializer(depth)(rng, shape).map((m) => 1 - m),
    ),
  );
  const [receptance, key, value, gate] = each(['receptance', 'key', 'value', 'gate'], (use) =>
    linear(scope.child(use), width, width, { bias: false }),
  );
  const decay = lowRank(
    scope.child('decay'),
    [width, 2 * rank, width],
    tf.tanh,
    perChannel((channel, channels) => -6 + 5 * (channel / Math.max(1, channels - 1)) ** (0.7 + 1.3 * depth)),
  );
  const bonus = scope.declare('bonus', [heads, headWidth], constant(0.5), { weightDecay: false });
  const norm = memoryNorm(scope.child('headNorm'), heads, headWidth);
  const output = linear(scope.child('output'), width, width, { bias: false });
  return recurrence({
    window: { size: 1, width },
    inputs: (parameters, { x, earlier: [previous] }) => {
      const lerp = tokenShift(previous!, x);
      const rough = lerp(shared(parameters));
      const [r, k, v, g, w] = each(loras, (lora) => lerp(lora(parameters, rough)));
      const logDecay = tf.neg(tf.exp(decay(parameters, w)));
      const perHead = [receptance(parameters, r), key(parameters, k), value(parameters, v), logDecay] as const;
      return [...each(perHead, (part) => toHeads(part, heads)), silu(gate(parameters, g))];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (parameters, { memory }, [r, k, v, logDecay, g]) => {
      const present = outer(tf.mul(bonus(parameters), k), v);
      const mixed = norm(parameters, vecMat(r, tf.add(memory, present)));
      const next = gatedUpdate(memory, tf.exp(logDecay), k, v);
      return { state: { memory: next }, output: tf.mul(fromHeads(mixed, g), g) };
    },
    parallel: (parameters, [r, k, v, logDecay, g]) => {
      const past = chunkwiseGla({ query: r, key: k, value: v, logDecay, readsOwn: false });
      const present = tf.mul(tf.sum(tf.mul(tf.mul(r, bonus(parameters)), k), -1, true), v);
      return tf.mul(fromHeads(norm(parameters, tf.add(past, present)), g), g);
    },
    output: (parameters, y) => output(parameters, y),
  });
}

@architecture({
  id: 'rwkv-6',
  version: 2,
  title: 'RWKV-6',
  year: 2024,
  summary: 'RWKV with a matrix as its state, and decays and token blends that depend on the data.',
  reference: {
    authors: 'Peng et al. 2024',
    title: 'Eagle and Finch: RWKV with Matrix-Valued States and Dynamic Recurrence',
    identifier: '2404.05892',
    place: 'section 4',
  },
  capabilities: { causal: true },
  theory: { counts: true },
  hyperparameters: HeadHyperparameters,
})
export class Rwkv6 implements Architecture<HeadHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: HeadHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        timeMixing: (scope, layer) => timeMixing(scope, width, heads, layer, layers),
        channelMixing: (scope, layer) => channelMixing(scope, width, feedForwardFactor * width, layer / layers),
      },
    );
  }
}
