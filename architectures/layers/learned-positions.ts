import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { constant, normal } from './initializers';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import { distances, type Positions, sinusoidal } from './positions';
import { shapeOf } from './tensors';

/** Positions with a vector of their own; later ones share the last vector. */
const tableSize = 512;

/** One learned vector per position, beginning at the scale of token embeddings. */
export function absolutePositions(scope: ParameterScope, width: number): Positions {
  const table = scope.declare('weight', [tableSize, width], normal(1));
  return { embed: (parameters, positions) => entries(table(parameters), positions) };
}

/** Rows of a table [tableSize, width] at positions [time] -> [time, width] */
function entries(table: Tensor, positions: Tensor): Tensor {
  const known = tf.cast(tf.minimum(positions, tableSize - 1), 'int32');
  return tf.matMul(tf.cast(tf.oneHot(known, tableSize), 'float32'), table);
}

/**
 * One learned vector per position, and in training all positions moved by one random offset, so that every vector is
 * trained whatever the length of the sequences (Huang et al. 2025, section 3).
 */
export function learnedPositions(scope: ParameterScope, width: number): Positions {
  const table = scope.declare('weight', [tableSize, width], normal(0.02));
  return {
    noise: () => 1,
    place: (positions, noise) => {
      if (!noise) return positions;
      const room = Math.max(0, tableSize - positions.shape[0]) + 1;
      return tf.add(positions, tf.floor(tf.mul(tf.reshape(noise, []), room)));
    },
    embed: (parameters, positions) => entries(table(parameters), positions),
  };
}

/** Positions are drawn below this. */
const largestPosition = 2048;
/** Distance between tokens outside training: 512 tokens fit below the largest position. */
const stride = 4;

/**
 * Sinusoids at random positions (Ruoss et al. 2023): in training tokens get sorted positions drawn uniformly below 2048, so
 * that longer sequences have no unseen positions. Outside training every fourth position is used.
 */
export function randomizedPositions(width: number): Positions {
  return {
    noise: (time) => time + 1,
    place: (positions, noise) => {
      if (!noise) return tf.mul(positions, stride);
      // Sorted uniform numbers are partial sums of exponential ones, divided by the whole sum.
      const gaps = tf.neg(tf.log(tf.sub(1, noise)));
      const sums = tf.cumsum(tf.slice(gaps, [0], [positions.shape[0]]));
      return tf.mul(tf.div(sums, tf.sum(gaps)), largestPosition);
    },
    embed: sinusoidal(width).embed,
  };
}

/**
 * Dai et al. 2019, section 3.3: scores (q_t + u) . k_s + (q_t + v) . W r(t - s), all over sqrt(headWidth); the bias
 * is the second summand. r is the sinusoid of the distance, and since
 *   sin((t - s) w) = sin(t w) cos(s w) - cos(t w) sin(s w),  cos((t - s) w) = cos(t w) cos(s w) + sin(t w) sin(s w),
 * its product with (q + v) W^T is a product of one vector for the query and one for the key. Distances may be negative.
 */
export function relativePositions(scope: ParameterScope, width: number, heads: number): Positions {
  const headWidth = width / heads;
  const half = Math.ceil(width / 2);
  const frequencies = sinusoidFrequencies(half);
  const content = scope.declare('contentBias', [heads, 1, headWidth], normal(0.02), { weightDecay: false }); // u
  const place = scope.declare('placeBias', [heads, 1, headWidth], normal(0.02), { weightDecay: false }); // v
  const weight = scope.declare('weight', [heads, headWidth, 2 * half], normal(1 / Math.sqrt(width))); // W^T, sines first
  const waves = (positions: Tensor) => {
    const angles = tf.mul(tf.reshape(positions, [-1, 1]), tf.tensor2d(frequencies, [1, half]));
    return { sine: tf.sin(angles), cosine: tf.cos(angles) }; // [time, half] each
  };
  return {
    query: (parameters, query) => tf.add(query, content(parameters)), // (q + u) . k
    bias: (parameters, query, positions) => {
      const t = waves(positions);
      const placed = perHead(tf.add(query, place(parameters)), weight(parameters)); // [batch, heads, queries, 2 half]
      const [forSine, forCosine] = tf.split(placed, 2, 3);
      const withCosine = tf.add(tf.mul(forSine!, t.sine), tf.mul(forCosine!, t.cosine));
      const withSine = tf.sub(tf.mul(forCosine!, t.sine), tf.mul(forSine!, t.cosine));
      const turned = tf.concat([withCosine, withSine], 3);
      return (keyPositions) => {
        const s = waves(keyPositions);
        const byPlace = timesShared(turned, tf.concat([s.cosine, s.sine], 1)); // [batch, heads, queries, keys]
        return tf.mul(byPlace, 1 / Math.sqrt(headWidth));
      };
    },
  };
}

const sinusoidFrequencies = (half: number) => Float32Array.from({ length: half }, (_, i) => 10000 ** (-i / half));

/** x [batch, heads, time, a] times weight [heads, a, b] -> [batch, heads, time, b], as one product per head */
function perHead(x: Tensor, weight: Tensor): Tensor {
  const [batch, heads, time, inner] = shapeOf(x);
  const rows = tf.reshape(tf.transpose(x, [1, 0, 2, 3]), [heads, batch * time, inner]);
  return tf.transpose(tf.reshape(tf.matMul(rows, weight), [heads, batch, time, -1]), [1, 0, 2, 3]);
}

/** x [batch, heads, queries, a] times keys [keys, a], shared by all heads -> [batch, heads, queries, keys] */
function timesShared(x: Tensor, keys: Tensor): Tensor {
  const [batch, heads, queries, inner] = shapeOf(x);
  const product = tf.matMul(tf.reshape(x, [batch * heads * queries, inner]), keys, false, true);
  return tf.reshape(product, [batch, heads, queries, keys.shape[0]]);
}

/** Hidden width of the network that maps a distance to a bias. */
const fireWidth = 32;

/**
 * FIRE (Li et al. 2024): b(t, s) = f(psi(t - s) / psi(max(L, t))), psi(x) = log(c x + 1), where f is a small
 * network with one output per head, and c and L are learned.
 */
export function firePositions(scope: ParameterScope, heads: number): Positions {
  const logC = scope.declare('logC', [1], constant(Math.log(0.1)));
  const threshold = scope.declare('threshold', [1], constant(64));
  const expand = linear(scope.child('expand'), 1, fireWidth);
  const contract = linear(scope.child('contract'), fireWidth, heads);
  return {
    bias: (parameters, _query, positions) => (keyPositions) => {
      const psi = (x: Tensor) => tf.log1p(tf.mul(tf.exp(logC(parameters)), x));
      const distance = tf.relu(distances(positions, keyPositions)); // [queries, keys]; the future is masked anyway
      const least = tf.abs(threshold(parameters)); // L
      const horizon = tf.add(least, tf.relu(tf.sub(tf.expandDims(positions, 1), least))); // max(L, t): [queries, 1]
      const share = tf.div(psi(distance), psi(horizon));
      const [queries, keys] = shapeOf(distance);
      const hidden = tf.relu(expand(parameters, tf.reshape(share, [queries * keys, 1])));
      return tf.transpose(tf.reshape(contract(parameters, hidden), [queries, keys, heads]), [2, 0, 1]);
    },
  };
}
