import type { Graph } from '../ir/graph';
import { broadcastingRules } from './broadcasting';
import { concatenationRules } from './concatenations';
import { foldingRules } from './constant-folding';
import { identityRules } from './identities';
import { productRules } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { scalarRules } from './scalars';

/** Rules that look at one node and those before it. Other passes apply them to what they leave behind, too. */
export const simplifications: readonly Rule[] = [
  ...identityRules,
  ...foldingRules,
  ...broadcastingRules,
  ...scalarRules,
  ...concatenationRules,
  ...productRules,
];

export const simplify = (graph: Graph): Graph => rewrite(graph, simplifications);
