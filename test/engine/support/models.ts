import * as tf from '@tensorflow/tfjs-core';
import type { Program, TensorSpecification } from '../../../src/core/contracts/engine';

/** A small model with its loss, for tests of whole training steps. */
export interface TestModel {
  readonly parameters: readonly (readonly number[])[];
  /** tokens [batch, time], targets [batch, time] -> scalar */
  loss(tokens: tf.Tensor, targets: tf.Tensor, parameters: readonly tf.Tensor[]): tf.Scalar;
}

export interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly vocabulary: number;
}

/** Mean over all positions of -log p(target). */
function crossEntropy(logits: tf.Tensor, targets: tf.Tensor, vocabulary: number): tf.Scalar {
  const chosen = tf.mul(tf.logSoftmax(logits), tf.oneHot(tf.cast(tf.reshape(targets, [-1]), 'int32'), vocabulary));
  return tf.neg(tf.mean(tf.sum(chosen, -1)));
}

const layerNorm = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.mul(centred, centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-5))), scale), shift);
};

export function attentionModel({ batch, time, vocabulary }: Sizes, layers = 2, width = 64, heads = 4): TestModel {
  const hidden = 4 * width;
  const block = [
    [width, 3 * width],
    [width, width],
    [width],
    [width],
    [width],
    [width],
    [width, hidden],
    [hidden, width],
  ];
  const rows = [batch * time, width];
  const future = Float32Array.from({ length: time * time }, (_, k) => (k % time > Math.floor(k / time) ? -1e9 : 0));
  return {
    parameters: [
      [vocabulary, width],
      [time, width],
      ...Array.from({ length: layers }, () => block).flat(),
      [width],
      [width],
      [width, vocabulary],
    ],
    loss(tokens, targets, parameters) {
      let next = 0;
      const take = () => parameters[next++]!;
      const embedded = tf.matMul(
        tf.reshape(tf.oneHot(tf.cast(tokens, 'int32'), vocabulary), [batch * time, vocabulary]),
        take(),
      );
      let x = tf.add(tf.reshape(embedded, [batch, time, width]), take());
      const mask = tf.tensor(future, [time, time]);
      for (let layer = 0; layer < layers; layer++) {
        const [projection, output, scale1, shift1, scale2, shift2, up, down] = block.map(take) as tf.Tensor[];
        const normed = tf.reshape(layerNorm(x, scale1!, shift1!), rows);
        const [queries, keys, values] = tf
          .split(tf.matMul(normed, projection!), 3, 1)
          .map((part) =>
            tf.reshape(tf.transpose(tf.reshape(part, [batch, time, heads, width / heads]), [0, 2, 1, 3]), [
              batch * heads,
              time,
              width / heads,
            ]),
          );
        const scores = tf.mul(tf.matMul(queries!, keys!, false, true), 1 / Math.sqrt(width / heads));
        const mixed = tf.matMul(tf.softmax(tf.add(scores, mask)), values!);
        const joined = tf.reshape(
          tf.transpose(tf.reshape(mixed, [batch, heads, time, width / heads]), [0, 2, 1, 3]),
          rows,
        );
        x = tf.add(x, tf.reshape(tf.matMul(joined, output!), [batch, time, width]));
        const inner = tf.relu(tf.matMul(tf.reshape(layerNorm(x, scale2!, shift2!), rows), up!));
        x = tf.add(x, tf.reshape(tf.matMul(inner, down!), [batch, time, width]));
      }
      const last = layerNorm(x, take(), take());
      return crossEntropy(tf.matMul(tf.reshape(last, rows), take()), targets, vocabulary);
    },
  };
}

export function lstmModel({ batch, time, vocabulary }: Sizes, width = 64, hidden = 128): TestModel {
  return {
    parameters: [[vocabulary, width], [width, 4 * hidden], [hidden, 4 * hidden], [4 * hidden], [hidden, vocabulary]],
    loss(tokens, targets, [embedding, input, recurrent, bias, output]) {
      const hot = tf.reshape(tf.oneHot(tf.cast(tf.transpose(tokens), 'int32'), vocabulary), [time * batch, vocabulary]);
      const gates = tf.add(tf.matMul(tf.matMul(hot, embedding!), input!), bias!);
      let h: tf.Tensor = tf.zeros([batch, hidden]);
      let c: tf.Tensor = tf.zeros([batch, hidden]);
      const states = tf.unstack(tf.reshape(gates, [time, batch, 4 * hidden])).map((gate) => {
        const [i, f, g, o] = tf.split(tf.add(gate, tf.matMul(h, recurrent!)), 4, 1) as tf.Tensor[];
        c = tf.add(tf.mul(tf.sigmoid(f!), c), tf.mul(tf.sigmoid(i!), tf.tanh(g!)));
        h = tf.mul(tf.sigmoid(o!), tf.tanh(c));
        return h;
      });
      const logits = tf.matMul(tf.reshape(tf.stack(states), [time * batch, hidden]), output!);
      return crossEntropy(logits, tf.transpose(targets), vocabulary);
    },
  };
}

