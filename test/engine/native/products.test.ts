import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Program } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import { evaluate, type HostTensor } from '../support/engines';
import { describeNative, openNative } from '../support/native';

const normal = (seed: number, rows: number, columns: number): HostTensor => {
  const rng = createRng(seed);
  return {
    shape: [rows, columns],
    dtype: 'float32',
    data: Float32Array.from({ length: rows * columns }, () => rng.normal()),
  };
};

/** op(a) op(b) in float64, one sum after the other. */
function product(a: HostTensor, b: HostTensor, transposeA: boolean, transposeB: boolean): number[][] {
  const at =
    ({ data, shape }: HostTensor, transposed: boolean) =>
    (i: number, j: number) =>
      data[transposed ? j * shape[1]! + i : i * shape[1]! + j]!;
  const [left, right] = [at(a, transposeA), at(b, transposeB)];
  const [m, k, n] = [a.shape[transposeA ? 1 : 0]!, a.shape[transposeA ? 0 : 1]!, b.shape[transposeB ? 0 : 1]!];
  const sum = (i: number, j: number) =>
    Array.from({ length: k }, (_, p) => left(i, p) * right(p, j)).reduce((total, one) => total + one, 0);
  return Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => sum(i, j)));
}

function expectMatrix(result: HostTensor, wanted: readonly number[][], inner: number): void {
  const [rows, columns] = result.shape as [number, number];
  expect([rows, columns]).toEqual([wanted.length, wanted[0]!.length]);
  const worst = Math.max(
    ...wanted.flatMap((row, i) => row.map((number, j) => Math.abs(result.data[i * columns + j]! - number))),
  );
  expect(worst).toBeLessThan(2e-6 * inner); // of sums of so many normal numbers' products
}

describeNative('products of matrices', () => {
  let native: Engine;
  beforeAll(async () => (native = await openNative()));

  // Below and above the sizes of tiles, panels and blocks; left factors near and far, read as they are or from strips; right
  // ones read as they are, where rows are whole vectors, or from panels.
  const sizes = [
    [1, 1, 1],
    [7, 5, 3],
    [5, 700, 70],
    [33, 2, 129],
    [130, 341, 65],
    [97, 12, 16],
    [200, 330, 100],
    [13, 900, 40],
    [40, 700, 48],
    [150, 340, 64],
    [64, 20, 512],
    [70, 20, 512],
  ] as const;
  it.each(sizes)('%d x %d by %d columns, however the factors lie', async (m, k, n) => {
    for (const [transposeA, transposeB] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const a = transposeA ? normal(1, k, m) : normal(1, m, k);
      const b = transposeB ? normal(2, n, k) : normal(2, k, n);
      const [result] = await evaluate(native, (x, y) => [tf.matMul(x!, y!, transposeA, transposeB)], [a, b]);
      expectMatrix(result!, product(a, b, transposeA, transposeB), k);
    }
  });

  it('are added up in place', async () => {
    const [a, b] = [normal(3, 40, 330), normal(4, 330, 70)];
    const [result] = await evaluate(native, (x, y) => [tf.add(tf.matMul(x!, y!), tf.matMul(tf.neg(x!), y!))], [a, b]);
    expect(Math.max(...result!.data.map(Math.abs))).toBeLessThan(1e-4);
  });

  it.each([
    [1, 1],
    [16, 7],
    [5, 33],
    [64, 16],
    [31, 40],
    [3, 100],
  ])('of single rows with matrices of their own, %d x %d', async (k, n) => {
    const batch = 3;
    const stacked = (seed: number, rows: number, columns: number): [HostTensor, HostTensor[]] => {
      const whole = normal(seed, batch * rows, columns);
      const one = (i: number): HostTensor => ({
        ...whole,
        shape: [rows, columns],
        data: whole.data.slice(i * rows * columns, (i + 1) * rows * columns),
      });
      return [{ ...whole, shape: [batch, rows, columns] }, [0, 1, 2].map(one)];
    };
    for (const transposeB of [false, true]) {
      const [a, rows] = stacked(8, 1, k);
      const [b, matrices] = transposeB ? stacked(9, n, k) : stacked(9, k, n);
      const [result] = await evaluate(native, (x, y) => [tf.mul(tf.matMul(x!, y!, false, transposeB), 0.5)], [a, b]);
      expect(result!.shape).toEqual([batch, 1, n]);
      matrices.forEach((matrix, i) => {
        const [wanted] = product(rows[i]!, matrix, false, transposeB);
        expectMatrix(
          { ...result!, shape: [1, n], data: result!.data.slice(i * n, (i + 1) * n) },
          [wanted!.map((number) => number / 2)],
          k,
        );
      });
    }
  });

  it.each([
    [2, 70],
    [19, 16],
    [64, 70],
    [131, 32],
    [700, 70],
  ])('leave out what a causal mask of %d positions hides, and nothing else, of %d columns', async (time, width) => {
    const lower = (rows: number[][]) => rows.map((row, i) => row.map((number, j) => (j <= i ? number : 0)));
    const hostOf = (rows: number[][]): HostTensor => ({
      shape: [rows.length, rows[0]!.length],
      dtype: 'float32',
      data: Float32Array.from(rows.flat()),
    });
    const program: Program = (q, k, v) => {
      const at = tf.range(0, time);
      const mask = tf.cast(tf.greaterEqual(tf.reshape(at, [-1, 1]), tf.reshape(at, [1, -1])), 'float32');
      const weights = tf.mul(tf.matMul(q!, k!, false, true), mask);
      return [tf.matMul(weights, v!), tf.matMul(weights, v!, true, false)];
    };
    const [q, k, v] = [normal(5, time, 4), normal(6, time, 4), normal(7, time, width)];
    const [forward, backward] = await evaluate(native, program, [q, k, v]);
    const weights = hostOf(lower(product(q, k, false, true)));
    expectMatrix(forward!, product(weights, v, false, false), 4 * time);
    expectMatrix(backward!, product(weights, v, true, false), 4 * time);
  });
});
