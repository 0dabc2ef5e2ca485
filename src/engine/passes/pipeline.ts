import type { Graph } from '../ir/graph';
import { associateProducts } from './associations';
import { mergeSumsOfProducts } from './sums-of-products';
import { reorderTimeSteps } from './time-steps';
import { centreWeights, moveVectorsToWeights } from './vectors';
import { removeZeros } from './zeros';

/** Turns a graph into one that computes the same, sooner, without equal or dead nodes. */
export type Pass = (graph: Graph) => Graph;

/** What every engine begins with, in this order. Each of them simplifies what it is given and what it leaves behind. */
export const common: readonly Pass[] = [
  mergeSumsOfProducts,
  removeZeros,
  associateProducts,
  reorderTimeSteps,
  moveVectorsToWeights,
  centreWeights,
];

export const optimise = (passes: readonly Pass[], graph: Graph): Graph =>
  passes.reduce((current, pass) => pass(current), graph);
