import { createRequire } from 'node:module';
import type { SequenceModel } from '../core/contracts/architecture';
import { instanceOf, type RegisteredUnit, type Unit } from '../../registry/units';
import type * as Traced from './traced-sizes';

/** What traces models brings TensorFlow.js's gradients and every lowering with it: loaded when a model is traced. */
const load = createRequire(__filename);
const traced = () => load('./traced-sizes') as typeof Traced;

/** What a row takes, in numbers that mean the same for every architecture; each may be a budget. */
export const quantities = ['parameters', 'state', 'flops'] as const;
export type Quantity = (typeof quantities)[number];

export interface Sizes {
  /** Trained numbers. */
  readonly parameters: number;
  /** Numbers in the state of one sequence, with room for the setting's `time` where it grows; 0 without one. */
  readonly state: number;
  /**
   * Floating-point operations of the matrix products that one token takes, forward: those of `step` number `time`, which
   * looks at those before it, and where there is no `step`, those of `forward` on `time` tokens divided by `time`. Undefined
   * where the engine cannot trace the model.
   */
  readonly flops: number | undefined;
}

/** What sizes depend on besides hyperparameters. */
export interface Setting {
  readonly vocabularySize: number;
  /** Tokens that a growing state has room for, and that a token may look at. */
  readonly time: number;
}

/** Where no task says otherwise. */
export const usualSetting: Setting = { vocabularySize: 16, time: 64 };

type Row = Unit<'architecture'> & Pick<RegisteredUnit<'architecture'>, 'make'>;

/** Sizes of an architecture with these hyperparameters. Builds the model and traces it, which computes no tensor. */
export const sizesOf = (unit: Row, hyperparameters: object, { vocabularySize, time }: Setting = usualSetting): Sizes =>
  sizesOfModel(instanceOf(unit).build(hyperparameters, vocabularySize), time);

export const sizesOfModel = (model: SequenceModel, time: number): Sizes => ({
  parameters: parameterCount(model),
  state: traced().stateSize(model, time),
  flops: traced().flopsPerToken(model, time),
});

const measures: Readonly<Record<Quantity, (model: SequenceModel, time: number) => number | undefined>> = {
  parameters: (model) => parameterCount(model),
  state: (model, time) => traced().stateSize(model, time),
  flops: (model, time) => traced().flopsPerToken(model, time),
};
const known = new WeakMap<Unit<'architecture'>['unitClass'], Map<string, number | undefined>>();

/** One of the sizes, without the work for the others. Kept, since the cells of an experiment ask for the same ones. */
export function sizeOf(
  quantity: Quantity,
  unit: Row,
  hyperparameters: object,
  { vocabularySize, time }: Setting = usualSetting,
): number | undefined {
  const { unitClass } = unit;
  const ofClass = known.get(unitClass) ?? new Map<string, number | undefined>();
  known.set(unitClass, ofClass);
  const key = JSON.stringify([quantity, vocabularySize, time, hyperparameters]);
  if (!ofClass.has(key)) {
    ofClass.set(key, measures[quantity](instanceOf(unit).build(hyperparameters, vocabularySize), time));
  }
  return ofClass.get(key);
}

export const parameterCount = ({ parameters }: Pick<SequenceModel, 'parameters'>): number =>
  parameters.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
