import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, State } from '../../registry';
import { attentionWeights } from './attention-hook';
import { everyToken, type Choice } from './choice';
import { appended, recentOf } from './growing-state';
import { fromHeads, softmaxMean, timeInside, toHeads } from './heads';
import { linear } from './linear';
import type { AttentionNoise } from './orthogonal-noise';
import type { Layer, ParameterScope } from './parameters';
import { distances, range, type Positions } from './positions';
import type { Attended, SequenceLayer } from './sequence-layer';
import { inTwoParts } from './shortcuts';

/** How attention is built. */
export interface AttentionOptions {
  readonly width: number;
  readonly heads: number;
  readonly positions?: Positions;
  /** Which keys in the past a query may see, besides the causal mask: 1 or 0, [queries, keys]. Default: all. */
  readonly visible?: (queryPositions: Tensor, keyPositions: Tensor) => Tensor;
  /** What is added to the products of queries and keys, and to what values say; values then carry their tokens along. */
  readonly noise?: AttentionNoise;
}

/** Added to scores of what must not be seen: the exponential is exactly zero, and gradients stay finite. */
export const hidden = -1e9;

/** Projections [batch, time, 3 width] of tokens at positions `at` as [batch, heads, time, headWidth] each, q and k turned. */
export function queryKeyValue(projected: Tensor, heads: number, positions: Positions, at: Tensor) {
  const parts = tf.split(projected, 3, 2).map((part) => timeInside(toHeads(part, heads)));
  const [query, key, value] = parts as [Tensor, Tensor, Tensor];
  const turn = (part: Tensor) => positions.rotate?.(part, at) ?? part;
  return { query: turn(query), key: turn(key), value };
}

/**
 * For queries [batch, heads, queries, headWidth] at positions `t`: a function from keys at positions `s` to scores
 *   q_t . k_s / sqrt(headWidth) + b(t, s),  [batch, heads, queries, keys]
 */
export function scoresOf(parameters: Parameters, positions: Positions, query: Tensor, t: Tensor) {
  const asked = tf.mul(positions.query?.(parameters, query) ?? query, 1 / Math.sqrt(query.shape.at(-1)!));
  const bias = positions.bias?.(parameters, query, t);
  return (key: Tensor, s: Tensor): Tensor => {
    const score = tf.matMul(asked, key, false, true);
    return bias ? tf.add(score, bias(s)) : score;
  };
}

/**
 * Causal softmax attention (Vaswani et al. 2017, equation 1) with a bias b from the positions:
 *   o_t = sum_{s <= t} softmax_s(q_t . k_s / sqrt(headWidth) + b(t, s)) v_s
 * The recurrent form keeps all keys and values, [batch, heads, maximumTime, headWidth] each, and looks at them where they
 * are: what is recent is attended to beside them, under one softmax.
 */
