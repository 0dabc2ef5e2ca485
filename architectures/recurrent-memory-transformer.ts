import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel, type State } from '../registry';
import {
  attentionScope,
  attentionWeights,
  distances,
  each,
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
  shapeOf,
  split,
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
 * segment after segment. The output at the second copy of the memory is the memory of the next segment.
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
  /** `see(i, key, value)`: the keys and values that layer i attends to, given those of the tokens at hand. */
  const run = (
    parameters: Parameters,
    tokens: Tensor, // [batch, n, width]
    positions: Tensor, // [n]
    keyPositions: Tensor, // [keys]
    see: (layer: number, key: Tensor, value: Tensor) => readonly [Tensor, Tensor] = (_, key, value) => [key, value],
  ): Tensor => {
    const mask = tf.mul(tf.cast(tf.less(distances(positions, keyPositions), 0), 'float32'), hidden);
    const own = () => tf.cast(tf.equal(distances(positions, keyPositions), 0), 'float32');
    return blocks.reduce((x, block, layer): Tensor => {
      const parts = split(block.project(parameters, block.attentionNorm(parameters, x)), 3, 2);
      const [q, k, v] = each(parts, (part) => timeInside(toHeads(part, heads)));
      const [key, value] = see(layer, rotate(k, positions), v);
      const score = tf.matMul(tf.mul(rotate(q, positions), headWidth ** -0.5), key, false, true);
      const mixed = tf.matMul(attentionWeights(tf.softmax(tf.add(score, mask)), { own }), value);
      const y: Tensor = tf.add(x, block.output(parameters, fromHeads(timeInside(mixed), x)));
      return tf.add(y, block.feedForward(parameters, block.feedForwardNorm(parameters, y)));
    }, tokens);
  };
  const firstMemory = (parameters: Parameters, batch: number) => tf.tile(first(parameters), [batch, 1, 1]);

  return {
    forward: (parameters, x) => {
      const [batch, time] = shapeOf(x);
      let memory = firstMemory(parameters, batch);
      const outputs: Tensor[] = [];
      for (let start = 0; start < time; start += segment) {
        const length = Math.min(segment, time - start);
        const now = tf.slice(x, [0, start, 0], [-1, length, -1]);
        const positions = range(length + 2 * count);
        const tokens = tf.concat([memory, now, memory], 1);
        const output = attentionScope(start, () => run(parameters, tokens, positions, positions));
        outputs.push(tf.slice(output, [0, count, 0], [-1, length, -1]));
        memory = tf.slice(output, [0, count + length, 0], [-1, count, -1]);
      }
      return tf.concat(outputs, 1);
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
    step: (parameters, state, x: Tensor, position: Tensor) => {
      const slot = tf.mod(tf.cast(position, 'float32'), tf.scalar(segment));
      const here = tf.reshape(tf.cast(tf.equal(range(segment), slot), 'float32'), [segment, 1]);
      const started = state.started!;
      const memory = tf.add(
        tf.mul(started, state.memory!),
        tf.mul(tf.sub(1, started), firstMemory(parameters, x.shape[0])),
      );
      // The memory, this token, and the memory again; in between stand the tokens of the segment that were kept.
      const tokens = tf.concat([memory, tf.expandDims(x, 1), memory], 1);
      const [before, after] = [range(count), tf.add(range(count), count + segment)];
      const positions = tf.concat([before, tf.reshape(tf.add(slot, count), [1]), after]);
      const caches: Record<string, Tensor> = {};
      const output = run(parameters, tokens, positions, range(2 * count + segment), (layer, key, value) => {
        /** Memory, kept tokens with this one in its place, and memory again. */
        const kept = (name: string, fresh: Tensor) => {
          const [read, token, written] = split(fresh, [count, 1, count], 2);
          const cache = tf.add(tf.mul(state[name]!, tf.sub(1, here)), tf.mul(token, here));
          caches[name] = cache;
          return tf.concat([read, cache, written], 2);
        };
        return [kept(`${layer}.key`, key), kept(`${layer}.value`, value)];
      });
      const ends = tf.cast(tf.equal(slot, segment - 1), 'float32');
      const blend = (next: Tensor, current: Tensor) => tf.add(tf.mul(ends, next), tf.mul(tf.sub(1, ends), current));
      const next: State = {
        ...caches,
        memory: blend(tf.slice(output, [0, count + 1, 0], [-1, count, -1]), memory),
        started: tf.maximum(started, blend(tf.onesLike(started), tf.zerosLike(started))),
      };
      return { state: next, output: tf.squeeze(tf.slice(output, [0, count, 0], [-1, 1, -1]), [1]) };
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
  theory: { positions: 'rotary' },
  hyperparameters: RecurrentMemoryHyperparameters,
})
export class RecurrentMemoryTransformer implements Architecture<RecurrentMemoryHyperparameters> {
  build(hyperparameters: RecurrentMemoryHyperparameters, vocabularySize: number): SequenceModel {
    const options = { vocabularySize, width: hyperparameters.width, norm: layerNorm };
    return languageModel(ParameterScope.root(), options, (scope) => recurrentMemory(scope, hyperparameters));
  }
}
