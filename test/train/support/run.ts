import * as tf from '@tensorflow/tfjs-core';
import type { SequenceModel } from '../../../src/core/contracts/architecture';
import { Protocol } from '../../../src/core/protocol';

/** A model that looks at one token at a time: the logits after a token are its row of a table. */
export const bigram = (vocabularySize: number): SequenceModel => ({
  parameters: [
    {
      name: 'table',
      shape: [vocabularySize, vocabularySize],
      initializer: (rng, shape) => Float32Array.from({ length: shape[0]! * shape[1]! }, () => rng.normal()),
    },
  ],
  forward: ({ table }, tokens) => tf.gather(table!, tokens) as tf.Tensor3D,
});

const mostPlaces = 64;

/** A model that looks at no token at all: the logits at a place are its row of a table, so that it can learn one sequence by heart. */
export const byPlace = (vocabularySize: number): SequenceModel => ({
  parameters: [
    {
      name: 'table',
      shape: [mostPlaces, vocabularySize],
      initializer: (rng, shape) => Float32Array.from({ length: shape[0]! * shape[1]! }, () => rng.normal()),
    },
  ],
  forward: ({ table }, tokens) => {
    const [rows, time] = tokens.shape as [number, number];
    const places = tf.slice(table!, [0, 0], [time, vocabularySize]);
    return tf.tile(tf.expandDims(places, 0), [rows, 1, 1]) as tf.Tensor3D;
  },
});

/** A protocol of few steps on short inputs. */
export function shortProtocol(change: Partial<Protocol> = {}, heldOut: Partial<Protocol['heldOut']> = {}): Protocol {
  const protocol = new Protocol();
  Object.assign(protocol.trainingLengths, { minimum: 1, maximum: 6 });
  Object.assign(protocol.heldOut, { every: 3, sequences: 12, stopAt: null, ...heldOut });
  return Object.assign(protocol, { steps: 10, batchSize: 4, ...change });
}
