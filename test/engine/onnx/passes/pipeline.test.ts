import * as tf from '@tensorflow/tfjs-core';
import { sizeOf, type Graph, type Node } from '../../../../src/engine/ir/graph';
import { onnxPasses } from '../../../../src/engine/onnx/passes/pipeline';
import { productOf } from '../../../../src/engine/passes/matrix-products';
import { gradients, nodes, normalization, numbersTouched, testBenefits } from '../../support/benefits';
import { checkedAfterEach } from '../../support/check-graph';
import { graphOf } from '../../support/graphs';

/** Numbers of right factors, all of which onnxruntime packs. */
const numbersPacked = (graph: Graph): number =>
  graph.nodes.reduce((sum, node) => sum + sizeOf(productOf(node)?.b.shape ?? [0]), 0);

/** Numbers of left factors of batched products that onnxruntime transposes while it packs them. */
const numbersPackedSlowly = (graph: Graph): number =>
  graph.nodes.reduce((sum, node) => {
    const product = productOf(node);
    return sum + (product?.transposeA && product.a.shape.length > 2 ? sizeOf(product.a.shape) : 0);
  }, 0);

/** The most nodes that are ready to run at once, in the order of the graph. */
function mostReady(graph: Graph): number {
  const waitingFor = new Map<Node, Set<Node>>(
    graph.nodes.map((node) => [
      node,
      new Set(node.inputs.flatMap((input) => (input?.source.kind === 'node' ? [input.source.node] : []))),
    ]),
  );
  let most = 0;
  for (const done of graph.nodes) {
    most = Math.max(most, [...waitingFor.values()].filter(({ size }) => size === 0).length);
    waitingFor.delete(done);
    for (const others of waitingFor.values()) others.delete(done);
  }
  return most;
}

/** A step that reads from a matrix state: sum_k S[k, v] q[k]. */
const readState = (): Graph =>
  graphOf((state, query) => [tf.tanh(tf.sum(tf.mul(state!, tf.expandDims(query!, 2)), 1))], [4, 8, 6], [4, 8]);

testBenefits(onnxPasses, {
  contractProducts: { graph: readState, work: numbersTouched },
  recogniseLayerNormalization: { graph: normalization, work: nodes },
  layOutOperands: { graph: gradients.attention, work: numbersPackedSlowly },
  orderFactors: { graph: gradients.attention, work: numbersPacked },
  addWithinProducts: { graph: gradients.lstm, work: nodes },
  schedule: { graph: gradients.lstm, work: mostReady },
});

it.each(Object.entries(gradients))('leaves a graph after each pass: %s', (_name, graph) => {
  checkedAfterEach(onnxPasses, graph());
});
