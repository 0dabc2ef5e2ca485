import type { Graph } from '../graph/graph';
import { eliminateCommonSubexpressions } from './common-subexpressions';
import { foldConstants } from './constant-folding';
import { eliminateDeadCode } from './dead-code';
import { removeIdentities } from './identities';
import { schedule } from './schedule';

/** Turns a graph into one that computes the same, sooner. */
export type Pass = (graph: Graph) => Graph;

/** In this order. */
export const passes: readonly Pass[] = [
  eliminateDeadCode,
  foldConstants,
  removeIdentities,
  eliminateCommonSubexpressions,
  eliminateDeadCode,
];

/** All passes twice, since what one leaves behind an earlier one may improve; then the order of execution. */
export const optimise = (graph: Graph): Graph =>
  schedule([...passes, ...passes].reduce((current, pass) => pass(current), graph));
