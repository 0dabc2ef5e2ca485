import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, SequenceModel } from './architecture';
import type { Reference } from './reference';
import type { Task } from './task';

/** What a probe says of itself. */
export interface ProbeMeta<H extends object = object> {
  readonly id: string;
  /** Raised when a change can move what it reads: records of older versions become stale. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what it measures of a model. */
  readonly summary: string;
  readonly reference?: Reference;
  /** Class whose fields carry class-validator constraints and defaults; absent when there is nothing to set. */
  readonly hyperparameters?: new () => H;
}

/** What one look at a model found, by name. */
export type Readings = Readonly<Record<string, number>>;

/** A sequence that a model is looked at on. */
export interface ProbedSequence {
  /** Ids of the input alphabet. */
  readonly input: readonly number[];
  /** Tokens of the vocabulary, without padding. */
  readonly tokens: readonly number[];
  /** Tokens that belong to the input: the first so many. */
  readonly inputTokens: number;
  /** Positions whose prediction is scored. */
  readonly scored: { readonly first: number; readonly count: number };
}

/** Values of a parameter. */
export interface ParameterValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A model, in training or after, with sequences to look at it on, and a way to compute with both. */
export interface ProbeSubject {
  readonly model: SequenceModel;
  readonly task: Task;
  readonly sequences: readonly ProbedSequence[];
  /** Tokens that belong to no task: they tell where an answer begins, hold its place, or fill up. */
  readonly specialTokens: readonly number[];
  /** Rows of `tokens`: sequences in their order, padded on the right to `time` tokens. */
  readonly time: number;
  /** Values of all parameters, by name; copies. */
  parameters(): Promise<Readonly<Record<string, ParameterValues>>>;
  /**
   * What a program gives for the parameters and all sequences, tokens [sequences, time] int32, each result as one list of
   * numbers in row-major order. It is compiled once under its name, which must be the probe's own.
   */
  compute(name: string, program: (parameters: Parameters, tokens: Tensor) => Tensor[]): Promise<Float32Array[]>;
}

/** A named measurement of a model on a batch, during training or after. */
export interface Probe<H extends object = object> {
  /** Why it finds nothing in a model, or in it on a task ("it has no attention"); absent or undefined where it does. */
  refuses?(model: SequenceModel, task?: Task): string | undefined;
  look(subject: ProbeSubject, hyperparameters: H): Promise<Readings>;
}
