import type { EngineName } from '../core/contracts/engine';
import { createRng } from '../core/random';
import { Protocol } from '../core/protocol';
import { discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { flopsOf } from '../engine/ir/flops';
import { enginesOf } from '../engine/select';
import { onnxPasses } from '../engine/onnx/passes/pipeline';
import { optimise } from '../engine/passes/pipeline';
import { capture } from '../engine/trace/capture';
import { systemClock } from '../core/clock';
import type { Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import { median } from '../studies/statistics/summaries';
import { ParameterLayout } from '../model/parameters';
import { trainingStep } from '../model/programs';
import { TrainingSession } from '../train/session';
import { initialState, type Weights } from '../train/training-state';
import { measureMatrixLimit } from './matrix-limit';

/** One architecture on one engine. */
export interface StepQuestion {
  readonly architecture: string;
  readonly hyperparameters: object;
  /** Files of plugins that may hold the architecture. */
  readonly plugins: readonly string[];
  readonly engine: EngineName;
  readonly threads: number;
  readonly batch: number;
  readonly tokens: number;
  readonly vocabulary: number;
  /** Most steps to time, and most repetitions of the large product. */
  readonly steps: number;
}

export interface StepMeasurement {
  readonly implementation: string;
  readonly parameters: number;
  readonly stepsTimed: number;
  /** Median of whole training steps: upload of the batch, forward, backward, clipping, AdamW, loss read back. */
  readonly millisecondsPerStep: number;
  readonly tokensPerSecond: number;
  /** Of the matrix products that the engine computes: those of the graph that its passes leave, or else onnxruntime's. */
  readonly gigaflopsPerStep: number;
  /** What one large product reaches with as many threads in the same process, on the compiled engine that reaches more. */
  readonly limitGigaflopsPerSecond: number;
  readonly shareOfLimit: number;
  /** Of the graph that the engine's own passes leave; null for engines that compile none, like the two times. */
  readonly nodes: number | null;
  /** Capturing the program and running the passes. */
  readonly traceMilliseconds: number | null;
  /** From there to what can run: encoding the graph and opening it; writing C and compiling it, as if for the first time. */
  readonly sessionMilliseconds: number | null;
  /** Of the whole process, after the steps. */
  readonly residentMebibytes: number;
}

const warmUpSteps = 3;
/** Slow engines take fewer steps than asked for, but never fewer than this. */
const fewestSteps = 3;
const longestMilliseconds = 6000;

const now = () => systemClock.milliseconds();

/** Measures in this process; call it in a fresh one to learn what memory an architecture needs. */
export async function measureStep(question: StepQuestion): Promise<StepMeasurement> {
  const { architecture, batch, tokens, vocabulary, threads } = question;
  const registry = discover(new Registry(), 'architectures', 'engines');
  for (const file of question.plugins) await loadPlugin(registry, file);
  const unit = registry.resolve('architecture', architecture);
  const hyperparameters = registry.hyperparameters(unit, question.hyperparameters, { place: architecture });
  const model = registry.create(unit).build(hyperparameters, vocabulary);
  const layout = new ParameterLayout(model.parameters);
  const protocol = Object.assign(new Protocol(), { batchSize: batch });
  const engines = enginesOf(registry);
  const engine = await engines.open(question.engine, { threads });

  const step = trainingStep({ model, layout, optimiser: protocol.optimiser, rows: batch, time: tokens });
  const label = `${architecture}, training step`;
  const { program, signature, accumulation } = step;
  const profile = await engine.profile?.(program, signature, { label, accumulation });
  const limitBefore = await measureMatrixLimit(engines, threads, question.steps);

  const { weights } = initialState(layout, createRng('bench').split('initial'));
  const session = new TrainingSession({ engine, model, layout, protocol, label: architecture });
  const times = await timeSteps(session, weights, randomBatch(question), question.steps);
  const residentMebibytes = process.memoryUsage.rss() / 2 ** 20;
  await session.dispose();
  await engine.dispose();

  // A machine that others use too is not equally fast all the time: the faster of the two is nearer the limit.
  const limit = Math.max(limitBefore, await measureMatrixLimit(engines, threads, question.steps));
  const millisecondsPerStep = median(times);
  const gigaflopsPerStep =
    (profile?.flops ?? flopsOf(optimise(onnxPasses, capture(program, signature, label, engine.name)))) / 1e9;
  return {
    implementation: engine.description,
    parameters: layout.count,
    stepsTimed: times.length,
    millisecondsPerStep,
    tokensPerSecond: (batch * tokens) / (millisecondsPerStep / 1000),
    gigaflopsPerStep,
    limitGigaflopsPerSecond: limit,
    shareOfLimit: gigaflopsPerStep / (millisecondsPerStep / 1000) / limit,
    nodes: profile?.nodes ?? null,
    traceMilliseconds: profile?.traceMilliseconds ?? null,
    sessionMilliseconds: profile?.sessionMilliseconds ?? null,
    residentMebibytes,
  };
}

async function timeSteps(session: TrainingSession, start: Weights, batch: Batch, most: number): Promise<number[]> {
  const bucket: Bucket = { lengths: [], tokens: batch.time };
  let weights = session.upload(start);
  const rng = createRng('bench').split('noise');
  const times: number[] = [];
  let spent = 0;
  for (let step = 1; times.length < fewestSteps || (times.length < most && spent < longestMilliseconds); step++) {
    const started = now();
    ({ weights } = await session.step(weights, { step, bucket, batch, rng: rng.split(step) }));
    const time = now() - started;
    // The first step compiles; a slow engine is warm after it.
    const isWarm = step > warmUpSteps || (step > 1 && time > longestMilliseconds / fewestSteps);
    if (isWarm) times.push(time);
    spent += time;
  }
  session.release(weights);
  return times;
}

/** Random tokens, every position scored. */
function randomBatch({ batch, tokens, vocabulary }: StepQuestion): Batch {
  const rng = createRng('bench').split('batch');
  const draw = () => Int32Array.from({ length: batch * tokens }, () => rng.integer(vocabulary));
  return {
    tokens: draw(),
    targets: draw(),
    scored: Array.from({ length: batch }, () => ({ first: 0, count: tokens })),
    rows: batch,
    time: tokens,
  };
}
