import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  chain,
  distances,
  feedForward,
  HeadHyperparameters,
  initializers,
  languageModel,
  layerNorm,
  linear,
  ParameterScope,
  range,
  residual,
  rotary,
  type SequenceLayer,
  timeInside,
  toHeads,
  tokenwise,
} from './layers';

export class BlockRecurrentHyperparameters extends HeadHyperparameters {
  /** Tokens per segment. */
  @IsInt() @Min(1) @Max(1024) segment = 16;
  /** State vectors of every layer. */
  @IsInt() @Min(1) @Max(512) stateVectors = 8;

  static override readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2, segment: 3, stateVectors: 3 };
}

const hidden = -1e9;

/** softmax(q k^T / sqrt(headWidth) + mask) v: [batch, heads, n, headWidth] */
function attend(query: Tensor4D, key: Tensor, value: Tensor, mask?: Tensor): Tensor4D {
  const score = tf.matMul(tf.mul(query, query.shape[3] ** -0.5), key, false, true);
  return tf.matMul(tf.softmax(mask ? tf.add(score, mask) : score), value) as Tensor4D;
}

/**
 * The recurrent cell of Hutchins et al. 2022 (section 3.1), with a fixed gate and without the feed-forward branch of the
 * states (the "skip" configuration). Tokens X of a segment and states C (with learned identities) look at each other:
 *   tokens: Y = [attention(X -> X, causal), attention(X -> C)] W_y                 within the segment
 *   states: Z = [attention(C -> C), attention(C -> X)] W_z,  C := g * C + (1 - g) * Z      after the segment, g = sigmoid(b)
 * Keys and values of tokens and of states are computed once and serve both. Positions are counted within the segment.
 */
