import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  type AttentionSite,
  attentionWeights,
  chain,
  distances,
  each,
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
  shapeOf,
  split,
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
function attend(site: AttentionSite, query: Tensor, key: Tensor, value: Tensor, mask?: Tensor): Tensor {
  const score = tf.matMul(tf.mul(query, query.shape[3]! ** -0.5), key, false, true);
  return tf.matMul(attentionWeights(tf.softmax(mask ? tf.add(score, mask) : score), site), value);
}

/**
 * The recurrent cell of Hutchins et al. 2022 (section 3.1), with a fixed gate and without the feed-forward branch of the
 * states (the "skip" configuration). Tokens X of a segment and states C (with learned identities) attend to each other:
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

  const four = (projected: Tensor) => each(split(projected, 4, 2), (part) => timeInside(toHeads(part, heads)));
  const merged = (own: Tensor, other: Tensor): Tensor => {
    const [batch, , count] = shapeOf(own);
    return tf.reshape(tf.concat([timeInside(own), timeInside(other)], 2), [batch, count, 2 * width]);
  };
  /** The queries, keys and values of the states. */
  const projectStates = (parameters: Parameters, states: Tensor) =>
    four(fromStates(parameters, tf.add(stateNorm(parameters, states), identities(parameters))));
  const nextStates = (
    parameters: Parameters,
    states: Tensor,
    seen: ReturnType<typeof four>,
    key: Tensor,
    value: Tensor,
    at: number | string = '',
  ): Tensor => {
    const [toStates, toTokens, stateKey, stateValue] = seen;
    const among = { name: `${at} states`, own: () => tf.eye(stateVectors) };
    const mixed = merged(
      attend(among, toStates, stateKey, stateValue),
      attend({ name: `${at} states to tokens` }, toTokens, key, value),
    );
    const keep = tf.sigmoid(gate(parameters));
    return tf.add(tf.mul(keep, states), tf.mul(tf.sub(1, keep), statesOut(parameters, mixed)));
  };

  return {
    forward: (parameters, x) => {
      const [batch, time] = shapeOf(x);
      let states = tf.zeros([batch, stateVectors, width]);
      const outputs: Tensor[] = [];
      for (let start = 0; start < time; start += segment) {
        const length = Math.min(segment, time - start);
        const positions = range(length);
        const now = tf.slice(x, [0, start, 0], [-1, length, -1]);
        const [toTokens, toStates, bareKey, value] = four(fromTokens(parameters, now));
        const [query, key] = [rotate(toTokens, positions), rotate(bareKey, positions)];
        const seen = projectStates(parameters, states);
        const mask = tf.mul(tf.cast(tf.less(distances(positions, positions), 0), 'float32'), hidden);
        const mixed = merged(
          attend({ name: `${start} tokens`, own: () => tf.eye(length) }, query, key, value, mask),
          attend({ name: `${start} tokens to states` }, toStates, seen[2], seen[3]),
        );
        outputs.push(tokensOut(parameters, mixed));
        states = nextStates(parameters, states, seen, key, value, start);
      }
      // The last states are added zero times, so that in a single segment the update's parameters have the gradient 0, not none.
      return tf.add(tf.concat(outputs, 1), tf.mul(0, tf.sum(states)));
    },
    initialState: (batch) => ({
      states: tf.zeros([batch, stateVectors, width]),
      key: tf.zeros([batch, heads, segment, headWidth]),
      value: tf.zeros([batch, heads, segment, headWidth]),
    }),
    step: (parameters, state, x: Tensor, position: Tensor) => {
      const slot = tf.reshape(tf.mod(tf.cast(position, 'float32'), tf.scalar(segment)), [1]);
      const here = tf.reshape(tf.cast(tf.equal(range(segment), slot), 'float32'), [segment, 1]);
      const [toTokens, toStates, bareKey, bareValue] = four(fromTokens(parameters, tf.expandDims(x, 1)));
      const write = (kept: Tensor, fresh: Tensor) => tf.add(tf.mul(kept, tf.sub(1, here)), tf.mul(fresh, here));
      const [key, value] = [write(state.key!, rotate(bareKey, slot)), write(state.value!, bareValue)];
      const states = state.states!;
      const seen = projectStates(parameters, states);
      const mask = tf.mul(tf.cast(tf.less(distances(slot, range(segment)), 0), 'float32'), hidden);
      const own = () => tf.reshape(here, [1, segment]);
      const mixed = merged(
        attend({ name: 'tokens', own }, rotate(toTokens, slot), key, value, mask),
        attend({ name: 'tokens to states' }, toStates, seen[2], seen[3]),
      );
      const ends = tf.cast(tf.equal(slot, segment - 1), 'float32');
      const following = nextStates(parameters, states, seen, key, value);
      return {
        state: { key, value, states: tf.add(tf.mul(ends, following), tf.mul(tf.sub(1, ends), states)) },
        output: tf.squeeze(tokensOut(parameters, mixed), [1]),
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
  theory: { positions: 'rotary' },
  hyperparameters: BlockRecurrentHyperparameters,
})
export class BlockRecurrentTransformer implements Architecture<BlockRecurrentHyperparameters> {
  build(hyperparameters: BlockRecurrentHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return languageModel(ParameterScope.root(), { vocabularySize, width, norm: layerNorm }, (scope) =>
      chain(
        Array.from({ length: layers }, (_, i) => {
          const [cell, widening] = each(['cell', 'feedForward'], (name) => scope.child('layers').child(i).child(name));
          return [
            residual(layerNorm(cell.child('norm'), width), recurrentCell(cell, hyperparameters)),
            residual(
              layerNorm(widening.child('norm'), width),
              tokenwise(feedForward(widening, width, feedForwardFactor * width)),
            ),
          ];
        }).flat(),
      ),
    );
  }
}
