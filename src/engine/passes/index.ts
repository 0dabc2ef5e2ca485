import type { Graph } from '../graph/graph';
import { associateProducts } from './associations';
import { addWithinProducts } from './biased-products';
import { eliminateCommonSubexpressions } from './common-subexpressions';
import { contractProducts } from './contractions';
import { eliminateDeadCode } from './dead-code';
import { recogniseLayerNormalization } from './layer-normalization';
import { layOutOperands } from './operand-layouts';
import { schedule } from './schedule';
import { simplify } from './simplify';
import { mergeSumsOfProducts } from './sums-of-products';
import { reorderTimeSteps } from './time-steps';
import { moveVectorsToWeights } from './vectors';
import { orderFactors } from './weight-gradients';
import { removeZeros } from './zeros';

/** Turns a graph into one that computes the same, sooner. */
export type Pass = (graph: Graph) => Graph;

/** In this order; what one leaves behind an earlier one may improve, so some come again. */
export const passes: readonly Pass[] = [
  eliminateDeadCode,
  simplify,
  mergeSumsOfProducts,
  removeZeros,
  simplify,
  eliminateCommonSubexpressions,
  eliminateDeadCode,
  simplify,
  eliminateCommonSubexpressions,
  associateProducts,
  eliminateDeadCode,
  reorderTimeSteps,
  eliminateDeadCode,
  simplify,
  eliminateCommonSubexpressions,
  moveVectorsToWeights,
  eliminateDeadCode,
  simplify,
  eliminateCommonSubexpressions,
  contractProducts,
  eliminateDeadCode,
  recogniseLayerNormalization,
  eliminateDeadCode,
  // The last ones hide what others look for.
  layOutOperands,
  eliminateDeadCode,
  eliminateCommonSubexpressions,
  orderFactors,
  addWithinProducts,
  eliminateDeadCode,
  schedule,
];

export const optimise = (graph: Graph): Graph => passes.reduce((current, pass) => pass(current), graph);
