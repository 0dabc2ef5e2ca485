import * as tf from '@tensorflow/tfjs-core';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import type { Cell } from '../../../src/core/contracts/record';
import type { Engine } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import { validated } from '../../../src/core/validation';
import { LastTokenFormat } from '../../../src/data/last-token-format';
import { Split } from '../../../src/data/split';
import { ParameterLayout } from '../../../src/model/parameters';
import { unseenReading } from '../../../src/studies/matching/body';
import { Matching } from '../../../src/studies/matching/matching';
import { measureMatching } from '../../../src/studies/matching/measure';
import { MatchingExperiment } from '../../../src/studies/matching/settings';
import { decodeCheckpoint } from '../../../src/train/checkpoint';
import { selectEngine } from '../../support/engine-choice';

const registry = discover(new Registry(), ...unitFolders);
const study = new Matching(registry);
const part = { orders: [1], layers: [2] };
const small = {
  name: 'small',
  study: 'matching',
  settings: { tokens: 20, width: 16, steps: 120, batchSize: 32, warmUp: 10, every: 40, validation: 50 },
  parts: [part],
};
const expand = (changes: object = {}, seeds?: number[]) =>
  study.expand(
    validated(MatchingExperiment, MatchingExperiment.writtenOut({ ...small, ...changes }), { place: 'my.json' }),
    { file: 'my.json', engine: 'native', plugins: [], seeds },
  );

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

/** Measures from where `saved` is; stops at the second look if told to. */
async function measure(cell: Cell, saved: { checkpoint: Uint8Array | null }, stopsAt = Infinity) {
  const stop = new AbortController();
  let time = 0;
  return measureMatching(registry, cell, {
    engine: () => Promise.resolve(engine),
    loadCheckpoint: () => Promise.resolve(saved.checkpoint),
    saveCheckpoint: (content) => Promise.resolve(void (saved.checkpoint = content)),
    onProgress: ({ step }) => (step >= stopsAt ? stop.abort() : undefined),
    now: () => (time += 1), // every report and checkpoint is due
    signal: stop.signal,
  });
}

it('answers unseen pairs as often as plain evaluation of the same parameters does, and goes on where it was stopped', async () => {
  const [cell] = expand().cells as [Cell];
  const saved: { checkpoint: Uint8Array | null } = { checkpoint: null };
  await expect(measure(cell, saved, 60)).rejects.toThrow();
  const { body } = await measure(cell, saved);
  const whole: { checkpoint: Uint8Array | null } = { checkpoint: null };
  expect((await measure(cell, whole)).body).toEqual(body);
  expect(body.training.curve.map(({ step }) => step)).toEqual([40, 80, 120]);

  const { architecture, task: choice } = cell.specification;
  const task = registry.createTask('chain-search', { ...choice.hyperparameters, residues: 'unseen' });
  const format = new LastTokenFormat(task);
  const model = registry
    .create(registry.resolve('architecture', 'transformer'))
    .build(architecture.hyperparameters, format.vocabulary.size);
  const layout = new ParameterLayout(model.parameters);
  const { evaluated } = decodeCheckpoint(whole.checkpoint!, layout.count)!;
  await tf.setBackend('cpu');
  const parameters = layout.unflatten(tf.tensor1d(evaluated));
  const split = new Split(task, 9);
  let right = 0;
  for (let at = 0; at < 50; at++) {
    const stream = createRng('unseen').split('chain-search').split(9).split(at);
    const input = split.draw('validation', stream, stream.choice([9]));
    const logits = tf.squeeze(model.forward(parameters, tf.tensor2d([format.prompt(input)], [1, 9], 'int32')), [0]);
    const predicted = tf.argMax(logits, 1).dataSync();
    if (format.decode(input, predicted).answer[0] === task.solve(input)[0]) right++;
  }
  expect(body.training.curve.at(-1)!.readings![unseenReading]).toBeCloseTo(right / 50, 10);
  expect(Object.keys(body.training.curve[0]!.readings!)).toEqual([
    unseenReading,
    'matching-score.h1 diagonal',
    'matching-score.h1 score',
  ]);
});

it('asks every combination once, at the last token of inputs of one length', () => {
  const { cells } = expand({
    parts: [
      { orders: [1, 2], layers: [2, 3], exponents: [0.5, null], normalisations: ['pre', 'post'], seeds: 2 },
      { orders: [2], layers: [3], exponents: [0.5], noises: ['none', 'random'] },
      { chain: 'ordered', orders: [2] },
      { chain: 'double', pairs: 6, orders: [2] },
    ],
  });
  expect(cells).toHaveLength(2 * 2 * 2 * 2 * 2 + 1 + 2);
  expect(new Set(cells.map(({ key }) => key)).size).toBe(cells.length);
  const lengths = cells.map(({ specification }) => specification.protocol.trainingLengths);
  expect(lengths.slice(-3)).toEqual([9, 10, 13].map((length) => ({ minimum: length, maximum: length })));
  for (const { specification } of cells) {
    expect(specification.probes!.map(({ id }) => id)).toEqual(['matching-score']);
    expect(specification.task.hyperparameters.residues).toBe('trained');
    expect(specification.architecture.hyperparameters).toMatchObject({ heads: 1, width: 16, positions: 'absolute' });
  }
  const usual = cells.find(({ row }) => row === 'transformer-3l-pre-usual')!.specification.architecture;
  expect(usual.hyperparameters).not.toHaveProperty('initialisationExponent');
  expect(expand({}, [7, 9]).cells.map(({ specification }) => specification.seed)).toEqual([7, 9]);
});

it.each<[object, RegExp]>([
  [{ parts: [{ orders: [5] }] }, /parts\[0\].*pairs is 4/],
  [{ parts: [{ chain: 'double', orders: [2] }] }, /pairs is 4/],
  [{ parts: [{ pairs: 7 }] }, /pairs is 7/],
  [{ parts: [{ exponents: [5] }] }, /parts\[0\]\.exponents is \[5\]/],
  [{ parts: [{ noises: ['much'] }] }, /parts\[0\]\.noises/],
  [{ parts: [] }, /parts is \[\]/],
])('%j is refused before anything is trained', (changes, message) => {
  expect(() => expand(changes)).toThrow(message);
});
