import { setImmediate } from 'node:timers/promises';
import type { CellProgress } from '../core/contracts/execution';
import type { TrainingResult } from '../core/contracts/record';
import type { Readings } from '../core/contracts/probe';
import type { Engine, Handle } from '../core/contracts/engine';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { SequenceModel } from '../core/contracts/architecture';
import { createRng } from '../core/random';
import { zooError } from '../core/errors';
import { AlignedLabels } from '../data/aligned-labels';
import type { SequenceFormat } from '../data/format';
import { longestAt } from '../data/curriculum';
import { buckets, trainedLengths, type Bucket } from '../data/lengths';
import { endlessBatches, type Batch } from '../data/batch';
import type { Split } from '../data/split';
import { TrainingSet } from '../data/training-set';
import { ValidationSet } from './validation';
import { ParameterLayout } from '../model/parameters';
import { TrainingSession } from './session';
import {
  afterEvaluation,
  afterStep,
  hasDiverged,
  initialState,
  isEvaluationDue,
  isOver,
  lastScore,
  outcomeOf,
  type TrainingState,
} from './training-state';

export interface TrainingInput {
  readonly engine: Engine;
  readonly model: SequenceModel;
  readonly format: SequenceFormat;
  readonly split: Split;
  readonly protocol: Protocol;
  /** Begins the streams of random numbers: a number, or the name of streams that no number begins. */
  readonly seed: number | string;
  /** Names the run in error messages. */
  readonly label: string;
  /** Names the validation set: every architecture meets the same sequences of a task. */
  readonly taskId: string;
  /** Puts the sequences of a batch into another order; default: as they were drawn. */
  readonly reorder?: Reorder;
  /** Looks at the parameters [count], which are borrowed, whenever the validation set is asked. */
  readonly look?: (parameters: Handle) => Promise<Readings>;
}
export type Reorder = (batch: Batch, step: number) => Batch;

/** What training needs from the outside world. */
export interface TrainingHooks {
  /** Where to go on from, if anywhere. */
  readonly checkpoint: TrainingState | null;
  saveCheckpoint(checkpoint: TrainingState): Promise<void>;
  onProgress(progress: CellProgress): void;
  /** Seconds, from a monotonic clock. */
  now(): number;
  readonly signal: AbortSignal;
}

export interface TrainedModel {
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
  readonly result: TrainingResult;
  readonly seconds: number;
  readonly resumed: number;
}

/** Thrown when `signal` stops a run; by then its checkpoint is saved. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const secondsBetweenCheckpoints = 5;
const secondsBetweenReports = 0.2;

/**
 * Trains one model. The batch of a step is a function of seed and step alone, so a run that goes on from a checkpoint
 * takes exactly the steps it would have taken. After divergence (a loss that is no finite number) the parameters of
 * the last evaluation are kept.
 * @throws no-trainable-length; Interrupted
 */
