import * as tf from '@tensorflow/tfjs-core';
import type { Graph } from '../../../src/engine/ir/graph';
import type { Machine } from '../../../src/engine/native/compile/machine';
import { stages } from '../../../src/engine/native/plan/plan';
import { bytesOfValue, NativeProgram, type Cut } from '../../../src/engine/native/program';
import { graphOf } from '../support/graphs';
import { describeNative, openMachine } from '../support/native';

const whole = (graph: Graph) => ({ inputStages: graph.inputs.map(() => stages.run), addOutputs: false });
const numbers = (length: number, from = 0) => Float32Array.from({ length }, (_, i) => from + i);

it('knows the bytes of a value', () => {
  expect(bytesOfValue({ shape: [2, 3], dtype: 'float32' })).toBe(24);
  expect(bytesOfValue({ shape: [2, 3], dtype: 'bool' })).toBe(6);
});

describeNative('a program', () => {
  let machine: Machine;
  beforeAll(async () => (machine = await openMachine()));

  it('runs again and again on other data; what depends on constants is kept', async () => {
    const graph = graphOf((x) => [tf.add(x!, tf.square(tf.range(0, 4)))], [4]);
    const program = await NativeProgram.compile(graph, machine, whole(graph));
    for (const from of [0, 10, -3]) {
      const result = new Float32Array(4);
      program.run([numbers(4, from)], [result]);
      expect([...result]).toEqual([0, 1, 2, 3].map((i) => from + i + i * i));
    }
  });

  it('takes turns with others in one memory, and keeps what it computes once', async () => {
    const grid = (size: number) => tf.reshape(tf.range(0, size * size), [size, size]);
    const graph = graphOf((x) => [tf.matMul(tf.matMul(x!, tf.exp(tf.div(grid(8), 64))), tf.ones([8, 4]))], [8, 8]);
    const other = graphOf((x) => [tf.matMul(tf.matMul(x!, tf.sin(grid(40))), x!)], [40, 40]);
    const programs = await Promise.all([graph, other].map((each) => NativeProgram.compile(each, machine, whole(each))));
    const [run, disturb] = programs.map((program, at) => () => {
      const result = new Float32Array([32, 1600][at]!);
      program.run([numbers([64, 1600][at]!)], [result]);
      return [...result];
    }) as [() => number[], () => number[]];
    const [first, between] = [run(), disturb()];
    for (let time = 0; time < 2; time++) {
      expect(run()).toEqual(first);
      expect(disturb()).toEqual(between);
    }
    expect(first).not.toContain(NaN);
  });

  it('gives an input back, a constant, and nothing at all', async () => {
    const graph = graphOf((x) => [x!, tf.tensor1d([5, 6]), tf.zeros([3]), tf.zeros([0])], [2]);
    const program = await NativeProgram.compile(graph, machine, whole(graph));
    const results = [2, 2, 3, 0].map((length) => new Float32Array(length).fill(9));
    program.run([numbers(2)], results);
    expect(results.map((result) => [...result])).toEqual([[0, 1], [5, 6], [0, 0, 0], []]);
  });

  it('adds its outputs up over slices, in as many sums as there are threads', async () => {
    const graph = graphOf((x, w) => [tf.sum(tf.matMul(x!, w!), 0), tf.sum(x!)], [2, 3], [3, 4]);
    const batch = numbers(8 * 3);
    const weights = numbers(12).map((number) => number / 8);
    const sums = async (cut: Cut): Promise<Float32Array[]> => {
      const program = await NativeProgram.compile(
        graph,
        machine,
        { inputStages: [stages.slice, stages.run], addOutputs: true },
        cut,
      );
      const results = [new Float32Array(4 * cut.threads), new Float32Array(cut.threads)];
      program.run([batch, weights], results);
      return results;
    };
    const total = (list: Float32Array, width: number) =>
      Array.from({ length: width }, (_, i) =>
        list.reduce((sum, number, at) => sum + (at % width === i ? number : 0), 0),
      );
    const strides = { inputStrides: [2 * 3 * 4, 0], outputStrides: [4 * 4, 4] };
    const [vector, scalar] = await sums({ slices: 4, threads: 1, ...strides });
    const exact = [0, 1, 2, 3].map((column) =>
      batch.reduce((sum, number, at) => sum + number * weights[(at % 3) * 4 + column]!, 0),
    );
    expect([...vector!]).toEqual(exact);
    expect([...scalar!]).toEqual([276]);
    const shared = await sums({ slices: 4, threads: 3, ...strides });
    expect(total(shared[0]!, 4)).toEqual(exact);
    expect(total(shared[1]!, 1)).toEqual([276]);
  });

  it('that needs too much memory is an error, and not begun', async () => {
    const graph = graphOf((a, b) => [tf.sum(tf.matMul(a!, b!))], [40000, 1], [1, 40000]);
    await expect(NativeProgram.compile(graph, machine, whole(graph))).rejects.toMatchObject({
      code: 'native-memory',
      message: expect.stringMatching(/610\d MiB/),
    });
  });
});