export function causalAttention(
  scope: ParameterScope,
  { width, heads, positions = {}, visible, noise }: AttentionOptions,
): SequenceLayer {
  const headWidth = width / heads;
  const projection = linear(scope.child('queryKeyValue'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);

  /** -> [batch, time, 3 width], and with noise the token behind that */
  const project: Layer = (parameters, x) =>
    noise ? tf.concat([projection(parameters, x), x], -1) : projection(parameters, x);
  const split = (projected: Tensor, at: Tensor) => {
    if (!noise) return queryKeyValue(projected, heads, positions, at);
    const [own, x] = tf.split(projected, [3 * width, width], 2);
    const { query, key, value } = queryKeyValue(own!, heads, positions, at);
    return { query, key, value: tf.concat([value, tf.tile(tf.expandDims(x!, 1), [1, heads, 1, 1])], 3) };
  };
  /** The tokens that values carry along: [batch, heads, time, headWidth + width] -> [batch, 1, time, width] */
  const tokensIn = (value: Tensor) => tf.slice(value, [0, 0, 0, headWidth], [-1, 1, -1, width]);

  /** `scoresOf`, with low scores where `unseen` [queries, keys] is 1; `own` is what the queries' tokens have as keys. */
  const scorer = (parameters: Parameters, query: Tensor, t: Tensor, own: Tensor) => {
    const scores = scoresOf(parameters, positions, query, t);
    const noisy = noise?.scores(parameters, tokensIn(own), headWidth);
    return (key: Tensor, value: Tensor, s: Tensor, unseen?: Tensor): Tensor => {
      const score = noisy ? tf.add(scores(key, s), noisy(tokensIn(value))) : scores(key, s);
      const masks = [
        ...(unseen ? [tf.cast(unseen, 'float32')] : []),
        ...(visible ? [tf.sub(1, visible(t, s))] : []),
      ].map((mask) => tf.mul(mask, hidden));
      return masks.length
        ? tf.add(
            score,
            masks.reduce((sum, mask) => tf.add(sum, mask)),
          )
        : score;
    };
  };

  /** values [batch, heads, queries, headWidth (+ width)] -> [batch, queries, width] */
  const mixed = (parameters: Parameters, values: Tensor, like: Tensor, choose: Choice = everyToken): Tensor => {
    const joined = (part: Tensor) => choose(fromHeads(timeInside(part), like));
    if (!noise) return output(parameters, joined(values));
    const [own, tokens] = tf.split(values, [headWidth, width], 3);
    return tf.add(output(parameters, joined(own!)), choose(noise.output(parameters, tf.sum(tokens!, 1))));
  };

  /** Reads x [batch, count, width] whose first token is at `position`. */
  const extend = (parameters: Parameters, state: State, x: Tensor, position: Tensor) => {
    const [count, past] = [x.shape[1]!, state.key!.shape[2]!];
    const start = tf.cast(position, 'float32');
    const at = tf.add(start, range(count));
    const { query, key, value } = split(project(parameters, x), at);
    const next = appended(state, { key, value }, 2);
    const recent = { key: recentOf(next, 'key')!, value: recentOf(next, 'value')! };
    const known = recent.key.shape[2]! - count; // recent before these
    const written = tf.sub(start, known); // slots of the past from here on hold nothing yet
    const [slots, recentPositions] = [range(past), tf.add(written, range(known + count))];
    const future = count > 1 ? tf.less(distances(range(count), range(known + count)), -known) : undefined;
    const scores = scorer(parameters, query, at, value);
    const isOwn = () => {
      const recently = tf.equal(distances(range(count), range(known + count)), -known);
      return tf.concat([tf.zeros([count, past]), tf.cast(recently, 'float32')], 1);
    };
    const attended = softmaxMean(
      [
        { score: scores(state.key!, state.value!, slots, tf.greaterEqual(slots, written)), value: state.value! },
        { score: scores(recent.key, recent.value, recentPositions, future), value: recent.value },
      ],
      { own: isOwn },
    );
    return { state: next, output: mixed(parameters, attended, x) };
  };
  /** Of the tokens projected, [batch, time, 3 width]. */
  const attend = (parameters: Parameters, projected: Tensor, choose?: Choice): Attended => {
    const at = range(projected.shape[1]!);
    const { query, key, value } = split(projected, at);
    const scores = scorer(parameters, query, at, value)(key, value, at, tf.less(distances(at, at), 0));
    const weights = attentionWeights(tf.softmax(scores), { own: () => tf.eye(at.size) });
    return { weights: [weights], output: mixed(parameters, tf.matMul(weights, value), projected, choose) };
  };
  return {
    attention: (parameters, x) => attend(parameters, project(parameters, x)),
    forward: inTwoParts({
      prepare: (parameters, x) => [project(parameters, x)],
      complete: (parameters, [projected], choose) => attend(parameters, projected!, choose).output,
    }),
    initialState: (batch, maximumTime) => ({
      key: tf.zeros([batch, heads, maximumTime, headWidth]),
      value: tf.zeros([batch, heads, maximumTime, headWidth + (noise ? width : 0)]),
    }),
    step: (parameters, state, x, position) => {
      const next = extend(parameters, state, tf.expandDims(x, 1), position);
      return { state: next.state, output: tf.squeeze(next.output, [1]) };
    },
    extend,
  };
}
