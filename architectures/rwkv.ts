import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  fadingMean,
  gated,
  initializers,
  linear,
  onRows,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  squaredRelu,
  WideningHyperparameters,
  windowed,
} from './layers';

/**
 * Keys are held within +-30 before they are exponentiated (the reference holds them below 60): e^60 apart are weights
 * that float32 cannot add anyway, and sums stay finite.
 */
const largestKey = 30;
const holdKey = <T extends tf.Tensor>(key: T): T => tf.clipByValue(key, -largestKey, largestKey);

/** mix * x_t + (1 - mix) * x_{t-1}, one coefficient per channel (equations 11 to 13): a blend for every mix. */
export function blends<T extends tf.Tensor>(x: T, previous: T): (mix: tf.Tensor) => T {
  const change: T = tf.sub(x, previous);
  return (mix) => tf.add(previous, tf.mul(change, mix));
}

/** Share of the current token, from almost none in the first channels to all in the last, more so in early layers. */
export const mixInitializer = (ratioOfLayers: number) =>
  initializers.perChannel((channel, channels) => (channel / channels) ** (1 - ratioOfLayers));

type Sums = Record<'numerator' | 'denominator' | 'largest', Tensor2D>;

/** The same mean, one token at a time, with sums kept relative to their largest exponent (appendix D). */
function fadingMeanStep(
  { numerator, denominator, largest }: Sums,
  key: Tensor2D,
  value: Tensor2D,
  decay: Tensor1D,
  bonus: Tensor1D,
) {
  const combine = (shiftOfPast: Tensor2D, shiftOfPresent: Tensor2D) => {
    const top = tf.maximum(shiftOfPast, shiftOfPresent);
    const [past, present] = [tf.exp(tf.sub(shiftOfPast, top)), tf.exp(tf.sub(shiftOfPresent, top))];
    return {
      numerator: tf.add(tf.mul(past, numerator), tf.mul(present, value)) as Tensor2D,
      denominator: tf.add(tf.mul(past, denominator), present) as Tensor2D,
      largest: top as Tensor2D,
    };
  };
  const seen = combine(largest, tf.add(key, bonus));
  const mean = tf.div(seen.numerator, seen.denominator) as Tensor2D;
  return { mean, next: combine(tf.sub(largest, decay), key) };
}

/** Equations 11 to 17 of Peng et al. 2023: the attention of RWKV-4. */
function timeMixing(scope: ParameterScope, width: number, layer: number, layers: number): SequenceLayer {
  const uses = ['key', 'value', 'receptance'].map((name) => ({
    mix: scope.declare(`mix.${name}`, [width], mixInitializer(layer / layers)),
    map: linear(scope.child(name), width, width, { bias: false }),
  }));
  const output = linear(scope.child('output'), width, width, { bias: false });
  // w = e^decay runs from slow to fast over the channels, so that some forget at once and some hardly ever.
  const spread = 0.7 + 1.3 * (layer / Math.max(1, layers - 1));
  const logDecay = scope.declare<Tensor1D>(
    'decay',
    [width],
    initializers.perChannel((channel, channels) => -5 + 8 * (channel / Math.max(1, channels - 1)) ** spread),
  );
  const decay = (parameters: Parameters) => tf.exp(logDecay(parameters));
  const bonus = scope.declare<Tensor1D>(
    'bonus',
    [width],
    initializers.perChannel((channel) => Math.log(0.3) + 0.5 * (((channel + 1) % 3) - 1)),
  );
  return recurrence({
    window: { size: 1, width },
    inputs: (parameters, { x, earlier: [previous] }) => {
      const blend = blends(x, previous!);
      const [key, value, receptance] = uses.map(({ mix, map }) => map(parameters, blend(mix(parameters))));
      return [holdKey(key!), value!, receptance!];
    },
    initialState: (batch) => ({
      numerator: tf.zeros([batch, width]),
      denominator: tf.zeros([batch, width]),
      largest: tf.fill([batch, width], -1e30),
    }),
    update: (parameters, sums, [key, value, receptance]) => {
      const { mean, next } = fadingMeanStep(
        sums as Sums,
        key as Tensor2D,
        value as Tensor2D,
        decay(parameters),
        bonus(parameters),
      );
      return { state: { ...next }, output: gated<tf.Tensor>(receptance!, mean) };
    },
    parallel: (parameters, [key, value, receptance]) =>
      gated<tf.Tensor>(
        receptance!,
        fadingMean(key as Tensor3D, value as Tensor3D, decay(parameters), bonus(parameters)),
      ),
    output: (parameters, mixed) => output(parameters, mixed), // equation 17
  });
}

/** sigmoid(r) * (relu(k)^2 V) with r and k from the blend of this token and the previous (equation 18). */
export function channelMixing(scope: ParameterScope, width: number, hiddenWidth: number, ratio: number): SequenceLayer {
  const mixKey = scope.declare('mix.key', [width], mixInitializer(ratio));
  const mixReceptance = scope.declare('mix.receptance', [width], mixInitializer(ratio));
  const key = linear(scope.child('key'), width, hiddenWidth, { bias: false });
  const receptance = linear(scope.child('receptance'), width, width, { bias: false });
  const value = linear(scope.child('value'), hiddenWidth, width, { bias: false });
  return windowed({ size: 1, width }, (parameters, x, [previous]) => {
    const blend = blends(x, previous!);
    const hidden = onRows(blend(mixKey(parameters)), (rows) => value(parameters, squaredRelu(key(parameters, rows))));
    return gated(receptance(parameters, blend(mixReceptance(parameters))), hidden);
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
