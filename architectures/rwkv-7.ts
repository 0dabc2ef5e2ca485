import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  chunkedReplacement,
  fromHeads,
  HeadHyperparameters,
  initializers,
  linear,
  onRows,
  outer,
  type ParameterScope,
  read,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  squaredRelu,
  toHeads,
  unitLength,
  windowed,
} from './layers';
import { walker2025 } from './layers/references';
import { blends, mixInitializer } from './rwkv';
import { headStandard, lowRank } from './rwkv-6';

const { constant, perChannel } = initializers;
const uses = ['receptance', 'decay', 'key', 'value', 'rate', 'gate'] as const;

/** Largest rate of removal for channels that keep a share w of what they hold. */
type LargestRate = (decay: Tensor) => Tensor | number;

/**
 * Goose (Peng et al. 2025, section 4). Token shift with one mix per use; per head, khat of length one:
 *   w_t = exp(-e^{-1/2} sigmoid(lora_w))          decay, in (0.545, 1)
 *   a_t = sigmoid(lora_a)                         rate, in (0, 1), of replacing what khat addresses
 *   khat_t = unit(k_t * xi),  ktilde_t = k_t * (1 + (a_t - 1) * alpha)
 *   S_t = (diag(w_t) - (a_t * khat_t) khat_t^T) S_{t-1} + ktilde_t v_t^T
 *   o_t = norm(r_t S_t) + (r_t . (rho * ktilde_t)) v_t
 *   y_t = (g_t * o_t) W_o,  g_t = sigmoid(x W_1) W_2
 */
