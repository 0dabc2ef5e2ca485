import * as tf from '@tensorflow/tfjs-core';
import { Gru } from '../../architectures/gru';
import { Lstm } from '../../architectures/lstm';
import { Transformer } from '../../architectures/transformer';
import { TransformerEncoder } from '../../architectures/transformer-encoder';
import type { ProbedSequence } from '../../src/core/contracts/probe';
import { StateNorm } from '../../src/probes/state-norm';
import { Parity } from '../../tasks/parity';
import { probing } from '../support/probing';

const { lookedAt, close } = probing();
afterAll(close);

const vocabularySize = 5;
const recurrent = { layers: 2, embeddingWidth: 4, hiddenSize: 6 };
const attending = { layers: 1, width: 8, heads: 2, feedForwardFactor: 2, positions: 'rotary' as const };
const probe = new StateNorm();
const sequences: ProbedSequence[] = [[1, 2, 3, 4, 1, 2, 3, 3], [4, 4, 1], [2]].map((tokens) => ({
  input: [],
  tokens,
  inputTokens: 0,
  scored: { first: 0, count: 1 },
}));

it.each([
  ['lstm', new Lstm().build(recurrent, vocabularySize)],
  ['gru', new Gru().build(recurrent, vocabularySize)],
])('%s: the norms of a sequence that is read alone, number by number', async (_, model) => {
  const { readings, parameters } = await lookedAt(
    { model, task: new Parity(), specialTokens: [0], sequences },
    (subject) => probe.look(subject),
  );
  const names = Object.keys(model.initialState!(1, 1)).sort();
  const expected: Record<string, number> = {};
  for (const { tokens } of sequences) {
    let state = model.initialState!(1, tokens.length);
    tokens.forEach((token, at) => {
      const position = tf.scalar(at, 'int32');
      state = model.step!(parameters, state, tf.tensor1d([token], 'int32'), position).state;
      for (const share of [0.25, 0.5, 1]) {
        if (at + 1 !== Math.ceil(share * tokens.length)) continue;
        for (const name of names) {
          let squares = 0;
          for (const value of state[name]!.dataSync()) squares += value * value;
          const key = `${name} at ${100 * share} %`;
          expected[key] = (expected[key] ?? 0) + Math.sqrt(squares) / sequences.length;
        }
      }
    });
  }
  expect(Object.keys(readings).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, norm] of Object.entries(readings)) expect(norm).toBeCloseTo(expected[name]!, 5);
});

it('says why it finds nothing', () => {
  expect(probe.refuses(new Transformer().build(attending, vocabularySize))).toMatch(/grows with the sequence/);
  expect(probe.refuses(new TransformerEncoder().build(attending, vocabularySize))).toMatch(/no recurrent form/);
  expect(probe.refuses(new Lstm().build(recurrent, vocabularySize))).toBeUndefined();
});
