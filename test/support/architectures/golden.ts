import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { ArchitectureMeta, SequenceModel } from '../../../src/core/contracts/architecture';
import { unitOf, type UnitClass } from '../../../registry/units';
import { projectRoot } from './discover';

/** Numbers that an independent implementation gave for the same parameters and tokens. */
export interface Golden {
  /** Id of the row whose numbers these are. */
  readonly architecture: string;
  readonly origin: string;
  readonly hyperparameters: object;
  readonly vocabularySize: number;
  readonly tokens: number[][];
  readonly targets: number[][];
  /** Shapes by name; the values follow from the name, see `parameterValues`. */
  readonly parameters: Readonly<Record<string, number[]>>;
  /** Mean cross-entropy of the targets. */
  readonly loss: number;
  /** [batch][time][vocabulary] */
  readonly logits: number[][][];
  /** Gradient of the loss with respect to each parameter, projected on `noise(7, i)`. */
  readonly gradients: Readonly<Record<string, number>>;
  /** The same for longer sequences, which cross the borders of chunks. Absent where the second implementation takes too long. */
  readonly longer?: readonly LongerGolden[];
}

interface LongerGolden extends Pick<Golden, 'loss' | 'gradients'> {
  readonly time: number;
  /** For every position, the logits there [batch, vocabulary] projected on `noise(11, i)`. */
  readonly digests: number[];
}

/** A fixed pseudo-random number in [-1/2, 1/2), easy to compute anywhere. */
function noise(seed: number, i: number): number {
  const x = Math.sin(seed + 12.9898 * (i + 1)) * 43758.5453;
  return x - Math.floor(x) - 0.5;
}

/** 1.2 noise, plus 1 for gains; the seed is made of the letters of the name. */
function parameterValues(name: string, size: number): Float32Array {
  const seed = [...name].reduce((sum, letter, k) => sum + letter.charCodeAt(0) * (k + 1), 0) % 1000;
  return Float32Array.from({ length: size }, (_, i) => (name.endsWith('gain') ? 1 : 0) + 1.2 * noise(seed, i));
}

/** Two sequences of `time` tokens, and as targets the next token, after the last the first. */
function pseudorandomTokens(time: number, vocabularySize: number) {
  const tokens = [0, 1].map((row) =>
    Array.from({ length: time }, (_, t) => Math.floor((noise(time, row * time + t) + 0.5) * vocabularySize)),
  );
  return { tokens, targets: tokens.map(([first, ...rest]) => [...rest, first!]) };
}

/** [batch, time, vocabulary] -> one number per position */
function digestsOf(logits: tf.Tensor): number[] {
  const [batch, time, vocabulary] = logits.shape as [number, number, number];
  const values = logits.dataSync();
  return Array.from({ length: time }, (_, t) => {
    let sum = 0;
    for (let b = 0; b < batch; b++)
      for (let v = 0; v < vocabulary; v++)
        sum += values[(b * time + t) * vocabulary + v]! * noise(11, b * vocabulary + v);
    return sum;
  });
}

const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(expected, (y, i) => Math.abs(actual[i]! - y) / (1 + Math.abs(y))).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  expect(worst).toBeLessThan(tolerance);
};

/** The golden files of a folder by their names; bench/golden computes them. */
export const goldenFiles = (folder: string): { readonly file: string; readonly golden: Golden }[] =>
  readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      file: basename(name, '.json'),
      golden: JSON.parse(readFileSync(join(projectRoot, folder, name), 'utf8')) as Golden,
    }));

/** Compares logits in both forms, loss and gradients with golden numbers. */
export function describeGolden(file: string, golden: Golden, unitClass: UnitClass<'architecture'>): void {
  describe(`golden numbers of ${file}: ${golden.origin}`, () => {
    const meta = unitOf(unitClass)!.meta as ArchitectureMeta;
    const hyperparameters = Object.assign(new meta.hyperparameters(), golden.hyperparameters);
    let model: SequenceModel;
    let names: string[];
    let values: tf.Tensor[];
    let tokens: tf.Tensor2D;
    const named = (list: readonly tf.Tensor[]) => Object.fromEntries(names.map((name, i) => [name, list[i]!]));

    beforeAll(async () => {
      await tf.setBackend('cpu');
      model = new unitClass().build(hyperparameters, golden.vocabularySize);
      names = model.parameters.map(({ name }) => name);
      values = model.parameters.map(({ name, shape }) => {
        const size = shape.reduce((product, extent) => product * extent, 1);
        return tf.tensor(parameterValues(name, size), [...shape]);
      });
      tokens = tf.tensor2d(golden.tokens, undefined, 'int32');
    });

    /** Expects loss and gradients, and gives the logits. */
    const expectLossAndGradients = (
      tokens: number[][],
      targets: number[][],
      { loss, gradients }: Pick<Golden, 'loss' | 'gradients'>,
    ): tf.Tensor => {
      let logits: tf.Tensor;
      const { value, grads } = tf.valueAndGrads((...list: tf.Tensor[]) => {
        const oneHot = tf.oneHot(tf.tensor2d(targets, undefined, 'int32'), golden.vocabularySize);
        logits = tf.keep(model.forward(named(list), tf.tensor2d(tokens, undefined, 'int32')));
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), tf.cast(oneHot, 'float32')), -1)));
      })(values);
      close(value.dataSync(), [loss], 1e-5);
      const projected = grads.map((gradient) =>
        Array.from(gradient.dataSync()).reduce((sum, x, i) => sum + x * noise(7, i), 0),
      );
      close(
        projected,
        names.map((name) => gradients[name]!),
        1e-4,
      );
      return logits!;
    };

    it('has the same parameters', () => {
      const declared = Object.fromEntries(model.parameters.map(({ name, shape }) => [name, [...shape]]));
      expect(declared).toEqual(golden.parameters);
    });

    it('has the same logits in one pass', () => {
      const logits = tf.tidy(() => model.forward(named(values), tokens).dataSync());
      close(logits, golden.logits.flat(2), 1e-4);
    });

    it('has the same logits in steps', () => {
      if (!model.step) return;
      const [batch, time] = tokens.shape;
      let state = model.initialState!(batch, time);
      const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
        const next = model.step!(named(values), state, token, tf.scalar(position, 'int32'));
        state = next.state;
        return next.logits;
      });
      close(tf.stack(said, 1).dataSync(), golden.logits.flat(2), 1e-4);
    });

    it('has the same loss and gradients', () => {
      expectLossAndGradients(golden.tokens, golden.targets, golden);
    });

    for (const longer of golden.longer ?? [])
      it(`has the same logits, loss and gradients of ${longer.time} tokens`, () => {
        const { tokens, targets } = pseudorandomTokens(longer.time, golden.vocabularySize);
        close(digestsOf(expectLossAndGradients(tokens, targets, longer)), longer.digests, 1e-4);
      });
  });
}
