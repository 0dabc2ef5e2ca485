import * as tf from '@tensorflow/tfjs-core';
import type { Engine, EngineName, Program } from '../../../src/core/contracts/engine';
import { selectEngine } from '../../support/engine-choice';
import { evaluate, expectClose, type HostTensor } from '../support/engines';
import { attentionModel, gradientProgram, gradientSignature, type Sizes } from '../support/models';

const x: HostTensor = { shape: [2, 2], dtype: 'float32', data: Float32Array.of(1, 2, 3, 4) };
const twice: Program = (a) => [tf.mul(a!, 2), a!, tf.greater(a!, 2), tf.sum(tf.cast(a!, 'int32'))];

describe.each<EngineName>(['cpu', 'wasm', 'tensorflow'])('%s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await selectEngine(name, { threads: 1 });
  });

  it('says what it runs on', () => {
    expect(engine.name).toBe(name);
    expect(engine.description).toMatch(/\d+\.\d+\.\d+, operation by operation/);
  });

  it('runs a program and gives inputs back as outputs of their own', async () => {
    const results = await evaluate(engine, twice, [x]);
    expect(results.map(({ data }) => [...data])).toEqual([[2, 4, 6, 8], [1, 2, 3, 4], [0, 0, 1, 1], [10]]);
    expect(results.map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'bool', 'int32']);
  });

  it('knows the types of outputs before it has run', async () => {
    const executable = await engine.compile(twice, [x], { label: 'twice' });
    expect(executable.outputs[3]).toEqual({ shape: [], dtype: 'int32' });
    expect(executable.inputs).toEqual([{ shape: [2, 2], dtype: 'float32' }]);
  });

  it('leaves no tensor behind, whether a program ends or throws', async () => {
    const fails: Program = (a) => [
      tf.grad((b: tf.Tensor) => {
        throw new RangeError(String(tf.exp(b).size));
      })(a!),
    ];
    const before = tf.memory();
    await evaluate(engine, twice, [x]);
    await expect(evaluate(engine, fails, [{ ...x, shape: [4] }])).rejects.toThrow(RangeError);
    const input = engine.upload(x.data, x);
    const executable = await engine.compile(twice, [x], { label: 'twice' });
    void executable.outputs;
    let state = input;
    for (let step = 0; step < 5; step++) {
      const [next, ...others] = await executable.run([state]);
      engine.release([state, ...others]);
      state = next!;
    }
    expect([...(await engine.read(state))]).toEqual([32, 64, 96, 128]);
    engine.release([state]);
    // The input of the program that threw was never released by its caller.
    expect(tf.memory().numTensors - before.numTensors).toBe(1);
  });

  it('leaves the backend in use as it was', async () => {
    await tf.setBackend('cpu');
    await evaluate(engine, twice, [x]);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses wrong inputs and disposed programs', async () => {
    const executable = await engine.compile(twice, [x], { label: 'twice' });
    await expect(executable.run([])).rejects.toMatchObject({ code: 'wrong-input' });
    await executable.dispose();
    await expect(executable.run([engine.upload(x.data, x)])).rejects.toMatchObject({ code: 'disposed' });
  });
});

describe('wasm', () => {
  it('computes a training gradient like cpu', async () => {
    const sizes: Sizes = { batch: 2, time: 3, vocabulary: 4 };
    const model = attentionModel(sizes, 1, 4, 2);
    const inputs = gradientSignature(model, sizes).map(({ shape, dtype }, k): HostTensor => {
      const length = shape.reduce((size, extent) => size * extent, 1);
      const data =
        dtype === 'int32'
          ? Int32Array.from({ length }, (_, i) => i % 4)
          : Float32Array.from({ length }, (_, i) => Math.sin(i + k));
      return { shape, dtype, data };
    });
    const [wasm, cpu] = await Promise.all([selectEngine('wasm', { threads: 1 }), selectEngine('cpu', { threads: 1 })]);
    const program = gradientProgram(model);
    expectClose(await evaluate(wasm, program, inputs), await evaluate(cpu, program, inputs), 1e-4, 1e-2);
  });

  it('names an operation it lacks, and whose program wanted it', async () => {
    const wasm = await selectEngine('wasm', { threads: 1 });
    const program: Program = (a) => [tf.einsum('ij,jk->ik', a!, a!)];
    await expect(evaluate(wasm, program, [x], 'rwkv, forward')).rejects.toMatchObject({
      code: 'missing-kernel',
      message: expect.stringMatching(/tfjs-backend-wasm.*"Einsum", used by rwkv, forward/),
    });
  });
});
