import * as tf from '@tensorflow/tfjs-core';
import { rewrite, type Rule } from '../../../src/engine/passes/rewrite';
import { checkGraph } from '../support/check-graph';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

/** -(-x) -> x */
const dropTwoSigns: Rule = ({ operator, inputs: [x] }) => {
  const inner = x?.source.kind === 'node' ? x.source.node : undefined;
  return operator === 'Neg' && inner?.operator === 'Neg' ? [inner.inputs[0]!] : undefined;
};

/** sin(x) -> -sin(-x), once */
const sineOfNegative: Rule = ({ operator, inputs: [x] }, graph) => {
  const isDone = x?.source.kind === 'node' && x.source.node.operator === 'Neg';
  return operator === 'Sin' && !isDone
    ? [graph.elementwise('Neg', [graph.elementwise('Sin', [graph.elementwise('Neg', [x!])])])]
    : undefined;
};

it('applies rules to what rules leave behind', async () => {
  const original = graphOf((x) => [tf.neg(tf.sin(x!))], [3]);
  const graph = checkGraph(rewrite(original, [sineOfNegative, dropTwoSigns]));
  expect(operatorsOf(graph)).toEqual(['Neg', 'Sin']);
  await expectSameResults(graph, original);
});

it('gives back the graph itself where no rule applies', () => {
  const original = graphOf((x) => [tf.cos(x!)], [3]);
  expect(rewrite(original, [dropTwoSigns])).toBe(original);
});

it('leaves nothing dead or equal behind', async () => {
  const original = graphOf((x) => [tf.tanh(tf.neg(tf.neg(x!))), tf.tanh(x!)], [3]);
  const graph = checkGraph(rewrite(original, [dropTwoSigns]));
  expect(operatorsOf(graph)).toEqual(['Tanh']);
  await expectSameResults(graph, original);
});

it('makes rules anew for the graph of each sweep', () => {
  const seen: number[] = [];
  const original = graphOf((x) => [tf.neg(tf.neg(tf.neg(tf.neg(x!))))], [3]);
  rewrite(original, (graph) => {
    seen.push(graph.nodes.length);
    return [dropTwoSigns];
  });
  expect(seen).toEqual([4, 0]);
});

it('fails for rules that undo each other', () => {
  const exchange =
    (from: string, to: string): Rule =>
    ({ operator, inputs }, graph) =>
      operator === from ? [graph.elementwise(to, [inputs[0]!])] : undefined;
  const original = graphOf((x) => [tf.sin(x!)], [3]);
  expect(() => rewrite(original, [exchange('Sin', 'Cos'), exchange('Cos', 'Sin')])).toThrow(
    /rules still apply to the graph of test after 20 sweeps/,
  );
});