function recurrentCell(
  scope: ParameterScope,
  { width, heads, segment, stateVectors }: BlockRecurrentHyperparameters,
): SequenceLayer {
  const headWidth = width / heads;
  const rotate = rotary(headWidth).rotate!;
  const plain = { weightDecay: false };
  const identities = scope.declare('states.identities', [stateVectors, width], initializers.normal(1), plain);
  const gate = scope.declare('states.gate', [width], initializers.zeros, plain);
  const stateNorm = layerNorm(scope.child('states.norm'), width);
  // Queries to the own kind, queries to the other kind, keys, values
  const fromTokens = linear(scope.child('tokens.project'), width, 4 * width);
  const fromStates = linear(scope.child('states.project'), width, 4 * width);
  const tokensOut = linear(scope.child('tokens.output'), 2 * width, width);
  const statesOut = linear(scope.child('states.output'), 2 * width, width);

  const four = (projected: Tensor3D) =>
    tf.split(projected, 4, 2).map((part) => timeInside(toHeads(part, heads))) as [
      Tensor4D,
      Tensor4D,
      Tensor4D,
      Tensor4D,
    ];
  const merged = (own: Tensor4D, other: Tensor4D): Tensor3D => {
    const [batch, , count] = own.shape;
    return tf.reshape(tf.concat([timeInside(own), timeInside(other)], 2), [batch, count, 2 * width]) as Tensor3D;
  };
  /** `key` and `value` are those of the whole segment; returns queries of the states as well, for `nextStates`. */
  const lookAtStates = (parameters: Parameters, states: Tensor3D) =>
    four(fromStates(parameters, tf.add(stateNorm(parameters, states), identities(parameters))));
  const nextStates = (
    parameters: Parameters,
    states: Tensor3D,
    seen: Tensor4D[],
    key: Tensor,
    value: Tensor,
  ): Tensor3D => {
    const [toStates, toTokens, stateKey, stateValue] = seen as [Tensor4D, Tensor4D, Tensor4D, Tensor4D];
    const mixed = merged(attend(toStates, stateKey, stateValue), attend(toTokens, key, value));
    const keep = tf.sigmoid(gate(parameters));
    return tf.add(tf.mul(keep, states), tf.mul(tf.sub(1, keep), statesOut(parameters, mixed)));
  };

  return {
    forward: (parameters, x) => {
      const [batch, time] = x.shape;
      let states = tf.zeros([batch, stateVectors, width]) as Tensor3D;
      const outputs: Tensor[] = [];
      for (let start = 0; start < time; start += segment) {
        const length = Math.min(segment, time - start);
        const positions = range(length);
        const now = tf.slice(x, [0, start, 0], [-1, length, -1]);
        const [toTokens, toStates, bareKey, value] = four(fromTokens(parameters, now));
        const [query, key] = [rotate(toTokens, positions), rotate(bareKey, positions)];
        const seen = lookAtStates(parameters, states);
        const mask = tf.mul(tf.cast(tf.less(distances(positions, positions), 0), 'float32'), hidden);
        const mixed = merged(attend(query, key, value, mask), attend(toStates, seen[2], seen[3]));
        outputs.push(tokensOut(parameters, mixed));
        states = nextStates(parameters, states, seen, key, value);
      }
      // The last states count zero times: within one segment the parameters of the update then have the gradient zero, not none.
      return tf.add(tf.concat(outputs, 1), tf.mul(0, tf.sum(states))) as Tensor3D;
    },
    initialState: (batch) => ({
      states: tf.zeros([batch, stateVectors, width]),
      key: tf.zeros([batch, heads, segment, headWidth]),
      value: tf.zeros([batch, heads, segment, headWidth]),
    }),
    step: (parameters, state, x: Tensor2D, position: Scalar) => {
      const slot = tf.reshape(tf.mod(tf.cast(position, 'float32'), tf.scalar(segment)), [1]) as Tensor1D;
      const here = tf.reshape(tf.cast(tf.equal(range(segment), slot), 'float32'), [segment, 1]);
      const [toTokens, toStates, bareKey, bareValue] = four(fromTokens(parameters, tf.expandDims(x, 1)));
      const write = (kept: Tensor, fresh: Tensor) => tf.add(tf.mul(kept, tf.sub(1, here)), tf.mul(fresh, here));
      const [key, value] = [write(state.key!, rotate(bareKey, slot)), write(state.value!, bareValue)];
      const states = state.states as Tensor3D;
      const seen = lookAtStates(parameters, states);
      const mask = tf.mul(tf.cast(tf.less(distances(slot, range(segment)), 0), 'float32'), hidden);
      const mixed = merged(attend(rotate(toTokens, slot), key, value, mask), attend(toStates, seen[2], seen[3]));
      const ends = tf.cast(tf.equal(slot, segment - 1), 'float32');
      const following = nextStates(parameters, states, seen, key, value);
      return {
        state: { key, value, states: tf.add(tf.mul(ends, following), tf.mul(tf.sub(1, ends), states)) },
        output: tf.squeeze(tokensOut(parameters, mixed), [1]) as Tensor2D,
      };
    },
  };
}

@architecture({
  id: 'block-recurrent-transformer',
  version: 1,
  title: 'Block-Recurrent Transformer',
  year: 2022,
  summary:
    'A Transformer that reads in segments while a set of state vectors attends to them and is updated through a gate.',
  reference: {
    authors: 'Hutchins et al. 2022',
    title: 'Block-Recurrent Transformers',
    identifier: '2203.07852',
    place: 'section 3',
  },
  capabilities: { causal: true },
  hyperparameters: BlockRecurrentHyperparameters,
})
export class BlockRecurrentTransformer implements Architecture<BlockRecurrentHyperparameters> {
  build(hyperparameters: BlockRecurrentHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return languageModel(ParameterScope.root(), { vocabularySize, width, norm: layerNorm }, (scope) =>
      chain(
        Array.from({ length: layers }, (_, i) => {
          const [cell, widening] = ['cell', 'feedForward'].map((name) => scope.child('layers').child(i).child(name));
          return [
            residual(layerNorm(cell!.child('norm'), width), recurrentCell(cell!, hyperparameters)),
            residual(
              layerNorm(widening!.child('norm'), width),
              tokenwise(feedForward(widening!, width, feedForwardFactor * width)),
            ),
          ];
        }).flat(),
      ),
    );
  }
}
