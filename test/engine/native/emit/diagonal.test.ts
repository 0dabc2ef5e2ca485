import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../../../../src/core/contracts/engine';
import type { Machine } from '../../../../src/engine/native/compile/machine';
import { emit } from '../../../../src/engine/native/emit/emit';
import { nativePasses } from '../../../../src/engine/native/passes/pipeline';
import { skipTriangles } from '../../../../src/engine/native/passes/triangles';
import { placeBuffers } from '../../../../src/engine/native/plan/memory';
import { stages } from '../../../../src/engine/native/plan/plan';
import { Planner } from '../../../../src/engine/native/plan/planner';
import { NativeProgram } from '../../../../src/engine/native/program';
import { optimise } from '../../../../src/engine/passes/pipeline';
import { sizeOf, type Graph } from '../../../../src/engine/ir/graph';
import { graphOf, randomInputs } from '../../support/graphs';
import { describeNative, openMachine } from '../../support/native';

/** The softmax of scores [2, time, time], of which `hide` says what each query must not see, and gradients. */
const attention =
  (hide: (distance: tf.Tensor) => tf.Tensor): Program =>
  (x, y) => {
    const places = tf.range(0, x!.shape[1]!);
    const distance = tf.sub(tf.reshape(places, [-1, 1]), tf.reshape(places, [1, -1]));
    const hidden = tf.mul(tf.cast(hide(distance), 'float32'), -1e9);
    const weights = (scores: tf.Tensor) => tf.softmax(tf.add(scores, hidden));
    const gradient = tf.grad((scores: tf.Tensor) => tf.sum(tf.mul(tf.square(weights(scores)), y!)));
    return [weights(x!), gradient(x!)];
  };
const causal = attention((distance) => tf.less(distance, 0));
const shapes = (time: number) => [
  [2, time, time],
  [2, time, time],
];
const optimised = (program: Program, time: number): Graph => optimise(nativePasses, graphOf(program, ...shapes(time)));
/** As all graphs were before anybody looked for triangles. */
const whole = (program: Program, time: number): Graph =>
  optimise(
    nativePasses.filter((pass) => pass !== skipTriangles),
    graphOf(program, ...shapes(time)),
  );
const settings = (graph: Graph) => ({ inputStages: graph.inputs.map(() => stages.run), addOutputs: false });

/** How many kernels have rows that end at the diagonal. */
function triangular(graph: Graph, lanes: number): number {
  const plan = new Planner(graph, { ...settings(graph), machine: { panelColumns: 2 * lanes, lanes } }).plan();
  placeBuffers(plan.instructions);
  return emit(plan, lanes).kernels.filter((kernel) => kernel.includes('used')).length;
}

it('rows under a causal mask end at the diagonal, forward and back', () => {
  expect(triangular(optimised(causal, 48), 16)).toBeGreaterThan(0);
  expect(triangular(optimised(causal, 24), 8)).toBeGreaterThan(0);
});

it.each<[string, Graph]>([
  ['are short', optimised(causal, 40)],
  [
    'see the future',
    optimised(
      attention((distance) => tf.greater(distance, 0)),
      48,
    ),
  ],
  [
    'see some of the future',
    optimised(
      attention((distance) => tf.less(distance, -1)),
      48,
    ),
  ],
  ['have no mask', optimised((x) => [tf.softmax(x!)], 48)],
])('rows are whole that %s', (_what, graph) => {
  expect(triangular(graph, 16)).toBe(0);
});

describeNative('rows that end at the diagonal', () => {
  let machine: Machine;
  beforeAll(async () => (machine = await openMachine()));

  /** What it gives, -0 as 0: nobody asks for the sign of what is hidden. */
  async function bits(graph: Graph): Promise<number[][]> {
    const program = await NativeProgram.compile(graph, machine, settings(graph));
    const results = graph.outputs.map(({ shape }) => new Float32Array(sizeOf(shape)).fill(NaN));
    program.run(
      randomInputs(graph, 3, 2).map(({ data }) => data as Float32Array),
      results,
    );
    return results.map((result) => Array.from(result, (number) => number + 0));
  }

  it.each([
    [3, 0],
    [3, 5],
    [4, 0],
    [6, 1],
    [9, 3],
  ])('give the same bits as whole ones, of %d vectors and %d elements', async (vectors, elements) => {
    const time = vectors * machine.lanes + elements;
    const graph = optimised(causal, time);
    expect(triangular(graph, machine.lanes)).toBeGreaterThan(0);
    expect(await bits(graph)).toEqual(await bits(whole(causal, time)));
  });
});
