import type { ArchitectureMeta, SequenceModel } from '../core/contracts/architecture';
import type { DeclaredRow } from '../core/contracts/declared-theory';
import type { RowProperties } from '../core/contracts/theory';
import { instanceOf, type RegisteredUnit } from '../../registry/units';
import { sequentialDepthOf, type SequentialDepth } from './sequential-depth';
import { usualSetting } from './sizes';
import { hasSoftmaxOverTime, positionsSeen } from './traced-attention';
import { stateSize } from './traced-sizes';
import { memoryOf } from './traced-state';
import { isAffine, isRecurrent, type StateUpdate, stateUpdateOf } from './update-class';

/** What propositions ask of a row, and how its sequential depth grows. */
export interface RowTheory {
  readonly properties: RowProperties;
  readonly depth: SequentialDepth;
}

const noUpdate: StateUpdate = {
  update: 'feed-forward',
  transition: null,
  components: [],
  hasElmanUnits: false,
  membership: {},
};

/** Properties of a row with these hyperparameters, from its traced program and from what it declares. */
export const tracedTheory = (unit: RegisteredUnit<'architecture'>, hyperparameters: object): RowTheory =>
  theoryOf(unit.meta, hyperparameters, instanceOf(unit).build(hyperparameters, usualSetting.vocabularySize));

/** The same, of a model that is built. */
export function theoryOf(meta: ArchitectureMeta, hyperparameters: object, model: SequenceModel): RowTheory {
  const update = stateUpdateOf(model) ?? noUpdate;
  const declared = typeof meta.theory === 'function' ? meta.theory(hyperparameters) : (meta.theory ?? {});
  const isScan = update.update === 'scan';
  const seen = isScan ? seenOfScan(update) : {};
  const given = { ...nothing, ...seen, ...definedOf(declared) };
  const layers = numberIn(hyperparameters, 'layers');
  const depth = depthOf(model, update);
  const properties: RowProperties = {
    ...given,
    positions: given.positions ?? textIn(hyperparameters, 'positions') ?? positionsSeen(model),
    units: given.units ?? unitsOf(update),
    mode: meta.mode ?? 'direct',
    causal: meta.capabilities.causal,
    update: update.update,
    transition: given.transition ?? update.transition,
    realProducts: isScan ? hasRealProducts(update, given, layers) : null,
    softmaxAttention: hasSoftmaxOverTime(model),
    layers,
    depthPerToken: depth.perToken,
    stateNumbers: memoryOf(model) === 'constant' ? stateSize(model, 1) : null,
    stateSize: numberIn(hyperparameters, 'stateSize'),
    dictionarySize: numberIn(hyperparameters, 'dictionarySize'),
    cells: model.externalMemory?.size.evaluation ?? null,
  };
  return { properties, depth };
}

type Given = { readonly [K in keyof DeclaredRow]-?: Exclude<DeclaredRow[K], undefined> };
const nothing: Given = {
  transition: null,
  transitionForm: null,
  factors: null,
  realEigenvalues: null,
  leastEigenvalue: null,
  positions: null,
  counts: null,
  units: null,
  headWidth: null,
  externalMemory: null,
};
const definedOf = (declared: DeclaredRow): Partial<Given> =>
  Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== undefined));

function numberIn(hyperparameters: object, name: string): number | null {
  const value = (hyperparameters as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'number' ? value : null;
}
function textIn(hyperparameters: object, name: string): string | null {
  const value = (hyperparameters as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : null;
}

/**
 * Of transitions that multiply every number by another: they are real, and none is negative if all coefficients are sums and
 * products of what cannot be. What they may come down to otherwise is not seen, since ranges are wider than what occurs.
 */
function seenOfScan({ components }: StateUpdate): DeclaredRow {
  const affine = components.filter(isAffine);
  if (affine.length === 0 || !affine.every(({ isDiagonal }) => isDiagonal)) return {};
  return {
    realEigenvalues: true,
    leastEigenvalue: affine.every(({ range: [least] }) => least >= 0) ? 0 : null,
    counts: affine.some(({ degree }) => degree === 'translated') ? true : null,
  };
}

/**
 * Whether in layer i every product of 2^(i-1) transitions has real eigenvalues only (Grazzi et al. 2025, theorem 2). Real
 * diagonal ones commute, so theirs do. Of generalised Householder matrices with eigenvalues in [0, 1] products of two do,
 * and with eigenvalues down to -1 single ones (proposition 1); of others nothing is known but of single transitions.
 */
function hasRealProducts(
  { components, transition }: StateUpdate,
  { realEigenvalues, transitionForm, factors, leastEigenvalue }: Given,
  layers: number | null,
): boolean | null {
  if (realEigenvalues !== true) return realEigenvalues;
  if (components.filter(isAffine).every(({ isDiagonal }) => isDiagonal)) return true;
  if (transition === 'fixed') return true; // powers of one matrix
  if (layers === null) return null;
  if (transitionForm === 'householder' && factors !== null && leastEigenvalue !== null) {
    return factors * 2 ** (layers - 1) <= (leastEigenvalue >= 0 ? 2 : 1);
  }
  return layers === 1 || null;
}

/** Numbers of the smallest state tensor that is updated non-linearly; null if it grows, or has no units of an Elman network. */
function unitsOf({ components, hasElmanUnits }: StateUpdate): number | null {
  if (!hasElmanUnits) return null;
  const sizes = components
    .filter(({ degree }) => degree === 'non-linear')
    .flatMap(({ tensors }) => tensors.filter(({ grows }) => !grows).map(({ size }) => size));
  return sizes.length > 0 ? Math.min(...sizes) : null;
}

/** A row may be non-linear by products of its state with itself alone: these count where nothing else grows. */
function depthOf(model: SequenceModel, { update, components }: StateUpdate): SequentialDepth {
  const depth = sequentialDepthOf(model);
  const isUnseen = update === 'sequential' && depth.perToken === 0 && components.some(isRecurrent);
  return isUnseen ? sequentialDepthOf(model, { countsProducts: true }) : depth;
}
