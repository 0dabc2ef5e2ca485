import * as tf from '@tensorflow/tfjs-core';
import type { Parameters, ParameterSpecification, SequenceModel } from '../../../src/core/contracts/architecture';

/**
 * Models whose training is frozen to the last bit in `golden-curves.json`. They share no code with the rows of the zoo, so
 * that a curve moves with the engine alone. Changing one of them makes its curves worthless: add another instead.
 */

export const vocabularySize = 11;
const width = 40;

/** Width of a factor of a product: values of variance 1 stay so. */
const weight = (name: string, inputs: number, outputs: number): ParameterSpecification => ({
  name,
  shape: [inputs, outputs],
  initializer: (rng) => Float32Array.from({ length: inputs * outputs }, () => rng.normal() / Math.sqrt(inputs)),
});
const vector = (name: string, size: number, value: number): ParameterSpecification => ({
  name,
  shape: [size],
  initializer: () => new Float32Array(size).fill(value),
});

/** x [batch, time, inputs] W [inputs, outputs] -> [batch, time, outputs] */
function project(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const [batch, time, inputs] = x.shape as [number, number, number];
  return tf.reshape(tf.matMul(tf.reshape(x, [batch * time, inputs]), w as tf.Tensor2D), [batch, time, w.shape[1]!]);
}

/** tokens [batch, time] -> rows of E [vocabulary, width] */
const embed = (tokens: tf.Tensor, e: tf.Tensor): tf.Tensor =>
  project(tf.oneHot(tf.cast(tokens, 'int32'), vocabularySize), e);

/** (x - mean) / sqrt(variance + 1e-5) over the last dimension; its gradient is (d - y mean(d y)) / deviation of a centred d. */
const standardize = tf.customGrad((x, save) => {
  const centre = (y: tf.Tensor): tf.Tensor => tf.sub(y, tf.mean(y, -1, true));
  const centred = centre(x as tf.Tensor);
  const r = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), 1e-5));
  const value = tf.mul(centred, r);
  (save as tf.GradSaveFunc)([value, r]);
  const gradFunc = (gradient: tf.Tensor, kept: tf.Tensor[]): tf.Tensor => {
    const [y, inverse] = kept as [tf.Tensor, tf.Tensor];
    const d = centre(gradient);
    return tf.mul(tf.sub(d, tf.mul(y, tf.mean(tf.mul(d, y), -1, true))), inverse);
  };
  return { value, gradFunc };
});
const layerNorm = (x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(standardize(x), gain), bias);

/** An LSTM: products in a row of time steps, sigmoid and tanh. */
const recurrence: SequenceModel = {
  parameters: [
    weight('embedding', vocabularySize, width),
    weight('input', width, 4 * width),
    weight('recurrent', width, 4 * width),
    vector('bias', 4 * width, 0.1),
    weight('output', width, vocabularySize),
  ],
  forward({ embedding, input, recurrent, bias, output }: Parameters, tokens) {
    const batch = tokens.shape[0]!;
    let [h, c]: tf.Tensor[] = [tf.zeros([batch, width]), tf.zeros([batch, width])];
    const hidden = tf.unstack(tf.add(project(embed(tokens, embedding!), input!), bias!), 1).map((x) => {
      const gates = tf.add(x, tf.matMul(h as tf.Tensor2D, recurrent as tf.Tensor2D));
      const [i, f, o, g] = tf.split(gates, 4, -1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      c = tf.add(tf.mul(tf.sigmoid(f), c!), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      return (h = tf.mul(tf.sigmoid(o), tf.tanh(c)));
    });
    return project(tf.stack(hidden, 1), output!);
  },
};

/** A block of a transformer: normalization, also of queries and keys, causal softmax attention of two heads, an error function. */
const attention: SequenceModel = {
  parameters: [
    weight('embedding', vocabularySize, width),
    ...['1', '2', 'Q', 'K'].flatMap((at) => [vector(`gain${at}`, width, 1), vector(`bias${at}`, width, 0.01)]),
    weight('queries', width, width),
    weight('keys', width, width),
    weight('values', width, width),
    weight('up', width, 2 * width),
    weight('down', 2 * width, width),
    weight('output', width, vocabularySize),
  ],
  forward(p: Parameters, tokens) {
    const [batch, time] = tokens.shape as [number, number];
    const heads = (x: tf.Tensor): tf.Tensor => tf.transpose(tf.reshape(x, [batch, time, 2, width / 2]), [0, 2, 1, 3]);
    const future = tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]), -1, 0));
    const x = embed(tokens, p.embedding!);
    const normed = layerNorm(x, p.gain1!, p.bias1!);
    const [queries, keys, v] = [p.queries!, p.keys!, p.values!].map((w) => project(normed, w));
    const [q, k] = [layerNorm(queries!, p.gainQ!, p.biasQ!), layerNorm(keys!, p.gainK!, p.biasK!)].map(heads);
    const scores = tf.sub(tf.div(tf.matMul(q!, k!, false, true), Math.sqrt(width / 2)), tf.mul(future, 1e9));
    const read = tf.transpose(tf.matMul(tf.softmax(scores), heads(v!)), [0, 2, 1, 3]);
    const y = tf.add(x, tf.reshape(read, [batch, time, width]));
    const up = project(layerNorm(y, p.gain2!, p.bias2!), p.up!);
    const gelu = tf.mul(tf.mul(up, 0.5), tf.add(1, tf.erf(tf.div(up, Math.SQRT2))));
    return project(tf.add(y, project(gelu, p.down!)), p.output!);
  },
};

/** A matrix state with decay and corrections (the gated delta rule, step by step): outer products, sums over one side. */
const matrixState: SequenceModel = {
  parameters: [
    weight('embedding', vocabularySize, width),
    ...['queries', 'keys', 'values'].map((name) => weight(name, width, width)),
    weight('rates', width, 2),
    weight('output', width, vocabularySize),
  ],
  forward(p: Parameters, tokens) {
    const batch = tokens.shape[0]!;
    const x = embed(tokens, p.embedding!);
    const unit = (y: tf.Tensor): tf.Tensor => tf.mul(y, tf.rsqrt(tf.add(tf.sum(tf.square(y), -1, true), 1e-6)));
    const [q, k, v] = [unit(project(x, p.queries!)), unit(project(x, p.keys!)), project(x, p.values!)].map((y) =>
      tf.unstack(y, 1),
    );
    const rates = tf.unstack(project(x, p.rates!), 1);
    let s: tf.Tensor = tf.zeros([batch, width, width]);
    const read = rates.map((rate, t) => {
      const [a, b] = tf.split(rate, 2, -1).map((one) => tf.expandDims(one, -1)) as [tf.Tensor, tf.Tensor];
      const key = tf.expandDims(k![t]!, -1); // [batch, width, 1]
      s = tf.mul(s, tf.exp(tf.neg(tf.softplus(a))));
      const error = tf.sub(tf.expandDims(v![t]!, 1), tf.sum(tf.mul(s, key), 1, true));
      s = tf.add(s, tf.mul(tf.mul(tf.sigmoid(b), key), error));
      return tf.sum(tf.mul(s, tf.expandDims(q![t]!, -1)), 1);
    });
    return project(tf.stack(read, 1), p.output!);
  },
};

export const goldenModels = { recurrence, attention, 'matrix state': matrixState } as const;
