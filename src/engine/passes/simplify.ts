import type { Graph } from '../ir/graph';
import { broadcastingRules } from './broadcasting';
import { concatenationRules } from './concatenations';
import { foldingRules } from './constant-folding';
import { identityRules } from './identities';
import { productRules } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { scalarRules } from './scalars';

const rules: readonly Rule[] = [
  ...identityRules,
  ...foldingRules,
  ...broadcastingRules,
  ...scalarRules,
  ...concatenationRules,
  ...productRules,
];

/** All rules that look at one node and those before it, in one sweep: large graphs are built anew less often. */
export const simplify = (graph: Graph): Graph => rewrite(graph, rules);
