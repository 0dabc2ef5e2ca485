import * as tf from '@tensorflow/tfjs-core';
import { Transformer } from '../../architectures/transformer';
import { TransformerEncoder } from '../../architectures/transformer-encoder';
import { Lstm } from '../../architectures/lstm';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import type { ProbedSequence } from '../../src/core/contracts/probe';
import { AttentionMass } from '../../src/probes/attention-mass';
import { Parity } from '../../tasks/parity';
import { probing } from '../support/probing';

const { lookedAt, close } = probing();
afterAll(close);

const small = { layers: 2, width: 8, heads: 2, feedForwardFactor: 2, positions: 'rotary' as const };
const vocabularySize = 6;
const specialTokens = [0, 2];
const sequences: ProbedSequence[] = [
  { input: [], tokens: [3, 4, 2, 5, 2, 1], inputTokens: 0, scored: { first: 3, count: 2 } },
  { input: [], tokens: [2, 1, 3], inputTokens: 0, scored: { first: 2, count: 1 } },
];
const probe = new AttentionMass();

describe.each<[string, SequenceModel, boolean]>([
  ['transformer', new Transformer().build(small, vocabularySize), true],
  ['transformer-encoder', new TransformerEncoder().build(small, vocabularySize), false],
])('%s', (_, model, isCausal) => {
  it.each(['all', 'scored'] as const)('rows %s: as loops over single weights have it', async (rows) => {
    const { readings, parameters } = await lookedAt(
      { model, task: new Parity(), specialTokens, sequences },
      (subject) => probe.look(subject, { rows }),
    );
    const padded = sequences.map(({ tokens }) => [...tokens, 0, 0, 0].slice(0, 6));
    const weights = model.attention!(parameters, tf.tensor2d(padded, [2, 6], 'int32')).arraySync() as number[][][][][];
    const shares: number[][] = [[], []];
    const uniform: number[] = [];
    sequences.forEach(({ tokens, scored }, at) =>
      tokens.forEach((__, query) => {
        if (rows === 'scored' && (query < scored.first || query >= scored.first + scored.count)) return;
        const seen = isCausal ? tokens.slice(0, query + 1) : tokens;
        uniform.push(seen.filter((token) => token === 0 || token === 2).length / seen.length);
        for (const layer of [0, 1])
          for (const head of [0, 1]) {
            let [special, all] = [0, 0];
            for (let key = 0; key < 6; key++) {
              const weight = weights[at]![layer]![head]![query]![key]!;
              all += weight;
              if (padded[at]![key] === 0 || padded[at]![key] === 2) special += weight;
            }
            shares[layer]!.push(special / all);
          }
      }),
    );
    const mean = (values: number[]) => values.reduce((sum, each) => sum + each) / values.length;
    expect(Object.keys(readings)).toEqual(['layer 1', 'layer 2', 'uniform']);
    expect(readings['layer 1']).toBeCloseTo(mean(shares[0]!), 5);
    expect(readings['layer 2']).toBeCloseTo(mean(shares[1]!), 5);
    expect(readings.uniform).toBeCloseTo(mean(uniform), 10);
  });
});

it('finds nothing without attention', () => {
  const lstm = new Lstm().build({ layers: 1, embeddingWidth: 4, hiddenSize: 4 }, vocabularySize);
  expect(probe.refuses(lstm)).toMatch(/no attention/);
  expect(probe.refuses(new Transformer().build(small, vocabularySize))).toBeUndefined();
});
