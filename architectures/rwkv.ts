import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  each,
  initializers,
  linear,
  onRows,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  sigmoidTimes,
  squaredRelu,
  WideningHyperparameters,
  windowed,
  wkv,
} from './layers';

/**
 * Keys are held within +-30 before they are exponentiated (the reference holds them below 60): float32 cannot add weights
 * that are e^60 apart anyway, and sums stay finite.
 */
const largestKey = 30;
const holdKey = (key: Tensor): Tensor => tf.clipByValue(key, -largestKey, largestKey);

/** Token shift, mu * x_t + (1 - mu) * x_{t-1}, as a function of mu, one number per channel. */
export function tokenShift(x: Tensor, previous: Tensor): (mu: Tensor) => Tensor {
  const change = tf.sub(x, previous);
  return (mu) => tf.add(previous, tf.mul(change, mu));
}

/**
 * mu, the share of the current token: almost 0 in the first channels and 1 in the last, larger in later layers and where
 * `exponent` is smaller.
 */
export const muInitializer = (ratioOfLayers: number, exponent = 1) =>
  initializers.perChannel((channel, channels) => (channel / channels) ** (exponent * (1 - ratioOfLayers)));

type WkvState = Record<'numerator' | 'denominator' | 'largest', Tensor>;

/**
 * `wkv` one token at a time (appendix D), with numerator a and denominator b kept divided by e^p, where p is the largest
 * exponent so far. Weights are relative to q:
 *   q = max(p, u + k_t),  wkv_t = (e^{p-q} a + e^{u+k_t-q} v_t) / (e^{p-q} b + e^{u+k_t-q})
 *   q = max(p - w, k_t),  a := e^{p-w-q} a + e^{k_t-q} v_t,  b := e^{p-w-q} b + e^{k_t-q},  p := q
 */
function wkvStep({ numerator: a, denominator: b, largest: p }: WkvState, k: Tensor, v: Tensor, w: Tensor, u: Tensor) {
  const combine = (past: Tensor, present: Tensor): WkvState => {
    const q = tf.maximum(past, present);
    const [ofPast, ofPresent] = [tf.exp(tf.sub(past, q)), tf.exp(tf.sub(present, q))];
    return {
      numerator: tf.add(tf.mul(ofPast, a), tf.mul(ofPresent, v)),
      denominator: tf.add(tf.mul(ofPast, b), ofPresent),
      largest: q,
    };
  };
  const { numerator, denominator } = combine(p, tf.add(k, u));
  return { mean: tf.div(numerator, denominator), next: combine(tf.sub(p, w), k) };
}

/**
 * Time mixing, the attention of RWKV-4 (Peng et al. 2023, equations 11 to 13, 16 and 17):
 *   r_t = (mu_r * x_t + (1 - mu_r) * x_{t-1}) W_r,  and so k_t and v_t
 *   wkv_t = (sum_{s<t} e^{-(t-1-s) w + k_s} v_s + e^{u + k_t} v_t) / (sum_{s<t} e^{-(t-1-s) w + k_s} + e^{u + k_t})
 *   o_t = (sigmoid(r_t) * wkv_t) W_o
 * w > 0 and u are learned numbers per channel.
 */
function timeMixing(scope: ParameterScope, width: number, layer: number, layers: number): SequenceLayer {
  const uses = each(['key', 'value', 'receptance'], (name) => ({
    mu: scope.declare(`mix.${name}`, [width], muInitializer(layer / layers)),
    map: linear(scope.child(name), width, width, { bias: false }),
  }));
  const output = linear(scope.child('output'), width, width, { bias: false });
  // w = e^decay runs from slow to fast over the channels, so that some forget at once and some hardly ever.
  const spread = 0.7 + 1.3 * (layer / Math.max(1, layers - 1));
  const logW = scope.declare(
    'decay',
    [width],
    initializers.perChannel((channel, channels) => -5 + 8 * (channel / Math.max(1, channels - 1)) ** spread),
  );
  const w = (parameters: Parameters) => tf.exp(logW(parameters));
  const u = scope.declare(
    'bonus',
    [width],
    initializers.perChannel((channel) => Math.log(0.3) + 0.5 * (((channel + 1) % 3) - 1)),
  );
  return recurrence({
    window: { size: 1, width },
    inputs: (parameters, { x, earlier: [previous] }) => {
      const shifted = tokenShift(x, previous!);
      const [k, v, r] = each(uses, ({ mu, map }) => map(parameters, shifted(mu(parameters))));
      return [holdKey(k), v, r];
    },
    initialState: (batch): WkvState => ({
      numerator: tf.zeros([batch, width]),
      denominator: tf.zeros([batch, width]),
      largest: tf.fill([batch, width], -1e30),
    }),
    update: (parameters, state, [k, v, r]) => {
      const { mean, next } = wkvStep(state, k, v, w(parameters), u(parameters));
      return { state: next, output: sigmoidTimes(r, mean) };
    },
    parallel: (parameters, [k, v, r]) => sigmoidTimes(r, wkv(k, v, w(parameters), u(parameters))),
    output: (parameters, mixed) => output(parameters, mixed),
  });
}

/**
 * Channel mixing (equations 14, 15 and 18), with r and k from shifted tokens:
 *   o_t = sigmoid(r_t) * (relu(k_t)^2 W_v)
 */
export function channelMixing(scope: ParameterScope, width: number, hiddenWidth: number, ratio: number): SequenceLayer {
  const muKey = scope.declare('mix.key', [width], muInitializer(ratio));
  const muReceptance = scope.declare('mix.receptance', [width], muInitializer(ratio));
  const key = linear(scope.child('key'), width, hiddenWidth, { bias: false });
  const receptance = linear(scope.child('receptance'), width, width, { bias: false });
  const value = linear(scope.child('value'), hiddenWidth, width, { bias: false });
  return windowed({ size: 1, width }, (parameters, x, [previous]) => {
    const shifted = tokenShift(x, previous!);
    const hidden = onRows(shifted(muKey(parameters)), (rows) => value(parameters, squaredRelu(key(parameters, rows))));
    return sigmoidTimes(receptance(parameters, shifted(muReceptance(parameters))), hidden);
  });
}

const meta = {
  id: 'rwkv',
  version: 1,
  title: 'RWKV-4',
  year: 2023,
  summary: 'Weighted means of the past with one learned decay per channel, mixed with the previous token.',
  reference: {
    authors: 'Peng et al. 2023',
    title: 'RWKV: Reinventing RNNs for the Transformer Era',
    identifier: '2305.13048',
  },
  capabilities: { causal: true },
  // The decay is the same for every token: what depends on it keeps exponentials small, and cancels.
  theory: { counts: true, transition: 'fixed' },
  hyperparameters: WideningHyperparameters,
} satisfies ArchitectureMeta<WideningHyperparameters>;

@architecture(meta)
export class Rwkv implements Architecture<WideningHyperparameters> {
  build({ layers, width, feedForwardFactor }: WideningHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        timeMixing: (scope, layer) => timeMixing(scope, width, layer, layers),
        channelMixing: (scope, layer) => channelMixing(scope, width, feedForwardFactor * width, layer / layers),
      },
    );
  }
}

/** The same row under the name that tells it from its successors. */
@architecture({ ...meta, id: 'rwkv-4', variantOf: 'rwkv' })
export class Rwkv4 extends Rwkv {}
