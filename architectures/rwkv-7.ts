import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type DeclaredRow,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  chunkwiseDplr,
  each,
  fromHeads,
  HeadHyperparameters,
  initializers,
  linear,
  matVec,
  onRows,
  outer,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  squaredRelu,
  toHeads,
  unitLength,
  windowed,
} from './layers';
import { muInitializer, tokenShift } from './rwkv';
import { lowRank, memoryNorm } from './rwkv-6';

const { constant, perChannel } = initializers;
/** Uses of the token, with the exponent of their mu at the start; the larger, the more of the token before. */
const uses = [
  ['receptance', 0.2],
  ['decay', 0.9],
  ['key', 0.7],
  ['value', 0.7],
  ['rate', 0.9],
  ['gate', 0.2],
] as const;

/** Initial values from where a channel stands: `place` among all, 0 to 1, and `zigzag` within its head, -1 to 1. */
const placed = (headWidth: number, value: (place: number, zigzag: number) => number) =>
  perChannel((channel, channels) => {
    const middle = Math.max(1, headWidth - 1) / 2;
    const off = ((channel % headWidth) - middle) / middle;
    return value(channel / Math.max(1, channels - 1), off * Math.abs(off));
  });

/** exp(-e^{-1/2}), below which no decay is. */
const leastDecay = Math.exp(-Math.exp(-0.5));

/** Largest in-context learning rate a of channels with the decay w. */
type LargestRate = (decay: Tensor) => Tensor | number;

/**
 * Goose (Peng et al. 2025, section 4): the generalised delta rule, with S value x key. Token shift has one mu per use. Per
 * head, the removal key khat having length one:
 *   w_t = exp(-e^{-1/2} sigmoid(lora_w))          decay, in (0.545, 1)
 *   a_t = sigmoid(lora_a)                         in-context learning rate, in (0, 1)
 *   khat_t = unit(k_t * xi),  ktilde_t = k_t * (1 + (a_t - 1) * alpha)
 *   S_t = S_{t-1} (diag(w_t) - khat_t (a_t * khat_t)^T) + v_t ktilde_t^T
 *   o_t = norm(S_t r_t) + (r_t . (rho * ktilde_t)) v_t
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
  const depth = layer / Math.max(1, layers - 1);
  const mus = each(uses, ([use, exponent]) =>
    scope.declare(`mix.${use}`, [width], muInitializer(layer / layers, exponent)),
  );
  const [receptance, key, value] = each(['receptance', 'key', 'value'], (use) =>
    linear(scope.child(use), width, width, { bias: false }),
  );
  const ranks = [width, rank, width] as const;
  const same = (x: Tensor) => x;
  const decay = lowRank(
    scope.child('decay'),
    ranks,
    tf.tanh,
    placed(headWidth, (place, zigzag) => -5.5 + 6 * place ** (1 + depth ** 0.3) + 2.5 * zigzag),
  );
  const rate = lowRank(
    scope.child('rate'),
    ranks,
    same,
    placed(headWidth, (place, zigzag) => -0.39 + 0.4 * place + 0.3 * zigzag),
  );
  const gateDown = linear(scope.child('gate.down'), width, rank, { bias: false });
  const gateUp = linear(scope.child('gate.up'), rank, width, { bias: false });
  const removal = scope.declare(
    'removal',
    [width],
    placed(headWidth, (place) => 0.76 - 0.1 * place),
  ); // xi
  const replacement = scope.declare('replacement', [width], constant(1.02)); // alpha
  const bonus = scope.declare('bonus', [heads, headWidth], constant(-0.04), { weightDecay: false }); // rho
  const norm = memoryNorm(scope.child('headNorm'), heads, headWidth);
  const output = linear(scope.child('output'), width, width, { bias: false });
  /** g_t * o_t from what was read, in either form */
  const gatedOutput = (parameters: Parameters, reading: Tensor, r: Tensor, k: Tensor, v: Tensor, g: Tensor): Tensor => {
    const direct = tf.mul(tf.sum(tf.mul(tf.mul(r, bonus(parameters)), k), -1, true), v);
    return tf.mul(fromHeads(tf.add(norm(parameters, reading), direct), g), g);
  };
  return recurrence({
    window: { size: 1, width },
    inputs: (parameters, { x, earlier: [previous] }) => {
      const shifted = tokenShift(x, previous!);
      const [forR, forW, forK, forV, forA, forG] = each(mus, (mu) => shifted(mu(parameters)));
      const k = key(parameters, forK);
      const logDecay = tf.mul(-Math.exp(-0.5), tf.sigmoid(decay(parameters, forW)));
      const a = tf.sigmoid(rate(parameters, forA));
      const replacementKey = tf.mul(k, tf.add(1, tf.mul(tf.sub(a, 1), replacement(parameters)))); // ktilde
      const removalKey = unitLength(toHeads(tf.mul(k, removal(parameters)), heads)); // khat
      const erased = tf.mul(toHeads(tf.mul(a, largestRate(tf.exp(logDecay))), heads), removalKey); // a * khat
      const r = receptance(parameters, forR);
      const v = value(parameters, forV);
      const g = gateUp(parameters, tf.sigmoid(gateDown(parameters, forG)));
      return [...each([r, logDecay, replacementKey, v], (part) => toHeads(part, heads)), removalKey, erased, g];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }), // value x key
    update: (parameters, { memory }, [r, logDecay, k, v, removalKey, erased, g]) => {
      const decayed = tf.mul(memory, tf.expandDims(tf.exp(logDecay), -2)); // S diag(w)
      const kept = tf.sub(decayed, outer(matVec(memory, removalKey), erased));
      const next = tf.add(kept, outer(v, k));
      return { state: { memory: next }, output: gatedOutput(parameters, matVec(next, r), r, k, v, g) };
    },
    parallel: (parameters, [r, logDecay, k, v, removalKey, erased, g]) => {
      const reading = chunkwiseDplr({ query: r, a: removalKey, b: erased, key: k, value: v, logDecay });
      return gatedOutput(parameters, reading, r, k, v, g);
    },
    output: (parameters, y) => output(parameters, y),
  });
}

