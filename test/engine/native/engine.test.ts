import * as tf from '@tensorflow/tfjs-core';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, Program, Accumulation } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import { NativeEngine } from '../../../src/engine/native/engine';
import type { Machine } from '../../../src/engine/native/compile/machine';
import { OnnxEngine } from '../../../src/engine/onnx/engine';
import { wholeProgram } from '../../../src/engine/accumulation';
import { evaluate, expectClose, type HostTensor } from '../support/engines';
import {
  attentionModel,
  decayModel,
  gradientProgram,
  gradientSignature,
  lstmModel,
  type Sizes,
  type TestModel,
} from '../support/models';
import { describeNative, openMachine } from '../support/native';

const sizes: Sizes = { batch: 6, time: 7, vocabulary: 5 };
const models: Readonly<Record<string, (sizes: Sizes) => TestModel>> = {
  attention: (given) => attentionModel(given, 2, 8, 2),
  lstm: (given) => lstmModel(given, 6, 8),
  'decay recurrence': (given) => decayModel(given, 6),
};

function randomInputs(model: TestModel): HostTensor[] {
  const rng = createRng(1);
  return gradientSignature(model, sizes).map(({ shape, dtype }) => {
    const length = shape.reduce((size, extent) => size * extent, 1);
    const data =
      dtype === 'int32'
        ? Int32Array.from({ length }, () => rng.integer(sizes.vocabulary))
        : Float32Array.from({ length }, () => 0.3 * rng.normal());
    return { shape, dtype, data };
  });
}

/** Loss and gradients as sums over the batch, divided by its size in the end. */
const accumulationOf = (modelOf: (sizes: Sizes) => TestModel): Accumulation => ({
  batched: [0, 1],
  part: (tokens, ...rest) => {
    const batch = tokens!.shape[0]!;
    return gradientProgram(modelOf({ ...sizes, batch }))(tokens!, ...rest).map((mean) => tf.mul(mean, batch));
  },
  finish: (...all) => all.slice(randomInputs(modelOf(sizes)).length).map((sum) => tf.div(sum, sizes.batch)),
});

