import type { Graph } from '../graph/graph';
import { associateProducts } from './associations';
import { addWithinProducts } from './biased-products';
import { eliminateCommonSubexpressions } from './common-subexpressions';
import { contractProducts } from './contractions';
import { eliminateDeadCode } from './dead-code';
import { decompose } from './decompose';
import { recogniseLayerNormalization } from './layer-normalization';
import { layOutOperands } from './operand-layouts';
import { lookUpRows } from './row-look-ups';
import { schedule } from './schedule';
import { simplify } from './simplify';
import { mergeSumsOfProducts } from './sums-of-products';
import { reorderTimeSteps } from './time-steps';
import { skipTriangles } from './triangles';
import { moveVectorsToWeights } from './vectors';
import { orderFactors } from './weight-gradients';
import { removeZeros } from './zeros';

/** Turns a graph into one that computes the same, sooner. */
export type Pass = (graph: Graph) => Graph;

/** In this order; what one leaves behind an earlier one may improve, so some come again. */
const common: readonly Pass[] = [
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
];

/** For onnxruntime, which runs operator by operator. The last ones hide what others look for. */
export const passes: readonly Pass[] = [
  ...common,
  contractProducts,
  eliminateDeadCode,
  recogniseLayerNormalization,
  eliminateDeadCode,
  layOutOperands,
  eliminateDeadCode,
  eliminateCommonSubexpressions,
  orderFactors,
  addWithinProducts,
  eliminateDeadCode,
  schedule,
];

/** For the native engine, which fuses operators into loops and reads whatever lies in strides. */
export const nativePasses: readonly Pass[] = [
  ...common,
  lookUpRows,
  decompose,
  eliminateDeadCode,
  skipTriangles,
  eliminateDeadCode,
];

export const optimiseWith = (chosen: readonly Pass[], graph: Graph): Graph =>
  chosen.reduce((current, pass) => pass(current), graph);
export const optimise = (graph: Graph): Graph => optimiseWith(passes, graph);
