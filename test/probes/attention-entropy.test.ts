import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import type { Engine } from '../../src/core/contracts/engine';
import type { ProbedSequence } from '../../src/core/contracts/probe';
import { createRng } from '../../src/core/random';
import { createFormat } from '../../src/data/format';
import { ProbedModel } from '../../src/evaluation/probed-model';
import { ParameterLayout } from '../../src/model/parameters';
import { AttentionEntropy, AttentionEntropyHyperparameters } from '../../src/probes/attention-entropy';
import { selectEngine } from '../support/engine-choice';

const registry = discover(new Registry(), 'tasks', 'architectures');
const task = registry.createTask('parity');
const probe = new AttentionEntropy();

type Weights = readonly (readonly (readonly (readonly (readonly number[])[])[])[])[];

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

async function readings(
  model: SequenceModel,
  sequences: readonly ProbedSequence[],
  set: Partial<AttentionEntropyHyperparameters> = {},
  on = engine,
) {
  const layout = new ParameterLayout(model.parameters);
  const probed = new ProbedModel({ engine: on, model, layout, task, specialTokens: [], sequences, label: 'test' });
  const flat = layout.initialise(createRng(3));
  const handle = on.upload(
    flat.map((value) => 4 * value), // weights far from uniform
    { shape: [layout.count], dtype: 'float32' },
  );
  try {
    const hyperparameters = { ...new AttentionEntropyHyperparameters(), ...set };
    const look = () => probed.look(handle, (subject) => probe.look(subject, hyperparameters));
    const first = await look();
    expect(await look()).toEqual(first);
    return { found: first, parameters: layout, flat: flat.map((value) => 4 * value) };
  } finally {
    on.release([handle]);
    await probed.dispose();
  }
}

/** In loops, from the definition: rows counted from 1. */
function byLoops(
  weights: Weights,
  lengths: readonly number[],
  { rows, ahead = false }: { rows?: ProbedSequence['scored'][]; ahead?: boolean } = {},
) {
  const found: Record<string, number> = {};
  for (let layer = 0; layer < weights[0]!.length; layer++)
    for (let head = 0; head < weights[0]![layer]!.length; head++) {
      let sum = 0;
      for (let b = 0; b < weights.length; b++) {
        let smallest = Infinity;
        for (let i = 2; i <= lengths[b]!; i++) {
          const scored = rows?.[b];
          if (scored && (i - 1 < scored.first || i - 1 >= scored.first + scored.count)) continue;
          let entropy = 0;
          for (const weight of weights[b]![layer]![head]![i - 1]!) if (weight > 0) entropy -= weight * Math.log(weight);
          smallest = Math.min(smallest, entropy / Math.log(ahead ? lengths[b]! : i));
        }
        sum += smallest;
      }
      found[`layer ${layer + 1} head ${head + 1}`] = sum / weights.length;
    }
  return found;
}

const sequencesOf = (lengths: readonly number[], mode: 'direct' | 'chain-of-thought' = 'direct') => {
  const format = createFormat(task, mode);
  const sequences = lengths.map((length, at): ProbedSequence => {
    const input = task.sample(createRng(at), length);
    const { tokens, scored } = format.encode(input);
    return { input, tokens, scored, inputTokens: length };
  });
  return { sequences, vocabularySize: format.vocabulary.size };
};

function expectSame(found: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>) {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected))
    expect([name, found[name]]).toEqual([name, expect.closeTo(value, 5)]);
}

/** What the model itself says when it is asked without an engine. */
function weightsOf(
  model: SequenceModel,
  layout: ParameterLayout,
  flat: Float32Array,
  sequences: readonly ProbedSequence[],
) {
  const time = Math.max(...sequences.map(({ tokens }) => tokens.length));
  const padded = sequences.map(({ tokens }) => [...tokens, ...Array<number>(time - tokens.length).fill(0)]);
  return tf.tidy(() =>
    model.attention!(layout.unflatten(tf.tensor1d(flat)), tf.tensor2d(padded, undefined, 'int32')).arraySync(),
  ) as unknown as Weights;
}