describeNative('the native engine', () => {
  let machine: Machine;
  let native: Engine;
  let onnx: Engine;
  beforeAll(async () => {
    machine = await openMachine();
    native = new NativeEngine(machine, 1);
    onnx = new OnnxEngine(1);
  });
  afterAll(() => onnx.dispose());

  describe.each(Object.entries(models))('%s', (_name, modelOf) => {
    const model = modelOf(sizes);
    const inputs = randomInputs(model);
    const program = gradientProgram(model);

    it('has the loss and gradients that onnxruntime computes', async () => {
      expectClose(await evaluate(native, program, inputs), await evaluate(onnx, program, inputs), 1e-4, 1e-3);
    });

    it('has the same in slices, on one thread or several', async () => {
      const accumulation = accumulationOf(modelOf);
      const inMicroBatches = async (threads: number) => {
        const engine = new NativeEngine(machine, threads);
        const executable = await engine.compile(wholeProgram(accumulation), inputs, { label: 'test', accumulation });
        const results = await executable.run(inputs.map((input) => engine.upload(input.data, input)));
        return Promise.all(
          results.map(async ({ shape, dtype }, i) => ({ shape, dtype, data: await engine.read(results[i]!) })),
        );
      };
      const one = await inMicroBatches(1);
      expectClose(one, await evaluate(native, program, inputs), 1e-5, 1e-2);
      for (const threads of [2, 3, 20]) expectClose(await inMicroBatches(threads), one, 1e-5, 1e-2);
      expectClose(await inMicroBatches(3), await inMicroBatches(3), 0); // to the bit
    });
  });

  describe('a program whose origin is known', () => {
    const before = { ...process.env };
    beforeEach(() => (process.env.XDG_CACHE_HOME = mkdtempSync(join(tmpdir(), 'origins-'))));
    afterEach(() => {
      rmSync(process.env.XDG_CACHE_HOME!, { recursive: true });
      process.env = { ...before };
    });

    it('is traced once, and again where signature or origin are others, or a plan is gone', async () => {
      const traced = jest.fn();
      const compile = async (origin: string | undefined, size = 3) => {
        const given = { shape: [size], dtype: 'float32' } as const;
        const program: Program = (a) => (traced(), [tf.mul(a!, 2), tf.tensor1d([5])]);
        const executable = await native.compile(program, [given], { label: 'test', origin });
        const results = await executable.run([native.upload(new Float32Array(size).fill(1.5), given)]);
        expect(results.map(({ shape, dtype }) => [shape, dtype])).toEqual([
          [[size], 'float32'],
          [[1], 'float32'],
        ]);
        expect([...(await native.read(results[0]!))]).toEqual(new Array(size).fill(3));
        return traced.mock.calls.length;
      };
      expect(await compile('a')).toBe(1);
      expect(await compile('a')).toBe(1);
      expect(await compile('b')).toBe(2);
      expect(await compile('a', 4)).toBe(3);
      expect(await compile(undefined)).toBe(4);
      const folder = join(process.env.XDG_CACHE_HOME!, 'chomsky-zoo');
      for (const name of readdirSync(folder)) if (name.endsWith('.plan')) rmSync(join(folder, name));
      expect(await compile('a')).toBe(5);
      expect(await compile('a')).toBe(5);
    });

    it('is cut as it was when it was traced, on as many threads', async () => {
      const accumulation = accumulationOf(models.lstm!);
      const part = jest.fn(accumulation.part);
      const inputs = randomInputs(models.lstm!(sizes));
      const results = async (threads: number) => {
        const engine = new NativeEngine(machine, threads);
        const watched = { ...accumulation, part };
        const options = { label: 'test', accumulation: watched, origin: 'lstm' };
        const executable = await engine.compile(wholeProgram(accumulation), inputs, options);
        const handles = await executable.run(inputs.map((input) => engine.upload(input.data, input)));
        return Promise.all(
          handles.map(async ({ shape, dtype }, i) => ({ shape, dtype, data: await engine.read(handles[i]!) })),
        );
      };
      for (const threads of [1, 3]) {
        const first = await results(threads);
        const before = part.mock.calls.length;
        expectClose(await results(threads), first, 0);
        expect(part).toHaveBeenCalledTimes(before);
        part.mockClear();
      }
    });
  });

  const vector = { shape: [2], dtype: 'float32' } as const;
  const x: HostTensor = { ...vector, data: Float32Array.of(1, 2) };

  it('says what it is', () => {
    expect(native.description).toBe(`${machine.compiler.version}, 1 thread`);
    expect(new NativeEngine(machine, 3).description).toMatch(/, 3 threads$/);
  });

  it('outputs may be an input, a constant, and the same value twice', async () => {
    const program: Program = (a) => {
      const double = tf.mul(a!, 2);
      return [a!, tf.tensor1d([5, 6]), double, double, tf.zeros([40]), a!];
    };
    const results = await evaluate(native, program, [x]);
    expect(results.map(({ data }) => [...data].slice(0, 2))).toEqual([
      [1, 2],
      [5, 6],
      [2, 4],
      [2, 4],
      [0, 0],
      [1, 2],
    ]);
  });

  it('outputs may be integers, booleans and empty', async () => {
    const results = await evaluate(native, (a) => [tf.cast(a!, 'int32'), tf.greater(a!, 1), tf.slice(a!, [0], [0])], [
      x,
    ]);
    expect(results).toEqual([
      { shape: [2], dtype: 'int32', data: Int32Array.of(1, 2) },
      { shape: [2], dtype: 'bool', data: Uint8Array.of(0, 1) },
      { shape: [0], dtype: 'float32', data: new Float32Array(0) },
    ]);
  });

  it('outputs of one run are not written over by the next', async () => {
    const executable = await native.compile((a) => [tf.add(a!, 1)], [vector], { label: 'count' });
    const [first] = await executable.run([native.upload(x.data, vector)]);
    const [second] = await executable.run([first!]);
    expect([[...(await native.read(first!))], [...(await native.read(second!))]]).toEqual([
      [2, 3],
      [3, 4],
    ]);
  });

  it('gives released arrays out again, once, and never those of its callers', async () => {
    const large = { shape: [4096], dtype: 'float32' } as const;
    const executable = await native.compile((a) => [tf.add(a!, 1)], [large], { label: 'count' });
    const own = new Float32Array(4096);
    const given = native.upload(own, large);
    const [first] = await executable.run([given]);
    const memory = await native.read(first!);
    native.release([given, first!, first!]);
    const [second] = await executable.run([native.upload(own, large)]);
    const [third] = await executable.run([second!]);
    expect(await native.read(second!)).toBe(memory);
    expect([memory[7], (await native.read(third!))[7], own[7]]).toEqual([1, 2, 0]);
  });

  it('tells wrong inputs with their number and what they should be', async () => {
    const executable = await native.compile((a, b) => [tf.add(a!, b!)], [vector, vector], {
      label: 'lstm, training step',
    });
    const good = native.upload(x.data, vector);
    const long = native.upload(Float32Array.of(1, 2, 3), { shape: [3], dtype: 'float32' });
    await expect(executable.run([good])).rejects.toThrow(/lstm, training step.*takes 2 inputs and was given 1/);
    await expect(executable.run([good, long])).rejects.toThrow(/input 1 must be float32\[2\] and is float32\[3\]/);
    await expect(executable.run([good, onnx.upload(x.data, vector)])).rejects.toThrow(
      /belongs to the engine onnx, not to native/,
    );
  });

  it('is told of an operation without lowering by the name of the engine', async () => {
    const program: Program = (x) => [tf.multinomial(tf.reshape(x!, [1, 2]) as tf.Tensor2D, 2, 1, true)];
    await expect(native.compile(program, [vector], { label: 'lstm, training step' })).rejects.toMatchObject({
      code: 'missing-lowering',
      message: expect.stringContaining('The native engine has no lowering for the operation "Multinomial"'),
    });
  });

  it('does not run a program that was disposed of', async () => {
    const executable = await native.compile((a) => [a!], [vector], { label: 'identity' });
    await executable.dispose();
    await executable.dispose();
    await expect(executable.run([native.upload(x.data, vector)])).rejects.toMatchObject({ code: 'disposed' });
  });
});