export async function train(input: TrainingInput, hooks: TrainingHooks): Promise<TrainedModel> {
  const { engine, model, format, split, protocol, label } = input;
  const { lengths, excluded } = trainedLengths(format, protocol);
  const validated = trainedLengths(format, protocol, 'validation').lengths;
  if (lengths.length === 0 || validated.length === 0)
    throw zooError('no-trainable-length', { label, budget: protocol.trainingTokenBudget });
  const asked = protocol.labels === 'aligned' ? new AlignedLabels(format) : format;
  const trained = buckets(asked, lengths);
  const layout = new ParameterLayout(model.parameters);
  const rng = createRng(input.seed);
  const set = trainingSetOf({ ...input, format: asked }, trained);
  const draw = set?.draw ?? endlessBatches(asked, split, trained);
  const { checkpoint } = hooks;
  const first = checkpoint
    ? { ...checkpoint, resumed: checkpoint.resumed + 1 }
    : initialState(layout, rng.split('initial'));
  const started = hooks.now() - first.seconds;
  const seconds = () => hooks.now() - started;

  const session = new TrainingSession({ engine, model, layout, protocol, label });
  // Together, which takes a compiler less than one by one; a curriculum comes to its longer lengths later, or never.
  const soon = isOver(first, protocol) || protocol.trainingLengths.curriculum ? [] : trained;
  const [validation] = await Promise.all([
    ValidationSet.create({
      ...{ engine, model, layout, format, split, label },
      buckets: buckets(format, validated),
      count: protocol.heldOut.sequences,
      rng: validationStream(input.taskId),
    }),
    session.prepare(soon),
  ]);
  let state: TrainingState<Handle> = { ...first, weights: session.upload(first.weights) };
  const checkpoints = timer(secondsBetweenCheckpoints, hooks.now);
  let looks = state.curve.length;
  const reports = timer(secondsBetweenReports, hooks.now, -Infinity);
  const save = async () => {
    await hooks.saveCheckpoint({ ...state, weights: await session.read(state.weights) });
    checkpoints.restart();
  };
  try {
    while (!isOver(state, protocol)) {
      // Engines that compute on this thread never let the event loop turn: signals and messages come in here.
      await setImmediate();
      if (hooks.signal.aborted) {
        await save();
        throw new Interrupted(label);
      }
      const step = state.step + 1;
      const stream = rng.split('batch').split(step);
      const { bucket, batch: drawn } = draw(protocol.batchSize, stream, longestAt(step, lengths, protocol));
      const batch = input.reorder?.(drawn, step) ?? drawn;
      const taken = await session.step(state.weights, { step, bucket, batch, rng: stream.split('noise') });
      state = afterStep(state, { ...taken, seconds: seconds() });
      if (!hasDiverged(state) && isEvaluationDue(state, protocol)) {
        const { parameters } = state.weights;
        const score = await validation.score(parameters);
        const readings = await input.look?.(parameters);
        state = afterEvaluation(state, { score, readings, parameters: await session.readVector(parameters) });
      }
      const look = state.curve.length > looks ? state.curve.at(-1) : undefined;
      if (look || reports.isDue()) {
        looks = state.curve.length;
        const heldOut = lastScore(state) ?? undefined;
        hooks.onProgress({ phase: 'training', step, steps: protocol.steps, loss: taken.loss, heldOut, look });
        reports.restart();
      }
      if (!hasDiverged(state) && checkpoints.isDue()) await save();
    }
    if (!hasDiverged(state) && state.step > first.step) await save();
  } catch (error) {
    // A compilation that was given up: what has been learnt is kept.
    if (hooks.signal.aborted && !(error instanceof Interrupted)) await save();
    throw error;
  } finally {
    session.release(state.weights);
    await session.dispose();
    await validation.dispose();
  }
  const result: TrainingResult = {
    outcome: outcomeOf(state, protocol)!,
    steps: state.step,
    parameterCount: layout.count,
    curve: state.curve,
    excludedLengths: excluded,
    heldOut: lastScore(state),
    ...(set && { trainingSet: set.use(state.step * protocol.batchSize) }),
  };
  return { layout, parameters: state.evaluated, result, seconds: seconds(), resumed: state.resumed };
}

/** Draws the validation set of a task, the same for every architecture and seed. */
export const validationStream = (taskId: string): Rng => createRng('held-out').split(taskId);

/** The same one for every architecture: it depends on seed, task and trained lengths. */
function trainingSetOf({ format, split, protocol, seed }: TrainingInput, trained: readonly Bucket[]) {
  const { trainingSequences: count } = protocol;
  if (count === undefined || count === null) return undefined;
  return new TrainingSet(format, split, { buckets: trained, count, rng: createRng(seed).split('training set') });
}

/** Due when `seconds` have passed since `last`, when it was last restarted. */
function timer(seconds: number, now: () => number, last = now()) {
  return {
    isDue: () => now() - last >= seconds,
    restart: () => void (last = now()),
  };
}
