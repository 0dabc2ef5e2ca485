import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  appended,
  attentionScope,
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
  recentOf,
  rotateHeads,
  type SequenceLayer,
  softmaxMean,
  split,
  toHeads,
} from './layers';

const hidden = -1e9;

/** What attention reads: keys and values [batch, heads, slots, headWidth], and seen [slots], 1 where they are written. */
interface Past {
  readonly key: Tensor;
  readonly value: Tensor;
  readonly seen?: Tensor;
}

/**
 * Feedback Transformer (Fan et al. 2020, section 3): every layer attends to one memory per past token, a mix of the outputs
 * of all layers, so that the lowest layer sees the output of the highest one for the token before. For token t, x^0 being
 * the embedding:
 *   x^l = x + attention_l(norm(x), m_0 .. m_{t-1}),  then x^l := x^l + feedForward_l(norm(x^l))     x = x^{l-1}
 *   m_t = sum_l softmax(w)_l x^l
 * All layers share the keys m W_k and values m W_v. The first token has nothing to attend to and gets zeros.
 */
function feedbackBlocks(scope: ParameterScope, hyperparameters: HeadHyperparameters): SequenceLayer {
  const { layers, width, heads, feedForwardFactor } = hyperparameters;
  const headWidth = width / heads;
  const keyValue = linear(scope.child('memory.keyValue'), width, 2 * width, { bias: false });
  const shares = scope.declare('memory.shares', [layers + 1], initializers.zeros);
  const blocks = Array.from({ length: layers }, (_, i) => {
    const inner = scope.child('layers').child(i);
    return {
      attentionNorm: layerNorm(inner.child('attention.norm'), width),
      query: linear(inner.child('attention.query'), width, width),
      output: linear(inner.child('attention.output'), width, width),
      feedForwardNorm: layerNorm(inner.child('feedForward.norm'), width),
      feedForward: feedForward(inner.child('feedForward'), width, feedForwardFactor * width),
    };
  });

  /** query [batch, heads, headWidth] -> the mean of the values it attends to, zero where nothing is seen */
  const attend = (past: readonly Past[], query: Tensor, like: Tensor): Tensor => {
    const asked = tf.expandDims(tf.mul(query, headWidth ** -0.5), 2);
    const blocks = past.map(({ key, value, seen }) => {
      const score = tf.matMul(asked, key, false, true); // [batch, heads, 1, slots]
      return { score: seen ? tf.add(score, tf.mul(tf.sub(1, seen), hidden)) : score, value };
    });
    const mean = fromHeads(softmaxMean(blocks), like);
    const [only] = past;
    return past.length === 1 && only!.seen ? tf.mul(mean, tf.max(only!.seen)) : mean;
  };
  /** One token through all layers: x [batch, width] -> the output of the last layer, and key and value of the memory. */
  const token = (parameters: Parameters, x: Tensor, position: Tensor, past: readonly Past[]) => {
    const outputs: Tensor[] = [x];
    for (const block of blocks) {
      let next = outputs.at(-1)!;
      if (past.length > 0) {
        const query = rotateHeads(
          toHeads(block.query(parameters, block.attentionNorm(parameters, next)), heads),
          position,
        );
        next = tf.add(next, block.output(parameters, attend(past, query, x)));
      } else {
        next = tf.add(next, block.output(parameters, tf.zerosLike(x)));
      }
      outputs.push(tf.add(next, block.feedForward(parameters, block.feedForwardNorm(parameters, next))));
    }
    const share = tf.reshape(tf.softmax(shares(parameters)), [layers + 1, 1, 1]);
    const memory = tf.sum(tf.mul(tf.stack(outputs), share), 0);
    const [key, value] = each(split(keyValue(parameters, memory), 2, 1), (part) => toHeads(part, heads));
    const slot = (part: Tensor) => tf.expandDims(part, 2); // [batch, heads, 1, headWidth]
    return { output: outputs.at(-1)!, key: slot(rotateHeads(key, position)), value: slot(value) };
  };

  return {
    forward: (parameters, x) => {
      const [keys, values]: [Tensor[], Tensor[]] = [[], []];
      const outputs = tf.unstack(x, 1).map((now, t) => {
        const past = t > 0 ? [{ key: tf.concat(keys, 2), value: tf.concat(values, 2) }] : [];
        const next = attentionScope(t, () => token(parameters, now, tf.tensor1d([t]), past));
        keys.push(next.key);
        values.push(next.value);
        return next.output;
      });
      return tf.stack(outputs, 1);
    },
    initialState: (batch, maximumTime) => ({
      key: tf.zeros([batch, heads, maximumTime, headWidth]),
      value: tf.zeros([batch, heads, maximumTime, headWidth]),
    }),
    step: (parameters, state, x, position) => {
      const [recentKey, recentValue] = [recentOf(state, 'key'), recentOf(state, 'value')];
      const known = recentKey?.shape[2] ?? 0;
      const at = tf.reshape(tf.cast(position, 'float32'), [1]);
      const seen = tf.cast(tf.less(range(state.key!.shape[2]!), tf.sub(at, known)), 'float32');
      const past: Past[] = [{ key: state.key!, value: state.value!, seen }];
      if (known > 0) past.push({ key: recentKey!, value: recentValue! });
      const { key, value, output } = token(parameters, x, at, past);
      return { state: appended(state, { key, value }, 2), output };
    },
  };
}

@architecture({
  id: 'feedback-transformer',
  version: 1,
  title: 'Feedback Transformer',
  year: 2020,
  summary: 'A Transformer in which every layer attends to a mix of what all layers said about the tokens before.',
  reference: {
    authors: 'Fan et al. 2020',
    title: 'Addressing Some Limitations of Transformers with Feedback Memory',
    identifier: '2002.09402',
    place: 'section 3',
  },
  capabilities: { causal: true },
  theory: { positions: 'rotary' },
  hyperparameters: HeadHyperparameters,
})
export class FeedbackTransformer implements Architecture<HeadHyperparameters> {
  build(hyperparameters: HeadHyperparameters, vocabularySize: number): SequenceModel {
    const options = { vocabularySize, width: hyperparameters.width, norm: layerNorm };
    return languageModel(ParameterScope.root(), options, (scope) => feedbackBlocks(scope, hyperparameters));
  }
}
