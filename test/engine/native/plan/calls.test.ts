import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, Program } from '../../../../src/core/contracts/engine';
import { packageRoot } from '../../../../src/core/package';
import { Operators } from '../../../../src/engine/ir/operators';
import { callNames, calls } from '../../../../src/engine/native/plan/calls';
import { evaluate, type HostTensor } from '../../support/engines';
import { describeNative, openNative } from '../../support/native';

const runtime = (file: string) => readFileSync(join(packageRoot, 'src/engine/native/runtime', file), 'utf8');
const named = (text: string) => text.split(/[\s,\\]+/).filter(Boolean);

it('names functions in the order of the runtime, which has them all', () => {
  const [, table] = /#define CALLS \{([^}]*)\}/.exec(runtime('calls.h'))!;
  expect(named(table!)).toEqual([...callNames]);
  const [, declared] = /extern Call ([^;]*);/.exec(runtime('calls.h'))!;
  expect(named(declared!)).toEqual([...callNames]);
  expect(
    [...runtime('calls.c').matchAll(/^void (\w+)\(const long \*sizes, char \*\*p\) \{/gm)]
      .map(([, name]) => name)
      .sort(),
  ).toEqual([...callNames].sort());
});

it('describes nothing that the runtime cannot do', () => {
  const g = new Operators();
  const [x, i] = [g.input({ shape: [1, 2, 3, 3], dtype: 'float32' }), g.input({ shape: [1, 2], dtype: 'int64' })];
  const described = (operator: string, inputs: readonly (typeof x)[], attributes: object) => {
    const { source } = g.one(operator, inputs, x, { ...attributes });
    return source.kind === 'node' ? calls[operator]!(source.node) : undefined;
  };
  expect(described('Pad', [x, g.indices([0, 0, 1, 1, 0, 0, 1, 1])], { mode: 'edge' })).toBeUndefined();
  expect(described('ScatterND', [x, i, x], { reduction: 'mul' })).toBeUndefined();
  expect(described('ScatterElements', [x, i, x], { axis: 0, reduction: 'max' })).toBeUndefined();
  expect(described('Conv', [x, x, i], {})).toBeUndefined(); // a bias
  expect(described('MatMul', [x, x], {})).toBeUndefined(); // of floats: a product
});

describeNative('calls', () => {
  let native: Engine;
  beforeAll(async () => (native = await openNative()));
  const integers = (shape: number[], ...data: number[]): HostTensor => ({
    shape,
    dtype: 'int32',
    data: Int32Array.from(data),
  });
  const floats = (shape: number[], ...data: number[]): HostTensor => ({
    shape,
    dtype: 'float32',
    data: Float32Array.from(data),
  });
  const results = async (program: Program, ...inputs: HostTensor[]) =>
    (await evaluate(native, program, inputs)).map(({ data }) => [...data]);

  it('an index out of range gives zeros, and is not written to', async () => {
    const x = floats([3, 2], 1, 2, 3, 4, 5, 6);
    expect(await results((a, i) => [tf.gather(a!, i! as tf.Tensor1D)], x, integers([4], 2, 3, -4, 0))).toEqual([
      [5, 6, 0, 0, 0, 0, 1, 2],
    ]);
    expect(await results((a, i) => [tf.gatherND(a!, i!)], x, integers([2, 1], 1, 7))).toEqual([[3, 4, 0, 0]]);
    expect(
      await results(
        (a, i, u) => [tf.tensorScatterUpdate(a!, i! as tf.Tensor2D, u!)],
        x,
        integers([2, 1], 9, 0),
        floats([2, 2], 7, 7, 8, 8),
      ),
    ).toEqual([[8, 8, 3, 4, 5, 6]]);
    const many = await results(
      (u, i) => [tf.unsortedSegmentSum(u!, i! as tf.Tensor1D, 100)],
      floats([3], 1, 2, 4),
      integers([3], 5, 500, 5),
    );
    expect(many[0]!.slice(4, 7)).toEqual([0, 5, 0]);
  });

  it('the first of equal numbers is the greatest', async () => {
    const x = floats([6], 1, 3, 3, 0, 3, 1);
    expect(await results((a) => [tf.argMax(a!), tf.argMin(a!), ...Object.values(tf.topk(a!, 4))], x)).toEqual([
      [1],
      [3],
      [3, 3, 3, 1],
      [1, 2, 4, 0],
    ]);
  });

  it('sums of integers wrap around', async () => {
    const product: Program = (a, b) => [tf.matMul(a!, b!)];
    expect(await results(product, integers([1, 2], 65536, 3), integers([2, 1], 65536, 5))).toEqual([[15]]);
  });

  it('windows may have holes, and channels filters of their own', async () => {
    const x = floats([1, 1, 6, 2], 1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60);
    const filter = floats([1, 2, 2, 1], 1, 2, 1, 3); // two channels, each by itself
    const program: Program = (a, f) => [
      tf.depthwiseConv2d(a as tf.Tensor4D, f as tf.Tensor4D, 1, 'valid', 'NHWC', [1, 2]),
    ];
    expect(await results(program, x, filter)).toEqual([[4, 110, 6, 160, 8, 210, 10, 260]]);
  });
});
