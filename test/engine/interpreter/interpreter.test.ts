import * as tf from '@tensorflow/tfjs-core';
import { Interpreter } from '../../../src/engine/interpreter/interpreter';
import { deserialise, serialise } from '../../../src/engine/interpreter/serialise';
import type { Graph } from '../../../src/engine/ir/graph';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { capture } from '../../../src/engine/trace/capture';
import { expectClose, type HostData, type HostTensor } from '../support/engines';
import { graphOf, randomInputs, runGraph } from '../support/graphs';
import { goldenModels } from '../support/golden-programs';
import { specificationOf } from '../../../src/engine/handles';

/** Inputs from..to-1 are given beforehand. */
const interpreted = (graph: Graph, inputs: readonly HostTensor[], from = 0, to = 0): HostTensor[] => {
  const data = inputs.map((input) => input.data);
  const results = new Interpreter(graph, data.slice(from, to), from).run([...data.slice(0, from), ...data.slice(to)]);
  return graph.outputs.map((value, i) => ({ ...specificationOf(value), data: results[i] as HostData }));
};

/** Loss and gradients of a model of the golden curves: what a training step is made of. */
function gradientsOf(model: (typeof goldenModels)[keyof typeof goldenModels]): Graph {
  const names = model.parameters.map(({ name }) => name);
  return capture(
    (tokens, ...values) => {
      const loss = (...pieces: tf.Tensor[]) =>
        tf.mean(
          tf.square(model.forward(Object.fromEntries(names.map((name, i) => [name, pieces[i]!])), tokens!)),
        ) as tf.Scalar;
      const { value, grads } = tf.valueAndGrads(loss)(values);
      return [value, ...grads];
    },
    [{ shape: [2, 5], dtype: 'int32' }, ...model.parameters.map(({ shape }) => ({ shape, dtype: 'float32' as const }))],
    'gradients',
    'onnx',
  );
}

describe.each(Object.entries(goldenModels))('loss and gradients of the %s', (_name, model) => {
  const plain = gradientsOf(model);
  const inputs = randomInputs(plain);

  it.each([
    ['as captured', plain],
    ['after all passes of onnxruntime', optimise(onnxPasses, plain)],
  ])('are those of onnxruntime, %s', async (_when, graph) => {
    expectClose(interpreted(graph, inputs), await runGraph(graph, inputs), 1e-5);
  });

  it('are the same where inputs are given beforehand', () => {
    expect(interpreted(plain, inputs, 1, 3)).toEqual(interpreted(plain, inputs));
  });

  it('are the same from JSON and back', () => {
    const text = JSON.stringify(serialise(plain));
    const back = deserialise(JSON.parse(text));
    expect(interpreted(back, inputs)).toEqual(interpreted(plain, inputs));
    expect(JSON.stringify(serialise(back))).toBe(text);
  });
});

it('says which operator it does not have', () => {
  const graph = graphOf((x) => [tf.abs(x!)], [2]);
  const renamed = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, operator: 'Wave' })) };
  expect(() => new Interpreter(renamed)).toThrow('The interpreter has no operator Wave');
});

it('gives out what is constant or an input as it is', () => {
  const graph = graphOf((x) => [x!, tf.fill([2], 3)], [2]);
  const data = Float32Array.of(1, 2);
  expect(new Interpreter(graph).run([data])).toEqual([data, Float32Array.of(3, 3)]);
});
