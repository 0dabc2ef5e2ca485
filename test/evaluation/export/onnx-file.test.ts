import * as tf from '@tensorflow/tfjs-core';
import { onnx } from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { onnxFile } from '../../../src/evaluation/export/onnx-file';
import { checkOnnxFile } from '../../../src/evaluation/export/onnx-check';
import type { TrainedCell } from '../../../src/evaluation/trained-cell';
import { floatsOf } from '../../../src/engine/interpreter/serialise';
import { createRng } from '../../../src/core/random';
import { untrainedCell } from '../../support/trained-cell';

const [batch, time] = [2, 7];
const metadata = { key: 'k' };
const open = (file: Uint8Array) => InferenceSession.create(file, { executionProviders: ['cpu'] });

/** What the model itself computes, operation by operation. */
function logitsOf({ model, layout, parameters }: TrainedCell, tokens: Int32Array): Float32Array {
  return tf.tidy(() => {
    const named = Object.fromEntries(
      layout.arrays(parameters).map(({ name, shape, values }) => [name, tf.tensor(values, [...shape])]),
    );
    return model.forward(named, tf.tensor(tokens, [batch, time], 'int32')).dataSync() as Float32Array;
  });
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (number, i) => Math.abs(number - b[i]!)));

const rows = [
  ...['lstm', 'gru', 'transformer', 'mamba', 'rwkv-7', 'deltanet', 'stack-rnn', 'linear-transformer'],
  ...['feedback-transformer', 'ndstack-rnn', 'xlstm'],
];

describe.each(rows)('%s', (row) => {
  const cell = untrainedCell(row, 'reversal', { longest: 4, scale: 1, noise: 0.02 });
  const rng = createRng(row);
  const tokens = Int32Array.from({ length: batch * time }, () => rng.integer(cell.format.vocabulary.size));
  const ours = logitsOf(cell, tokens);

  it('gives our logits for whole sequences', async () => {
    const session = await open(onnxFile(cell, { form: 'whole', batch, time, metadata }));
    const { logits } = await session.run({ tokens: new Tensor('int32', tokens, [batch, time]) });
    expect(largest(logits!.data as Float32Array, ours)).toBeLessThan(1e-5);
  });

  it('gives our logits token by token, the state going back in', async () => {
    const file = onnxFile(cell, { form: 'step', batch, time, metadata });
    const session = await open(file);
    const initial = JSON.parse(metadataOf(file).initial_state!) as Record<string, number | string | { base64: string }>;
    let state = Object.fromEntries(
      session.inputMetadata.flatMap((input) => {
        if (!input.isTensor || !input.name.startsWith('state.')) return [];
        const shape = input.shape as number[];
        const size = shape.reduce((product, extent) => product * extent, 1);
        const first = initial[input.name.slice('state.'.length)]!;
        const values = typeof first === 'object' ? floatsOf(first.base64) : new Float32Array(size).fill(Number(first));
        return [[input.name, new Tensor('float32', values, shape)]];
      }),
    );
    for (let position = 0; position < time; position++) {
      const token = Int32Array.from({ length: batch }, (_, i) => tokens[i * time + position]!);
      const results = await session.run({
        token: new Tensor('int32', token, [batch]),
        position: new Tensor('int32', Int32Array.of(position), []),
        ...state,
      });
      state = Object.fromEntries(
        Object.keys(state).map((name) => [name, results[`next_${name}`]! as Tensor]),
      ) as typeof state;
      const vocabulary = cell.format.vocabulary.size;
      const wanted = Array.from({ length: batch * vocabulary }, (_, i) => {
        const at = Math.floor(i / vocabulary) * time + position;
        return ours[at * vocabulary + (i % vocabulary)]!;
      });
      expect(largest(results.logits!.data as Float32Array, wanted)).toBeLessThan(1e-5);
    }
  });
});

const metadataOf = (file: Uint8Array): Record<string, string> =>
  Object.fromEntries(onnx.ModelProto.decode(file).metadataProps.map(({ key, value }) => [key, value]));

it('needs nothing but the standard, has its weights under their names, and says what it is', async () => {
  const cell = untrainedCell('transformer', 'reversal', { longest: 4 });
  const file = onnxFile(cell, { form: 'whole', batch: 1, time: 9, metadata });
  const model = onnx.ModelProto.decode(file);
  expect(model.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([['', 18]]);
  expect(model.graph!.node!.every(({ domain }) => !domain)).toBe(true);
  const initializers = new Set(model.graph!.initializer!.map(({ name }) => name));
  expect(cell.layout.specifications.filter(({ name }) => !initializers.has(name))).toEqual([]);
  expect(model.graph!.input!.map(({ name }) => name)).toEqual(['tokens']);
  expect(metadataOf(file)).toMatchObject({
    key: 'k',
    form: 'whole',
    time: '9',
    tokens: JSON.stringify(cell.format.vocabulary.tokens),
  });
});

it('is checked against the graph that it was made of', async () => {
  const cell = untrainedCell('gru', 'reversal', { longest: 4 });
  for (const form of ['whole', 'step'] as const) {
    const settings = { form, batch, time };
    const file = onnxFile(cell, { ...settings, metadata });
    expect((await checkOnnxFile(cell, file, settings))!.difference).toBeLessThan(1e-5);
    const others = { ...cell, parameters: cell.parameters.map((number) => number + 0.1) };
    expect((await checkOnnxFile(others, file, settings))!.difference).toBeGreaterThan(1e-3);
  }
});

it('has no steps where a row reads whole sequences alone', () => {
  const cell = untrainedCell('transformer-encoder', 'reversal', { longest: 4 });
  expect(() => onnxFile(cell, { form: 'step', batch, time, metadata })).toThrow(
    /"transformer-encoder" has no one-step form/,
  );
});