/** Channel mixing: relu(k_t)^2 W_v, with k from shifted tokens. */
function channelMixing(scope: ParameterScope, width: number, hiddenWidth: number, ratio: number): SequenceLayer {
  const mu = scope.declare('mix.key', [width], muInitializer(ratio, (1 - ratio) ** 3));
  const key = linear(scope.child('key'), width, hiddenWidth, { bias: false });
  const value = linear(scope.child('value'), hiddenWidth, width, { bias: false });
  return windowed({ size: 1, width }, (parameters, x, [previous]) =>
    onRows(tokenShift(x, previous!)(mu(parameters)), (rows) => value(parameters, squaredRelu(key(parameters, rows)))),
  );
}

/**
 * diag(w) - khat (a khat)^T is similar to the symmetric diag(w) - s s^T with s = sqrt(a) khat. Above -c it is where
 * sum_i a_i khat_i^2 / (w_i + c) <= 1: for c = 1 - min w where a <= 1, for c = 1 where a <= 1 + w.
 */
const diagonalPlusRankOne = ({ width, heads }: HeadHyperparameters, leastEigenvalue: number): DeclaredRow => ({
  transitionForm: 'diagonal-plus-rank-one',
  headWidth: width / heads,
  realEigenvalues: true,
  leastEigenvalue,
});

const meta = {
  id: 'rwkv-7',
  version: 2,
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
  theory: (hyperparameters) => diagonalPlusRankOne(hyperparameters, leastDecay - 1),
  hyperparameters: HeadHyperparameters,
} satisfies ArchitectureMeta<HeadHyperparameters>;

@architecture({
  ...meta,
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
 * Rates a up to 1 + w instead of 1: the eigenvalue along khat, w - a, is then between -1 and w. Doubling the rate, as is
 * often written, is the same where w is near 1 and unstable where it is not.
 */
@architecture({
  ...meta,
  id: 'rwkv-7-negative',
  title: 'RWKV-7, eigenvalues in (-1, 1)',
  summary: 'RWKV-7 with rates of removal up to 1 + w, which can flip the sign of what the memory holds.',
  variantOf: 'rwkv-7',
  theory: (hyperparameters) => diagonalPlusRankOne(hyperparameters, -1),
})
export class Rwkv7Negative extends Rwkv7 {
  protected override readonly largestRate: LargestRate = (decay) => tf.add(1, decay);
}