describe.each(['transformer', 'transformer-none', 'transformer-encoder'])('of %s', (id) => {
  const unit = registry.resolve('architecture', id);
  const build = (vocabularySize: number) =>
    registry.create(unit).build({ ...new unit.meta.hyperparameters(), layers: 2, width: 8, heads: 2 }, vocabularySize);

  it.each(['all', 'scored'] as const)('is what loops over its weights give, rows %s', async (rows) => {
    const { sequences, vocabularySize } = sequencesOf([6, 3, 9]);
    const model = build(vocabularySize);
    const { found, parameters, flat } = await readings(model, sequences, { rows });
    const weights = weightsOf(model, parameters, flat, sequences);
    const lengths = sequences.map(({ tokens }) => tokens.length);
    const scored = rows === 'scored' ? sequences.map((sequence) => sequence.scored) : undefined;
    expectSame(found, byLoops(weights, lengths, { rows: scored, ahead: id.endsWith('encoder') }));
    expect(Object.keys(found)).toEqual(['layer 1 head 1', 'layer 1 head 2', 'layer 2 head 1', 'layer 2 head 2']);
    for (const value of Object.values(found)) expect(value).toBeLessThan(0.99);
  });
});

it('is the same with the compiled engine', async () => {
  const unit = registry.resolve('architecture', 'cot-transformer');
  const { sequences, vocabularySize } = sequencesOf([5, 7], 'chain-of-thought');
  const model = registry.create(unit).build({ ...new unit.meta.hyperparameters(), width: 8, heads: 2 }, vocabularySize);
  const compiled = await selectEngine('native', { threads: 1 });
  const { found } = await readings(model, sequences, {}, compiled).finally(() => compiled.dispose());
  expectSame(found, (await readings(model, sequences)).found);
});

/** A model whose attention is what is handed in, whatever it reads. */
const looking = (weights: Weights): SequenceModel => ({
  parameters: [{ name: 'one', shape: [1], initializer: () => Float32Array.of(1) }],
  forward: () => tf.zeros([1]),
  attention: () => tf.tensor(weights as unknown as number[][]),
});
const row = (time: number, weightOf: (key: number) => number) =>
  Array.from({ length: time }, (_, key) => weightOf(key));

it.each([
  ['uniform', (i: number) => (j: number) => (j <= i ? 1 / (i + 1) : 0), 1],
  ['on the first token', () => (j: number) => (j === 0 ? 1 : 0), 0],
  [
    'on two tokens of four, which is the least even',
    (i: number) => (j: number) => (i === 3 ? (j < 2 ? 0.5 : 0) : j <= i ? 1 / (i + 1) : 0),
    0.5,
  ],
])('attention %s', async (_, weightOf, expected) => {
  const { sequences } = sequencesOf([3, 3]);
  const time = sequences[0]!.tokens.length;
  const head = Array.from({ length: time }, (_, i) => row(time, weightOf(i)));
  const { found } = await readings(looking([[[head]], [[head]]]), sequences);
  expect(found).toEqual({ 'layer 1 head 1': expect.closeTo(expected, 6) as number });
});

it('is between 0 and 1 whatever the weights, and what loops give', async () => {
  const lengths = [4, 2];
  const { sequences } = sequencesOf(lengths);
  const time = sequences[0]!.tokens.length;
  const heads = fc.array(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: time ** 2, maxLength: time ** 2 }),
    { minLength: 4, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(heads, async (drawn) => {
      const normalised = drawn.map((numbers) =>
        Array.from({ length: time }, (_, i) => {
          const seen = row(time, (j) => (j <= i ? numbers[i * time + j]! + 1e-9 : 0));
          const sum = seen.reduce((a, b) => a + b);
          return seen.map((weight) => weight / sum);
        }),
      );
      const weights = [[[normalised[0]!, normalised[1]!]], [[normalised[2]!, normalised[3]!]]];
      const { found } = await readings(looking(weights), sequences);
      expectSame(
        found,
        byLoops(
          weights,
          sequences.map(({ tokens }) => tokens.length),
        ),
      );
      for (const value of Object.values(found)) expect(value).toBeLessThanOrEqual(1);
    }),
    { numRuns: 20 },
  );
});

it('has no row to count in sequences of one token, and refuses models without attention', async () => {
  const one = { input: [0], tokens: [0], inputTokens: 1, scored: { first: 0, count: 1 } };
  expect((await readings(looking([[[[[1]]]]]), [one])).found).toEqual({});
  const lstm = registry.resolve('architecture', 'lstm');
  const model = registry.create(lstm).build(new lstm.meta.hyperparameters(), 4);
  expect(probe.refuses(model)).toBe('it has no attention to look at');
  expect(probe.refuses(looking([]))).toBeUndefined();
});
