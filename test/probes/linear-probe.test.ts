import * as tf from '@tensorflow/tfjs-core';
import { Transformer } from '../../architectures/transformer';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import type { ProbedSequence } from '../../src/core/contracts/probe';
import { createRng } from '../../src/core/random';
import { createFormat } from '../../src/data/format';
import { LinearProbe, LinearProbeHyperparameters } from '../../src/probes/linear-probe';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';
import { probing } from '../support/probing';

const { lookedAt, close } = probing();
afterAll(close);

const task = new Parity();
const format = createFormat(task, 'direct');
const { specialTokens, size } = format.vocabulary;
const rng = createRng('linear probe');
const sequences = Array.from({ length: 40 }, (_, at): ProbedSequence => {
  const input = task.sample(rng.split(at), 5 + (at % 4));
  const { tokens, scored } = format.encode(input);
  return { input, tokens, scored, inputTokens: input.length };
});
const probe = new LinearProbe();
const defaults = new LinearProbeHyperparameters();

/** Keeps the number of ones modulo `modulus` as a point on a circle, beside numbers that say nothing. */
function counter(modulus: number): SequenceModel {
  const one = format.vocabulary.input[1]!;
  return {
    parameters: [{ name: 'unused', shape: [1], initializer: () => new Float32Array(1) }],
    forward: () => tf.zeros([1]),
    initialState: (batch) => ({ count: tf.zeros([batch]), circle: tf.zeros([batch, 2]), noise: tf.zeros([batch, 3]) }),
    step: (parameters, state, token, position) => {
      const count = tf.mod(tf.add(state.count!, tf.cast(tf.equal(token, one), 'float32')), modulus);
      const angle = tf.mul(count, (2 * Math.PI) / modulus);
      const noise = tf.stack([tf.cast(position, 'float32'), tf.scalar(1), tf.reshape(parameters.unused!, [])]);
      return {
        state: {
          count,
          circle: tf.stack([tf.cos(angle), tf.sin(angle)], 1),
          noise: tf.tile(tf.expandDims(noise, 0), [token.shape[0]!, 1]),
        },
        logits: tf.zeros([token.shape[0]!, size]),
      };
    },
  };
}

it.each([
  ['keeps parity', 2, 1],
  ['keeps the count modulo 3, in which parity is not linear', 3, 0.8],
])('a state that %s', async (_, modulus, limit) => {
  const shown = { model: counter(modulus), task, specialTokens, sequences };
  const { readings } = await lookedAt(shown, (subject) => probe.look(subject, defaults));
  expect(readings.states).toBe(2);
  if (limit === 1) expect(readings.accuracy).toBe(1);
  else expect(readings.accuracy).toBeLessThan(limit);
});

it('chance is the share of the most frequent parity of the first half, counted in the second', async () => {
  const { readings } = await lookedAt({ model: counter(2), task, specialTokens, sequences }, (subject) =>
    probe.look(subject, defaults),
  );
  const parities = (some: ProbedSequence[]) =>
    some.flatMap(({ input }) => input.map((__, at) => input.slice(0, at + 1).filter((bit) => bit === 1).length % 2));
  const [fitted, tested] = [parities(sequences.slice(0, 20)), parities(sequences.slice(20))];
  const odd = fitted.filter(Boolean).length;
  const common = odd > fitted.length - odd ? 1 : 0;
  expect(readings.chance).toBeCloseTo(tested.filter((parity) => parity === common).length / tested.length, 10);
});

it('says why it finds nothing', () => {
  const positions = 'rotary' as const;
  const attending = new Transformer().build({ layers: 1, width: 8, heads: 2, feedForwardFactor: 2, positions }, size);
  expect(probe.refuses(attending)).toMatch(/grows with the sequence/);
  expect(probe.refuses(counter(2), task)).toBeUndefined();
  expect(probe.refuses(counter(2), new Reversal())).toMatch(/no finite automaton/);
});
