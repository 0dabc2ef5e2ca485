import { onnx } from 'onnx-proto';
import * as tf from '@tensorflow/tfjs-core';
import { encodeModel } from '../../../src/engine/onnx/encode';
import { expectSameResults, graphOf } from '../support/graphs';

const decoded = (graph: Parameters<typeof encodeModel>[0]) => onnx.ModelProto.decode(encodeModel(graph)).graph!;

it('writes typed inputs and outputs in order', () => {
  const { input, output } = decoded(graphOf((x, y) => [tf.greater(x!, 1), tf.add(y!, 1)], [2, 3], [4]));
  const described = (list: typeof input) =>
    list!.map(({ name, type }) => [
      name,
      type!.tensorType!.elemType,
      type!.tensorType!.shape!.dim!.map(({ dimValue }) => Number(dimValue)),
    ]);
  expect(described(input)).toEqual([
    ['input0', 1, [2, 3]],
    ['input1', 1, [4]],
  ]);
  expect(described(output)).toEqual([
    ['output0', 9, [2, 3]],
    ['output1', 1, [4]],
  ]);
});

it('writes large constants of one number small', async () => {
  const graph = graphOf((x) => [tf.concat([x!, tf.zeros([1000, 1000])])], [1, 1000]);
  expect(encodeModel(graph).length).toBeLessThan(1000);
  await expectSameResults(graph, graph);
});

it('copies only outputs that are inputs, constants or there twice', () => {
  const { node } = decoded(
    graphOf(
      (x) => {
        const double = tf.mul(x!, 2);
        return [double, double, x!, tf.zeros([1])];
      },
      [2],
    ),
  );
  expect(node!.map(({ opType, output }) => [opType, output![0]])).toEqual([
    ['Mul', 'output0'],
    ['Identity', 'output1'],
    ['Identity', 'output2'],
    ['Identity', 'output3'],
  ]);
});

it('is the same for the same program', () => {
  const graph = () =>
    graphOf(
      (x) => [
        tf.softmax(
          tf.matMul(
            x!,
            tf.tensor2d([
              [1, 2],
              [3, 4],
            ]),
          ),
        ),
      ],
      [2, 2],
    );
  expect(encodeModel(graph())).toEqual(encodeModel(graph()));
});
