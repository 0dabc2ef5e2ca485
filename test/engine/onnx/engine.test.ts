import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../../src/core/random';
import type { Engine, Program } from '../../../src/core/contracts/engine';
import { OnnxEngine } from '../../../src/engine/onnx/engine';
import { selectEngine } from '../../support/engine-choice';
import { evaluate, expectClose, type HostTensor } from '../support/engines';
import {
  attentionModel,
  decayModel,
  gradientProgram,
  gradientSignature,
  lstmModel,
  trainingProgram,
  trainingSignature,
  type Sizes,
  type TestModel,
} from '../support/models';

const sizes: Sizes = { batch: 3, time: 7, vocabulary: 5 };
const models: Readonly<Record<string, TestModel>> = {
  attention: attentionModel(sizes, 2, 8, 2),
  lstm: lstmModel(sizes, 6, 8),
  'decay recurrence': decayModel(sizes, 6),
};

/** Tokens for integer inputs, small normal numbers for the others. */
function randomInputs(signature: readonly Omit<HostTensor, 'data'>[], seed: number): HostTensor[] {
  const rng = createRng(seed);
  return signature.map(({ shape, dtype }) => {
    const length = shape.reduce((size, extent) => size * extent, 1);
    const data =
      dtype === 'int32'
        ? Int32Array.from({ length }, () => rng.integer(sizes.vocabulary))
        : Float32Array.from({ length }, () => 0.3 * rng.normal());
    return { shape, dtype, data };
  });
}

let onnx: Engine;
let cpu: Engine;
beforeAll(async () => {
  onnx = new OnnxEngine(1);
  cpu = await selectEngine('cpu', { threads: 1 });
});
afterAll(() => onnx.dispose());

describe.each(Object.entries(models))('%s', (_name, model) => {
  it('has the loss and gradients that TensorFlow.js computes', async () => {
    const inputs = randomInputs(gradientSignature(model, sizes), 1);
    const program = gradientProgram(model);
    expectClose(await evaluate(onnx, program, inputs), await evaluate(cpu, program, inputs), 1e-4, 1e-3);
  });

  it('trains alike over twenty steps when outputs are fed straight back', async () => {
    const signature = trainingSignature(model, sizes);
    const start = randomInputs(signature, 2);
    const count = model.parameters.length;
    const [tokens, targets] = start;
    const rate: HostTensor = { shape: [], dtype: 'float32', data: Float32Array.of(0.01) };
    const zeros = start.slice(3 + count).map((slot) => ({ ...slot, data: new Float32Array(slot.data.length) }));
    const inputs = [tokens!, targets!, rate, ...start.slice(3, 3 + count), ...zeros];
    const losses = async (engine: Engine) => {
      const executable = await engine.compile(trainingProgram(model), signature, { label: 'training step' });
      const [t, y, r, ...slots] = inputs.map((input) => engine.upload(input.data, input));
      let state = slots;
      const curve: number[] = [];
      for (let step = 0; step < 20; step++) {
        const [loss, ...next] = await executable.run([t!, y!, r!, ...state]);
        curve.push((await engine.read(loss!))[0]!);
        engine.release([loss!, ...state]);
        state = next;
      }
      engine.release([t!, y!, r!, ...state]);
      await executable.dispose();
      return curve;
    };
    const expected = await losses(cpu);
    const actual = await losses(onnx);
    expect(expected.at(-1)!).toBeLessThan(0.9 * expected[0]!);
    actual.forEach((loss, step) => expect(Math.abs(loss - expected[step]!)).toBeLessThan(1e-3 * expected[step]!));
  });
});

describe('outputs', () => {
  const x: HostTensor = { shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) };

  it('may be an input, a constant, or the same value twice', async () => {
    const program = (a: tf.Tensor) => {
      const double = tf.mul(a, 2);
      return [a, tf.tensor1d([5, 6]), double, double, tf.zeros([40]), a];
    };
    const results = await evaluate(onnx, program as never, [x]);
    expect(results.map(({ data }) => [...data].slice(0, 2))).toEqual([
      [1, 2],
      [5, 6],
      [2, 4],
      [2, 4],
      [0, 0],
      [1, 2],
    ]);
  });

  it('may be integers, booleans and empty', async () => {
    const program = (a: tf.Tensor) => [tf.cast(a, 'int32'), tf.greater(a, 1), tf.slice(a, [0], [0])];
    const results = await evaluate(onnx, program as never, [x]);
    expect(results).toEqual([
      { shape: [2], dtype: 'int32', data: Int32Array.of(1, 2) },
      { shape: [2], dtype: 'bool', data: Uint8Array.of(0, 1) },
      { shape: [0], dtype: 'float32', data: new Float32Array(0) },
    ]);
  });
});

describe('mistakes', () => {
  const vector = { shape: [2], dtype: 'float32' } as const;
  const data = Float32Array.of(1, 2);

  it('are told with the number of the input and what it should be', async () => {
    const executable = await onnx.compile((a, b) => [tf.add(a!, b!)], [vector, vector], {
      label: 'lstm, training step',
    });
    const good = onnx.upload(data, vector);
    const long = onnx.upload(Float32Array.of(1, 2, 3), { shape: [3], dtype: 'float32' });
    const foreign = cpu.upload(data, vector);
    await expect(executable.run([good])).rejects.toThrow(/lstm, training step.*takes 2 inputs and was given 1/);
    await expect(executable.run([good, long])).rejects.toThrow(/input 1 must be float32\[2\] and is float32\[3\]/);
    await expect(executable.run([good, foreign])).rejects.toThrow(/belongs to the engine cpu, not to onnx/);
    cpu.release([foreign]);
  });

  it('include an index out of range at run time', async () => {
    const executable = await onnx.compile((a, i) => [tf.gather(a!, i!)], [vector, { shape: [1], dtype: 'int32' }], {
      label: 'lookup',
    });
    const handles = [onnx.upload(data, vector), onnx.upload(Int32Array.of(7), { shape: [1], dtype: 'int32' })];
    await expect(executable.run(handles)).rejects.toMatchObject({
      code: 'run-failed',
      message: expect.stringContaining('lookup'),
    });
  });

  it('is told of an operation without lowering by the name of the engine', async () => {
    const program: Program = (x) => [tf.multinomial(tf.reshape(x!, [1, 2]) as tf.Tensor2D, 2, 1, true)];
    await expect(onnx.compile(program, [vector], { label: 'lstm, training step' })).rejects.toMatchObject({
      code: 'missing-lowering',
      message: expect.stringContaining('The onnx engine has no lowering for the operation "Multinomial"'),
    });
  });

  it('include the use of a program that was disposed of', async () => {
    const executable = await onnx.compile((a) => [a!], [vector], { label: 'identity' });
    await executable.dispose();
    await executable.dispose();
    await expect(executable.run([onnx.upload(data, vector)])).rejects.toMatchObject({ code: 'disposed' });
  });
});
