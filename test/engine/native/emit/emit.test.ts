import * as tf from '@tensorflow/tfjs-core';
import { emit } from '../../../../src/engine/native/emit/emit';
import { planOf } from '../../support/plans';

const emitted = (...given: Parameters<typeof planOf>) => emit(planOf(...given), 8);
const textOf = ({ kernels }: ReturnType<typeof emitted>): string => kernels.join('\n');
/** The text of every step with its sizes in their places. */
const written = ({ kernels, steps }: ReturnType<typeof emitted>): string =>
  steps
    .map(({ kernel, sizes }) => kernels[kernel]!.replace(/\bn(\d+)\b/g, (_, number) => String(sizes[Number(number)])))
    .join('\n');

it('instructions with the same text are one kernel with other pointers', () => {
  const { kernels, steps } = emitted((a, b, c) => [tf.tanh(a!), tf.tanh(b!), tf.tanh(c!)], [4, 5], [20], [21]);
  expect(steps.map(({ kernel }) => kernel)).toEqual([0, 0, 1]);
  expect(kernels).toHaveLength(2);
  expect(steps[0]!.pointers.map(({ buffer }) => buffer.place)).toEqual([
    { kind: 'input', index: 0 },
    { kind: 'output', index: 0 },
  ]);
  expect(steps[1]!.pointers.map(({ buffer }) => buffer.place)).toEqual([
    { kind: 'input', index: 1 },
    { kind: 'output', index: 1 },
  ]);
});

it('a recurrence needs no more kernels when it is longer', () => {
  const steps = (count: number) =>
    emitted(
      (h, x, w) => {
        let state = h!;
        for (const input of tf.unstack(x!)) state = tf.tanh(tf.add(input, tf.matMul(state, w!)));
        return [state];
      },
      [3, 4],
      [count, 3, 4],
      [4, 4],
    );
  const [short, long] = [steps(4), steps(20)];
  expect(long.kernels.length).toBe(short.kernels.length);
  expect(long.steps.length).toBeGreaterThan(short.steps.length + 30);
});

it('sequences of another length take the same kernels with other sizes', () => {
  const program = (x?: tf.Tensor, w?: tf.Tensor) => {
    const [batch, time, width] = x!.shape as [number, number, number];
    const scores = tf.softmax(tf.matMul(x!, x!, false, true)); // [batch, time, time]
    const mixed = tf.matMul(scores, x!);
    return [tf.argMax(tf.matMul(tf.reshape(tf.tanh(mixed), [batch * time, width]), w!), -1)];
  };
  const at = (time: number) => emitted((x, w) => program(x, w), [3, time, 16], [16, 5]);
  const [short, long, other] = [at(80), at(200), at(201)];
  expect(long.kernels).toEqual(short.kernels);
  expect(long.steps.map(({ sizes }) => sizes)).not.toEqual(short.steps.map(({ sizes }) => sizes));
  expect(other.kernels).not.toEqual(short.kernels); // the last vector of a row is not whole
});

it('rows that lie in a row of the batch are one product', () => {
  const source = written(
    emitted((a, w) => [tf.matMul(a!, tf.tile(tf.expandDims(w!, 0), [3, 1, 1]))], [3, 4, 5], [5, 6]),
  );
  expect(source).toMatch(/zoo->product\((12, 6, 5|4, 6, 5)/);
  const oneMatrix = emitted((a, w) => [tf.matMul(a!, tf.reshape(w!, [1, 5, 6]))], [3, 4, 5], [5, 6]);
  expect(written(oneMatrix)).toMatch(/zoo->product\(12, 6, 5/);
});

it('calls are told their sizes and what they read and write', () => {
  const argMax = emitted((a) => [tf.argMax(a!, 0)], [3, 4]);
  expect(written(argMax)).toMatch(
    /zoo->calls\[1\]\(\(const long\[\]\)\{1, 3, 4, 1, 0\}, \(char \*\[\]\)\{\(char \*\)\(\(float \*\)p\[0\]\), \(char \*\)\(\(int32_t \*\)p\[1\]\)\}\);/,
  );
  expect(argMax.steps[0]!.pointers).toHaveLength(2);
});

it('single rows are multiplied with matrices where they lie', () => {
  const scores = emitted((q, k) => [tf.matMul(q!, k!, false, true)], [3, 1, 8], [3, 20, 8]);
  expect(written(scores)).toMatch(/row_by_columns\(20, 8, /);
  const values = emitted((w, v) => [tf.matMul(w!, v!)], [3, 1, 20], [3, 20, 8]);
  expect(written(values)).toMatch(/row_by_lines\(8, 20, .*, 8, /);
  expect(textOf(values)).not.toMatch(/zoo->pack/);
});
