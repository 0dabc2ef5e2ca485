import { setImmediate } from 'node:timers/promises';
import type { CellProgress } from '../core/contracts/execution';
import type { CurvePoint, Score, TrainingResult } from '../core/contracts/record';
import type { Engine } from '../core/contracts/engine';
import type { Protocol } from '../core/protocol';
import type { SequenceModel } from '../core/contracts/architecture';
import { createRng } from '../core/random';
import { zooError } from '../core/errors';
import type { SequenceFormat } from '../data/format';
import { buckets, trainedLengths } from '../data/lengths';
import { drawBucket, sampleBatch } from '../data/batch';
import type { Checkpoint } from './checkpoint';
import { HeldOutSet } from './validation';
import { ParameterLayout } from '../model/parameters';
import { TrainingSession, type Weights } from './session';

export interface TrainingInput {
  readonly engine: Engine;
  readonly model: SequenceModel;
  readonly format: SequenceFormat;
  readonly protocol: Protocol;
  readonly seed: number;
  /** Names the run in error messages. */
  readonly label: string;
  /** Names the held-out set: every architecture meets the same sequences of a task. */
  readonly taskId: string;
}

/** What training needs from the outside world. */
export interface TrainingHooks {
  readonly checkpoint: Checkpoint | null;
  saveCheckpoint(checkpoint: Checkpoint): Promise<void>;
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
 * the last look are kept.
 */
export async function train(input: TrainingInput, hooks: TrainingHooks): Promise<TrainedModel> {
  const { engine, model, format, protocol, seed, label } = input;
  const { every, stopAt, patience } = protocol.heldOut;
  const { lengths, excluded } = trainedLengths(format, protocol);
  if (lengths.length === 0) throw zooError('no-trainable-length', { label, budget: protocol.trainingTokenBudget });
  const all = buckets(format, lengths);
  const layout = new ParameterLayout(model.parameters);
  const rng = createRng(seed);
  const started = hooks.now();

  const resume = hooks.checkpoint;
  const zeros = () => new Float32Array(layout.count);
  const start: Weights = resume ?? {
    parameters: layout.initialise(rng.split('initial')),
    firstMoment: zeros(),
    secondMoment: zeros(),
  };
  let atLastLook = resume?.atLastLook ?? start.parameters;
  let step = resume?.step ?? 0;
  let lossSum = resume?.lossSum ?? 0;
  let goodLooks = resume?.goodLooks ?? 0;
  let heldOut: Score | null = resume?.heldOut ?? null;
  const curve: CurvePoint[] = [...(resume?.curve ?? [])];
  const resumed = resume ? resume.resumed + 1 : 0;
  const seconds = () => (resume?.trainingSeconds ?? 0) + hooks.now() - started;

  const session = new TrainingSession(engine, model, layout, protocol, label, start);
  const held = await HeldOutSet.create(
    engine,
    model,
    layout,
    format,
    all,
    protocol.heldOut.sequences,
    createRng('held-out').split(input.taskId),
    label,
  );
  let lastCheckpoint = hooks.now();
  let lastReport = -Infinity;
  const save = async () => {
    const weights = await session.weights();
    await hooks.saveCheckpoint({
      ...weights,
      atLastLook,
      step,
      curve,
      heldOut,
      goodLooks,
      lossSum,
      trainingSeconds: seconds(),
      resumed,
    });
    lastCheckpoint = hooks.now();
  };
  const stoppedEarly = () => goodLooks >= patience;
  let diverged = false;
  try {
    while (step < protocol.steps && !stoppedEarly() && !diverged) {
      // Engines that compute on this thread never let the event loop turn: signals and messages come in here.
      await setImmediate();
      if (hooks.signal.aborted) {
        await save();
        throw new Interrupted(label);
      }
      const stream = rng.split('batch').split(step + 1);
      const bucket = drawBucket(all, stream);
      const batch = sampleBatch(format, bucket, protocol.batchSize, stream);
      const loss = await session.step(step + 1, bucket, batch, stream.split('noise'));
      step++;
      diverged = !Number.isFinite(loss);
      lossSum += loss;
      if (!diverged && (step % every === 0 || step === protocol.steps)) {
        heldOut = await held.score(session.parameters);
        const looked = step % every === 0 ? every : step % every;
        curve.push({ step, loss: lossSum / looked, heldOut });
        lossSum = 0;
        goodLooks = heldOut.exact >= stopAt ? goodLooks + 1 : 0;
        atLastLook = (await session.weights()).parameters;
      }
      if (hooks.now() - lastReport >= secondsBetweenReports) {
        hooks.onProgress({ phase: 'training', step, steps: protocol.steps, loss, heldOut: heldOut ?? undefined });
        lastReport = hooks.now();
      }
      if (!diverged && hooks.now() - lastCheckpoint >= secondsBetweenCheckpoints) await save();
    }
    if (!diverged && step > (resume?.step ?? 0)) await save();
  } finally {
    await session.dispose();
    await held.dispose();
  }
  const outcome = diverged ? 'diverged' : step < protocol.steps ? 'stopped-early' : 'completed';
  const result = {
    outcome,
    steps: step,
    parameterCount: layout.count,
    curve,
    excludedLengths: excluded,
    heldOut,
  } as const;
  return { layout, parameters: atLastLook, result, seconds: seconds(), resumed };
}
