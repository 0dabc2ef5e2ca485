import { ArrayMinSize, ArrayUnique, IsArray, IsNotEmpty, IsNumber, IsObject, IsString, Matches } from 'class-validator';
import type { CellSpecification, UnitChoice } from '../../core/contracts/record';
import { labelPattern } from '../../core/names';
import { EachNested, Nested } from '../../core/validation';
import { GridExperiment } from '../experiment';

/** What is done to trained models. */
export class InterventionEntry {
  @IsString() @IsNotEmpty() id = 'early-attention-boost';
  @IsObject() hyperparameters: Record<string, unknown> = {};
}

/** Inputs of the same task with other settings, on which a trained model is tested as well. */
export class Shift {
  /** Id of the task of a column. */
  @IsString() @IsNotEmpty() task!: string;
  @IsString() @Matches(labelPattern) name!: string;
  /** What differs from the column's. */
  @IsObject() hyperparameters!: Record<string, unknown>;
}

/** Rows and columns that are trained, and what is done to each model after it. */
export class RebalancingExperiment extends GridExperiment {
  @Nested(() => InterventionEntry) intervention = new InterventionEntry();
  /** Hyperparameter of the intervention that takes all `values`. */
  @IsString() @IsNotEmpty() vary = 'alpha';
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsNumber({}, { each: true }) values: number[] = [
    -0.5, 0, 0.1, 0.2, 0.5, 1, 2,
  ];
  @EachNested(() => Shift) shifts: Shift[] = [];
}

/** What a job says of the study. */
export interface RebalancingSettings {
  readonly intervention: UnitChoice;
  readonly vary: string;
  readonly values: readonly number[];
  /** The default of what is varied, which is as published. */
  readonly published: number;
  readonly shifts: readonly Omit<Shift, 'task'>[];
}

export const settingsOf = ({ study }: CellSpecification): RebalancingSettings =>
  study!.hyperparameters as unknown as RebalancingSettings;
