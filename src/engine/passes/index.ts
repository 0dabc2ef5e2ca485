import type { Graph } from '../graph/graph';
import { eliminateCommonSubexpressions } from './common-subexpressions';
import { foldConstants } from './constant-folding';
import { eliminateDeadCode } from './dead-code';
import { removeIdentities } from './identities';

/** Turns a graph into one that computes the same, sooner. */
export type Pass = (graph: Graph) => Graph;

/** In this order, twice: what one pass leaves behind another may see only then. */
export const passes: readonly Pass[] = [
  eliminateDeadCode,
  foldConstants,
  removeIdentities,
  eliminateCommonSubexpressions,
  eliminateDeadCode,
];

export const optimise = (graph: Graph): Graph =>
  [...passes, ...passes].reduce((current, pass) => pass(current), graph);
