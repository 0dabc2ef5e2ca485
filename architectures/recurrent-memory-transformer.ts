import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel, type State } from '../registry';
import {
  distances,
  feedForward,
  fromHeads,
  HeadHyperparameters,
  initializers,
  languageModel,
  layerNorm,
  linear,
  ParameterScope,
  range,
  rotary,
  type SequenceLayer,
  timeInside,
  toHeads,
} from './layers';

export class RecurrentMemoryHyperparameters extends HeadHyperparameters {
  /** Tokens per segment. */
  @IsInt() @Min(1) @Max(1024) segment = 16;
  /** Memory tokens that pass from segment to segment. */
  @IsInt() @Min(1) @Max(64) memoryTokens = 4;

  static override readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2, segment: 3, memoryTokens: 2 };
}

const hidden = -1e9;

/**
 * Recurrent Memory Transformer (Bulatov et al. 2022, section 3): a causal Transformer over [memory, segment, memory],
 * segment after segment. What the last layer says at the second copy of the memory is the memory of the next segment.
 * The first memory is learned. Positions are counted within the segment.
 */
function recurrentMemory(scope: ParameterScope, hyperparameters: RecurrentMemoryHyperparameters): SequenceLayer {
  const { layers, width, heads, feedForwardFactor, segment, memoryTokens: count } = hyperparameters;
  const headWidth = width / heads;
  const rotate = rotary(headWidth).rotate!;
  const first = scope.declare('memory.first', [1, count, width], initializers.normal(1), { weightDecay: false });
  const blocks = Array.from({ length: layers }, (_, i) => {
    const inner = scope.child('layers').child(i);
    return {
      attentionNorm: layerNorm(inner.child('attention.norm'), width),
      project: linear(inner.child('attention.queryKeyValue'), width, 3 * width),
      output: linear(inner.child('attention.output'), width, width),
      feedForwardNorm: layerNorm(inner.child('feedForward.norm'), width),
      feedForward: feedForward(inner.child('feedForward'), width, feedForwardFactor * width),
    };
  });
  /** `see(i, key, value)` says what layer i looks at, given keys and values of the tokens at hand. */
  const run = (
    parameters: Parameters,
    tokens: Tensor3D, // [batch, n, width]
    positions: Tensor1D, // [n]
    keyPositions: Tensor1D, // [keys]
    see: (layer: number, key: Tensor4D, value: Tensor4D) => readonly [Tensor, Tensor] = (_, key, value) => [key, value],
  ): Tensor3D => {
    const mask = tf.mul(tf.cast(tf.less(distances(positions, keyPositions), 0), 'float32'), hidden);
    return blocks.reduce((x, block, layer): Tensor3D => {
      const parts = tf.split(block.project(parameters, block.attentionNorm(parameters, x)), 3, 2);
      const [q, k, v] = parts.map((part) => timeInside(toHeads(part, heads))) as [Tensor4D, Tensor4D, Tensor4D];
      const [key, value] = see(layer, rotate(k, positions), v);
      const score = tf.matMul(tf.mul(rotate(q, positions), headWidth ** -0.5), key, false, true);
      const mixed = tf.matMul(tf.softmax(tf.add(score, mask)), value);
      const y: Tensor3D = tf.add(x, block.output(parameters, fromHeads(timeInside(mixed), x)));
      return tf.add(y, block.feedForward(parameters, block.feedForwardNorm(parameters, y)));
    }, tokens);
  };
  const firstMemory = (parameters: Parameters, batch: number) => tf.tile(first(parameters), [batch, 1, 1]) as Tensor3D;

  return {
    forward: (parameters, x) => {
      const [batch, time] = x.shape;
      let memory = firstMemory(parameters, batch);
      const outputs: Tensor[] = [];
      for (let start = 0; start < time; start += segment) {
        const length = Math.min(segment, time - start);
        const now = tf.slice(x, [0, start, 0], [-1, length, -1]);
        const positions = range(length + 2 * count);
        const said = run(parameters, tf.concat([memory, now, memory], 1), positions, positions);
        outputs.push(tf.slice(said, [0, count, 0], [-1, length, -1]));
        memory = tf.slice(said, [0, count + length, 0], [-1, count, -1]);
      }
      return tf.concat(outputs, 1) as Tensor3D;
    },
    initialState: (batch) => ({
      memory: tf.zeros([batch, count, width]),
      started: tf.zeros([batch, 1, 1]), // 0 until the first segment is over: the first memory is a parameter
      ...Object.fromEntries(
        blocks.flatMap((_, i) =>
          ['key', 'value'].map((name) => [`${i}.${name}`, tf.zeros([batch, heads, segment, headWidth])]),
        ),
      ),
    }),
    step: (parameters, state, x: Tensor2D, position: Scalar) => {
      const slot = tf.mod(tf.cast(position, 'float32'), tf.scalar(segment)) as Scalar;
      const here = tf.reshape(tf.cast(tf.equal(range(segment), slot), 'float32'), [segment, 1]);
      const started = state.started!;
      const memory = tf.add(
        tf.mul(started, state.memory!),
        tf.mul(tf.sub(1, started), firstMemory(parameters, x.shape[0])),
      ) as Tensor3D;
      // The memory, this token, and the memory again; in between stand the tokens of the segment that were kept.
      const tokens = tf.concat([memory, tf.expandDims(x, 1), memory], 1) as Tensor3D;
      const [before, after] = [range(count), tf.add(range(count), count + segment)];
      const positions = tf.concat([before, tf.reshape(tf.add(slot, count), [1]), after]) as Tensor1D;
      const caches: Record<string, Tensor> = {};
      const said = run(parameters, tokens, positions, range(2 * count + segment), (layer, key, value) => {
        const [keys, values] = [
          ['key', key],
          ['value', value],
        ].map(([name, fresh]) => {
          const [read, token, written] = tf.split(fresh as Tensor4D, [count, 1, count], 2);
          const kept = state[`${layer}.${name as string}`]!;
          const cache = tf.add(tf.mul(kept, tf.sub(1, here)), tf.mul(token!, here));
          caches[`${layer}.${name as string}`] = cache;
          return tf.concat([read!, cache, written!], 2);
        });
        return [keys!, values!];
      });
      const ends = tf.cast(tf.equal(slot, segment - 1), 'float32');
      const blend = (next: Tensor, current: Tensor) => tf.add(tf.mul(ends, next), tf.mul(tf.sub(1, ends), current));
      const next: State = {
        ...caches,
        memory: blend(tf.slice(said, [0, count + 1, 0], [-1, count, -1]), memory),
        started: tf.maximum(started, blend(tf.onesLike(started), tf.zerosLike(started))),
      };
      return { state: next, output: tf.squeeze(tf.slice(said, [0, count, 0], [-1, 1, -1]), [1]) as Tensor2D };
    },
  };
}

@architecture({
  id: 'recurrent-memory-transformer',
  version: 1,
  title: 'Recurrent Memory Transformer',
  year: 2022,
  summary: 'A Transformer that reads in segments and passes a few memory tokens from each to the next.',
  reference: {
    authors: 'Bulatov et al. 2022',
    title: 'Recurrent Memory Transformer',
    identifier: '2207.06881',
    place: 'section 3',
  },
  capabilities: { causal: true },
  hyperparameters: RecurrentMemoryHyperparameters,
})
export class RecurrentMemoryTransformer implements Architecture<RecurrentMemoryHyperparameters> {
  build(hyperparameters: RecurrentMemoryHyperparameters, vocabularySize: number): SequenceModel {
    const options = { vocabularySize, width: hyperparameters.width, norm: layerNorm };
    return languageModel(ParameterScope.root(), options, (scope) => recurrentMemory(scope, hyperparameters));
  }
}
