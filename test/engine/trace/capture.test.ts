import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../../../src/core/contracts/engine';
import { capture } from '../../../src/engine/trace/capture';

const vector = { shape: [3], dtype: 'float32' } as const;
const record = (program: Program, signature = [vector] as readonly (typeof vector)[]) =>
  capture(program, signature, 'lstm, training step', 'onnx');

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('what is recorded', () => {
  it('is one node for each operator, with static shapes and types', () => {
    const graph = record((x) => [tf.greater(tf.sum(tf.mul(x!, x!)), 2)]);
    expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Mul', 'ReduceSum', 'Greater']);
    expect(graph.outputs[0]).toMatchObject({ shape: [], dtype: 'bool' });
    expect(graph.nodes[1]).toMatchObject({ origin: 'Sum', inputs: [{ shape: [3] }, { dtype: 'int64', shape: [1] }] });
  });

  it('contains host data as constants, equal ones once', () => {
    const graph = record((x) => [tf.add(tf.mul(x!, [1, 2, 3]), tf.tensor1d([1, 2, 3]))]);
    const [multiply, add] = graph.nodes;
    expect(add!.inputs[1]).toBe(multiply!.inputs[1]);
    expect(add!.inputs[1]!.source).toEqual({ kind: 'constant', content: { data: Float32Array.of(1, 2, 3) } });
  });

  it('keeps data that is one number everywhere as that number', () => {
    const graph = record((x) => [tf.concat([tf.zeros([1000]), x!])]);
    expect(graph.nodes[0]!.inputs[0]).toMatchObject({ shape: [1000], source: { content: { fill: 0 } } });
  });

  it('takes tensors made outside the program, on another backend, as constants and leaves them there', () => {
    const outside = tf.tensor1d([4, 5, 6]);
    const reshaped = tf.reshape(outside, [3, 1]); // shares its content with `outside`
    const graph = record((x) => [tf.add(x!, outside), tf.add(x!, reshaped)]);
    expect(graph.nodes.map(({ inputs }) => inputs[1]!.shape)).toEqual([[3], [3, 1]]);
    expect([...outside.dataSync()]).toEqual([4, 5, 6]);
    tf.dispose([outside, reshaped]);
  });

  it('may depend on host data that the program reads back', () => {
    const graph = record((x) => [tf.mul(x!, tf.scalar(tf.tensor1d([2, 3]).dataSync()[1]!))]);
    expect(graph.nodes[0]!.inputs[1]!.source).toEqual({ kind: 'constant', content: { fill: 3 } });
  });

  it('includes gradients, also custom and second ones', () => {
    const cube = tf.customGrad((x: tf.Tensor | tf.GradSaveFunc, save) => {
      (save as tf.GradSaveFunc)([x as tf.Tensor]);
      return {
        value: tf.pow(x as tf.Tensor, 3),
        gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, tf.mul(3, tf.square(saved!))),
      };
    });
    const program: Program = (x) => {
      const once = (y: tf.Tensor) => tf.grad((z: tf.Tensor) => tf.sum(cube(z)))(y);
      return [once(x!), tf.grad((y: tf.Tensor) => tf.sum(once(y)))(x!)];
    };
    const graph = record(program);
    expect(graph.outputs.map(({ shape }) => shape)).toEqual([[3], [3]]);
  });
});

describe('what stays behind', () => {
  /** Tensors and data TensorFlow.js still holds after `run`. */
  const leftBy = (run: () => void): number[] => {
    const before = tf.memory();
    run();
    const after = tf.memory();
    return [
      after.numTensors - before.numTensors,
      after.numDataBuffers - before.numDataBuffers,
      after.numBytes - before.numBytes,
    ];
  };
  const nothing = [0, 0, 0];

  it('is nothing after a program that makes, keeps and differentiates', () => {
    const program: Program = (x) => {
      tf.keep(tf.add(x!, 1));
      tf.variable(tf.ones([2]));
      return [tf.valueAndGrad((y: tf.Tensor) => tf.sum(tf.tanh(y)))(x!).grad];
    };
    expect(leftBy(() => record(program))).toEqual(nothing);
  });

  it('is nothing after a program that throws in the middle of a gradient', () => {
    const program: Program = (x) => [
      tf.grad((y: tf.Tensor) => {
        tf.keep(tf.exp(y));
        throw new RangeError(`too large: ${tf.tanh(y).shape}`);
      })(x!),
    ];
    expect(leftBy(() => expect(() => record(program)).toThrow(RangeError))).toEqual(nothing);
    expect(
      leftBy(() => expect(() => record((x) => [tf.grad((y: tf.Tensor) => tf.sum(tf.logicalNot(y)))(x!)])).toThrow()),
    ).toEqual(nothing);
  });

  it('is the backend that was in use, and a sound gradient tape', () => {
    expect(() =>
      record(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(tf.getBackend()).toBe('cpu');
    expect(
      tf.tidy(() =>
        tf
          .grad((y: tf.Tensor) => tf.sum(tf.square(y)))(tf.tensor1d([1, 2]))
          .arraySync(),
      ),
    ).toEqual([2, 4]);
  });

  it('is nothing in an eager computation around it', () => {
    const result = tf.tidy(() => {
      const before = tf.mul(tf.tensor1d([1, 2]), 3);
      const graph = record((x) => [tf.exp(x!)]);
      expect(graph.nodes).toHaveLength(1);
      return tf.add(before, 1).arraySync();
    });
    expect(result).toEqual([4, 7]);
  });
});

describe('what a program may not do', () => {
  it('is to read a tensor', () => {
    const read: readonly Program[] = [
      (x) => [tf.scalar(tf.sum(x!).dataSync()[0]!)],
      (x) => [tf.tensor(tf.add(x!, 1).arraySync())],
    ];
    for (const program of read) {
      expect(() => record(program)).toThrow(
        expect.objectContaining({ code: 'traced-read', message: expect.stringContaining('lstm, training step') }),
      );
    }
  });

  it('is to use an operation without lowering, which is named', () => {
    const programs: readonly [string, Program][] = [
      ['Multinomial', (x) => [tf.multinomial(tf.reshape(x!, [1, 3]) as tf.Tensor2D, 2, 1, true)]],
      ['NonMaxSuppressionV3', (x) => [tf.image.nonMaxSuppression(tf.zeros([3, 4]), x as tf.Tensor1D, 2)]],
      ['complex64 tensors', (x) => [tf.spectral.fft(tf.complex(x!, x!))]],
    ];
    for (const [kernel, program] of programs) {
      const message = expect.stringMatching(
        `The onnx engine has no lowering for the operation "(${kernel}|Complex)", used by lstm, training step`,
      );
      expect(() => record(program)).toThrow(expect.objectContaining({ code: 'missing-lowering', message }));
    }
  });
});
