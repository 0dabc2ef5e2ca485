import type { ArchitectureMeta, SequenceModel } from '../core/contracts/architecture';
import type { Unit } from '../../registry/units';

/** What a row takes, in numbers that mean the same for every architecture; each may be a budget. */
export const quantities = ['parameters', 'state', 'flops'] as const;
export type Quantity = (typeof quantities)[number];

/** Undefined where the row does not declare it. */
export interface Sizes {
  /** Trained numbers. */
  readonly parameters: number;
  /** Numbers in the state of one sequence; 0 without one. */
  readonly state: number | undefined;
  /** Floating-point operations of matrix products per token, forward: see `SequenceModel.flops`. */
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

/** Sizes of an architecture with these hyperparameters. Builds the model, which makes no tensor. */
export function sizesOf(
  { meta, unitClass }: Unit<'architecture'>,
  hyperparameters: object,
  { vocabularySize, time }: Setting = usualSetting,
): Sizes {
  const model = new unitClass().build(hyperparameters, vocabularySize);
  return {
    parameters: parameterCount(model),
    state: stateSize(meta, hyperparameters, time),
    flops: model.flops?.(time),
  };
}

export const parameterCount = ({ parameters }: Pick<SequenceModel, 'parameters'>): number =>
  parameters.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);

const stateSize = ({ capabilities }: ArchitectureMeta, hyperparameters: object, time: number): number | undefined =>
  capabilities.state === 'none' ? 0 : capabilities.stateSize?.(hyperparameters, time);