/** An elementwise recurrence with decay, numerically safe (running maximum), as in RWKV. */
export function decayModel({ batch, time, vocabulary }: Sizes, width = 32): TestModel {
  return {
    parameters: [[vocabulary, width], [width, width], [width, width], [width], [width], [width, vocabulary]],
    loss(tokens, targets, [embedding, key, value, decay, bonus, output]) {
      const rows = tf.gather(embedding!, tf.reshape(tf.cast(tf.transpose(tokens), 'int32'), [-1]));
      const keys = tf.unstack(tf.reshape(tf.matMul(rows, key!), [time, batch, width]));
      const values = tf.unstack(tf.reshape(tf.matMul(rows, value!), [time, batch, width]));
      let numerator: tf.Tensor = tf.zeros([batch, width]);
      let denominator: tf.Tensor = tf.zeros([batch, width]);
      let maximum: tf.Tensor = tf.fill([batch, width], -1e30);
      const slow = tf.neg(tf.exp(decay!));
      const outputs = keys.map((k, t) => {
        const now = tf.maximum(maximum, tf.add(k, bonus!));
        const past = tf.exp(tf.sub(maximum, now));
        const here = tf.exp(tf.sub(tf.add(k, bonus!), now));
        const mixed = tf.div(
          tf.add(tf.mul(past, numerator), tf.mul(here, values[t]!)),
          tf.add(tf.mul(past, denominator), here),
        );
        const later = tf.maximum(tf.add(maximum, slow), k);
        const kept = tf.exp(tf.sub(tf.add(maximum, slow), later));
        const added = tf.exp(tf.sub(k, later));
        numerator = tf.add(tf.mul(kept, numerator), tf.mul(added, values[t]!));
        denominator = tf.add(tf.mul(kept, denominator), added);
        maximum = later;
        return mixed;
      });
      const logits = tf.matMul(tf.reshape(tf.stack(outputs), [time * batch, width]), output!);
      return crossEntropy(logits, tf.transpose(targets), vocabulary);
    },
  };
}

/** (tokens, targets, ...parameters) -> (loss, ...gradients) */
export const gradientProgram =
  (model: TestModel): Program =>
  (tokens, targets, ...parameters) => {
    const { value, grads } = tf.valueAndGrads((...p: tf.Tensor[]) => model.loss(tokens!, targets!, p))(parameters);
    return [value, ...grads];
  };

/** A whole training step with Adam: (tokens, targets, rate, ...parameters, ...means, ...squares) -> (loss, the same anew). */
export const trainingProgram =
  (model: TestModel): Program =>
  (tokens, targets, rate, ...rest) => {
    const count = model.parameters.length;
    const [parameters, means, squares] = [0, 1, 2].map((k) => rest.slice(k * count, (k + 1) * count)) as [
      tf.Tensor[],
      tf.Tensor[],
      tf.Tensor[],
    ];
    const { value, grads } = tf.valueAndGrads((...p: tf.Tensor[]) => model.loss(tokens!, targets!, p))(parameters);
    const newMeans = grads.map((g, k) => tf.add(tf.mul(means[k]!, 0.9), tf.mul(g, 0.1)));
    const newSquares = grads.map((g, k) => tf.add(tf.mul(squares[k]!, 0.999), tf.mul(tf.mul(g, g), 0.001)));
    const updated = parameters.map((p, k) =>
      tf.sub(p, tf.mul(rate!, tf.div(newMeans[k]!, tf.add(tf.sqrt(newSquares[k]!), 1e-8)))),
    );
    return [value, ...updated, ...newMeans, ...newSquares];
  };

const float = (shape: readonly number[]): TensorSpecification => ({ shape, dtype: 'float32' });
export const gradientSignature = (model: TestModel, { batch, time }: Sizes): TensorSpecification[] => [
  { shape: [batch, time], dtype: 'int32' },
  { shape: [batch, time], dtype: 'int32' },
  ...model.parameters.map(float),
];
export const trainingSignature = (model: TestModel, { batch, time }: Sizes): TensorSpecification[] => [
  { shape: [batch, time], dtype: 'int32' },
  { shape: [batch, time], dtype: 'int32' },
  float([]),
  ...[0, 1, 2].flatMap(() => model.parameters.map(float)),
];