function timeMixing(
  scope: ParameterScope,
  { width, heads, layers }: HeadHyperparameters,
  layer: number,
  largestRate: LargestRate,
): SequenceLayer {
  const headWidth = width / heads;
  const rank = Math.max(4, width >> 2);
  const depth = layer / layers;
  const mixes = uses.map((use) => scope.declare(`mix.${use}`, [width], mixInitializer(depth)));
  const [receptance, key, value] = ['receptance', 'key', 'value'].map((use) =>
    linear(scope.child(use), width, width, { bias: false }),
  );
  const ranks = [width, rank, width] as const;
  const same = (x: Tensor) => x;
  const speed = lowRank(
    scope.child('decay'),
    ranks,
    tf.tanh,
    perChannel((channel, channels) => -6 + 6 * (channel / Math.max(1, channels - 1)) ** (1 + depth ** 0.3)),
  );
  const rate = lowRank(scope.child('rate'), ranks, same);
  const gateDown = linear(scope.child('gate.down'), width, rank, { bias: false });
  const gateUp = linear(scope.child('gate.up'), rank, width, { bias: false });
  const removal = scope.declare('removal', [width], constant(0.85)); // xi
  const replacement = scope.declare('replacement', [width], constant(1)); // alpha
  const bonus = scope.declare('bonus', [heads, headWidth], constant(0.1), { weightDecay: false }); // rho
  const norm = headStandard(scope.child('headNorm'), heads, headWidth);
  const output = linear(scope.child('output'), width, width, { bias: false });
  /** g_t * o_t from what was read, in either form */
  const said = (parameters: Parameters, reading: Tensor, [r, k, v, g]: [Tensor, Tensor, Tensor, Tensor]): Tensor => {
    const direct = tf.mul(tf.sum(tf.mul(tf.mul(r, bonus(parameters)), k), -1, true), v);
    return tf.mul(fromHeads(tf.add(norm(parameters, reading), direct), g as Tensor2D), g);
  };
  return recurrence({
    window: { size: 1, width },
    inputs: (parameters, { x, earlier: [previous] }) => {
      const blend = blends(x, previous!);
      const [forR, forW, forK, forV, forA, forG] = mixes.map((mix) => blend(mix(parameters)));
      const k = key!(parameters, forK!);
      const logDecay = tf.mul(-Math.exp(-0.5), tf.sigmoid(speed(parameters, forW!)));
      const a = tf.sigmoid(rate(parameters, forA!));
      const replaced = tf.mul(k, tf.add(1, tf.mul(tf.sub(a, 1), replacement(parameters))));
      const address = unitLength(toHeads(tf.mul(k, removal(parameters)), heads));
      const removed = tf.mul(toHeads(tf.mul(a, largestRate(tf.exp(logDecay))), heads), address);
      const r = receptance!(parameters, forR!);
      const v = value!(parameters, forV!);
      const g = gateUp(parameters, tf.sigmoid(gateDown(parameters, forG!)));
      return [...[r, logDecay, replaced, v].map((part) => toHeads(part, heads)), address, removed, g];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (parameters, { memory }, [r, logDecay, k, v, address, removed, g]) => {
      const kept = tf.sub(
        tf.mul(memory!, tf.expandDims(tf.exp(logDecay!), -1)),
        outer(removed!, read(address!, memory!)),
      );
      const next = tf.add(kept, outer(k!, v!));
      return { state: { memory: next }, output: said(parameters, read(r!, next), [r!, k!, v!, g!]) };
    },
    parallel: (parameters, [r, logDecay, k, v, address, removed, g]) => {
      const given = { query: r!, address: address!, removed: removed!, key: k!, value: v!, logDecay: logDecay! };
      return said(parameters, chunkedReplacement(given), [r!, k!, v!, g!]);
    },
    output: (parameters, y) => output(parameters, y),
  });
}

/** relu(k)^2 W_v with k from the blend of this token and the previous. */
function channelMixing(scope: ParameterScope, width: number, hiddenWidth: number, depth: number): SequenceLayer {
  const mix = scope.declare('mix.key', [width], mixInitializer(depth));
  const key = linear(scope.child('key'), width, hiddenWidth, { bias: false });
  const value = linear(scope.child('value'), hiddenWidth, width, { bias: false });
  return windowed({ size: 1, width }, (parameters, x, [previous]) =>
    onRows(blends(x, previous!)(mix(parameters)), (rows) => value(parameters, squaredRelu(key(parameters, rows)))),
  );
}

const meta = {
  id: 'rwkv-7',
  version: 1,
  title: 'RWKV-7',
  year: 2025,
  summary: 'RWKV with a generalised delta rule: decays per channel, and a rate at which old values are replaced.',
  reference: {
    authors: 'Peng et al. 2025',
    title: 'RWKV-7 "Goose" with Expressive Dynamic State Evolution',
    identifier: '2503.14456',
    place: 'section 4',
  },
  capabilities: { causal: true },
  hyperparameters: HeadHyperparameters,
} satisfies ArchitectureMeta<HeadHyperparameters>;

@architecture({
  ...meta,
  claims: [{ task: 'parity', range: 'near', atMost: 0.6, reference: walker2025('51.1 at 40..256') }],
})
export class Rwkv7 implements Architecture<HeadHyperparameters> {
  protected readonly largestRate: LargestRate = () => 1;

  build(hyperparameters: HeadHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        timeMixing: (scope, layer) => timeMixing(scope, hyperparameters, layer, this.largestRate),
        channelMixing: (scope, layer) => channelMixing(scope, width, feedForwardFactor * width, layer / layers),
      },
    );
  }
}

/**
 * Rates up to 1 + w instead of 1: the eigenvalue along khat, w - a, then reaches from w down to -1 and no further.
 * Doubling the rate, as is often written, is the same where w is near 1 and unstable where it is not.
 */
@architecture({
  ...meta,
  id: 'rwkv-7-negative',
  title: 'RWKV-7, eigenvalues in (-1, 1)',
  summary: 'RWKV-7 with rates of removal up to 1 + w, which can flip the sign of what the memory holds.',
  variantOf: 'rwkv-7',
})
export class Rwkv7Negative extends Rwkv7 {
  protected override readonly largestRate: LargestRate = (decay) => tf.add(1, decay);
}
