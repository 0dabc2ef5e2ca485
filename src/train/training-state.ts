import type { CurvePoint, Score, TrainingOutcome } from '../core/contracts/record';
import type { Readings } from '../core/contracts/probe';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { OptimiserState } from '../model/optimiser';
import type { Named } from '../model/named-program';
import type { ParameterLayout } from '../model/parameters';
import { isFutile } from './futility';

/** Parameters and moments [count]: numbers, or tensors inside an engine. */
export type Weights<Vector = Float32Array> = Named<OptimiserState, Vector>;

/**
 * A run in progress. With its weights as numbers it is the checkpoint, which has all that is needed to go on as if
 * nothing had happened: batches are a function of seed and step, so there is no state of a generator.
 */
export interface TrainingState<Vector = Float32Array> {
  /** Steps taken. */
  readonly step: number;
  readonly weights: Weights<Vector>;
  /** Parameters at the last evaluation on the validation set: what is kept when training diverges after it. */
  readonly evaluated: Float32Array;
  /** One point for each evaluation. */
  readonly curve: readonly CurvePoint[];
  /** Loss summed over the steps since the last evaluation. */
  readonly lossSum: number;
  /** Spent on training so far. */
  readonly seconds: number;
  /** How often the run went on from a checkpoint. */
  readonly resumed: number;
}

export function initialState(layout: ParameterLayout, rng: Rng): TrainingState {
  const parameters = layout.initialise(rng);
  const zeros = () => new Float32Array(layout.count);
  return {
    step: 0,
    weights: { parameters, firstMoment: zeros(), secondMoment: zeros() },
    evaluated: parameters,
    curve: [],
    lossSum: 0,
    seconds: 0,
    resumed: 0,
  };
}

export function afterStep<Vector>(
  state: TrainingState<Vector>,
  { weights, loss, seconds }: { weights: Weights<Vector>; loss: number; seconds: number },
): TrainingState<Vector> {
  return { ...state, step: state.step + 1, weights, lossSum: state.lossSum + loss, seconds };
}

/** After an evaluation on the validation set gave this score to these parameters. */
export function afterEvaluation<Vector>(
  state: TrainingState<Vector>,
  { score, parameters, readings }: { score: Score; parameters: Float32Array; readings?: Readings },
): TrainingState<Vector> {
  const { step, lossSum, curve } = state;
  const steps = step - (curve.at(-1)?.step ?? 0);
  return {
    ...state,
    evaluated: parameters,
    curve: [...curve, { step, loss: lossSum / steps, heldOut: score, ...(readings && { readings }) }],
    lossSum: 0,
  };
}

/** Score of the last evaluation. */
export const lastScore = ({ curve }: Pick<TrainingState, 'curve'>): Score | null => curve.at(-1)?.heldOut ?? null;

export const isEvaluationDue = ({ step }: Pick<TrainingState, 'step'>, { steps, heldOut }: Protocol): boolean =>
  step % heldOut.every === 0 || step === steps;

/** Some loss was no finite number. */
export const hasDiverged = ({ lossSum }: Pick<TrainingState, 'lossSum'>): boolean => !Number.isFinite(lossSum);

/** The last `patience` evaluations all reached the accuracy at which training stops. */
export function stopsEarly({ curve }: Pick<TrainingState, 'curve'>, { heldOut }: Protocol): boolean {
  const { patience, stopAt } = heldOut;
  const latest = curve.slice(-patience);
  return stopAt !== null && latest.length === patience && latest.every((point) => point.heldOut!.exact >= stopAt);
}

/** How a run has ended; undefined while it goes on. */
export function outcomeOf(
  state: Pick<TrainingState, 'step' | 'curve' | 'lossSum'>,
  protocol: Protocol,
): TrainingOutcome | undefined {
  if (hasDiverged(state)) return 'diverged';
  if (state.step >= protocol.steps) return 'completed';
  if (stopsEarly(state, protocol)) return 'stopped-early';
  return isFutile(state.curve, protocol.stop?.futile ?? Infinity) ? 'stopped-futile' : undefined;
}

export const isOver = (state: Pick<TrainingState, 'step' | 'curve' | 'lossSum'>, protocol: Protocol): boolean =>
  outcomeOf(state, protocol) !== undefined;
