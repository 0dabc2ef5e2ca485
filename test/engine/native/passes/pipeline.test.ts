import type { Graph } from '../../../../src/engine/ir/graph';
import { nativePasses } from '../../../../src/engine/native/passes/pipeline';
import { flops, gradients, testBenefits } from '../../support/benefits';
import { checkedAfterEach } from '../../support/check-graph';
import { planOfGraph } from '../../support/plans';

/** Instructions of the plan; without end, where there is none. */
function instructions(graph: Graph): number {
  try {
    return planOfGraph(graph).instructions.length;
  } catch (error) {
    if ((error as { code?: string }).code === 'missing-native') return Infinity;
    throw error;
  }
}

testBenefits(nativePasses, {
  lookUpRows: { graph: gradients.attention, work: flops },
  decompose: { graph: gradients.attention, work: instructions },
  skipTriangles: { graph: gradients.attention, work: flops },
});

it.each(Object.entries(gradients))('leaves a graph after each pass: %s', (_name, graph) => {
  checkedAfterEach(nativePasses, graph());
});
