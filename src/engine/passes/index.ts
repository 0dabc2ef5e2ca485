import type { Graph } from '../ir/graph';
import { associateProducts } from './associations';
import { addWithinProducts } from '../onnx/passes/biased-products';
import { eliminateCommonSubexpressions } from './common-subexpressions';
import { contractProducts } from '../onnx/passes/contractions';
import { eliminateDeadCode } from './dead-code';
import { decompose } from '../native/passes/decompose';
import { recogniseLayerNormalization } from '../onnx/passes/layer-normalization';
import { layOutOperands } from '../onnx/passes/operand-layouts';
import { lookUpRows } from '../native/passes/row-look-ups';
import { schedule } from '../onnx/passes/schedule';
import { simplify } from './simplify';
import { mergeSumsOfProducts } from './sums-of-products';
import { reorderTimeSteps } from './time-steps';
import { skipTriangles } from '../native/passes/triangles';
import { moveVectorsToWeights } from './vectors';
import { orderFactors } from '../onnx/passes/weight-gradients';
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
