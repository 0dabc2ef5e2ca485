import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Architecture } from '../core/contracts/architecture';
import type { Engine, EngineName } from '../core/contracts/engine';
import { createRng } from '../core/random';
import { Protocol } from '../core/protocol';
import { discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { flopsOf } from '../engine/ir/flops';
import type { Graph } from '../engine/ir/graph';
import { encodeModel } from '../engine/onnx/encode';
import { openSession } from '../engine/onnx/session';
import { compileInSlices } from '../engine/onnx/slices';
import { nativePasses } from '../engine/native/passes/pipeline';
import { optimise } from '../engine/passes/pipeline';
import { selectEngine } from '../engine/select';
import { wholeProgram } from '../engine/summation';
import { capture } from '../engine/trace/capture';
import { systemClock } from '../core/clock';
import type { Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import { median } from '../studies/statistics/summaries';
import { ParameterLayout } from '../model/parameters';
import { trainingStep, type TrainingStep } from '../model/programs';
import { TrainingSession } from '../train/session';
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
  /** Most steps to time. */
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
  const registry = discover(new Registry(), 'architectures');
  for (const file of question.plugins) await loadPlugin(registry, file);
  const unit = registry.resolve('architecture', architecture);
  const hyperparameters = registry.hyperparameters(unit, question.hyperparameters, { place: architecture });
  const model = (new unit.unitClass() as Architecture).build(hyperparameters, vocabulary);
  const layout = new ParameterLayout(model.parameters);
  const protocol = Object.assign(new Protocol(), { batchSize: batch });
  const engine = await selectEngine(question.engine, { threads });

  const step = trainingStep(model, layout, protocol.optimiser, batch, tokens);
  const label = `${architecture}, training step`;
  const traceStarted = now();
  const graph = graphFor(engine, step, label, threads);
  const traceMilliseconds = now() - traceStarted;
  const compiled = await timeCompilation(engine, { step, label, graph, traceMilliseconds, threads });
  const limitBefore = await measureMatrixLimit(threads);

  const rng = createRng('bench').split('initial');
  const zeros = () => new Float32Array(layout.count);
  const weights = { parameters: layout.initialise(rng), firstMoment: zeros(), secondMoment: zeros() };
  const session = new TrainingSession(engine, model, layout, protocol, architecture, weights);
  const times = await timeSteps(session, randomBatch(question), { lengths: [], tokens }, question.steps);
  const residentMebibytes = process.memoryUsage.rss() / 2 ** 20;
  await session.dispose();
  await engine.dispose();

  // A machine that others use too is not equally fast all the time: the faster of the two is nearer the limit.
  const limit = Math.max(limitBefore, await measureMatrixLimit(threads));
  const millisecondsPerStep = median(times);
  const gigaflopsPerStep = flopsOf(graph) / 1e9;
  return {
    implementation: engine.description,
    parameters: layout.count,
    stepsTimed: times.length,
    millisecondsPerStep,
    tokensPerSecond: (batch * tokens) / (millisecondsPerStep / 1000),
    gigaflopsPerStep,
    limitGigaflopsPerSecond: limit,
    shareOfLimit: gigaflopsPerStep / (millisecondsPerStep / 1000) / limit,
    ...compiled,
    residentMebibytes,
  };
}

/** What the engine computes, as far as products are concerned: `native` always takes the sum over the batch. */
function graphFor(
  { name }: Engine,
  { program, signature, summation }: TrainingStep,
  label: string,
  threads: number,
): Graph {
  if (name === 'native') return optimise(nativePasses, capture(wholeProgram(summation), signature, label, name));
  return compileInSlices(program, signature, { label, summation }, threads);
}

interface Traced {
  readonly step: TrainingStep;
  readonly label: string;
  /** And how long that took. */
  readonly graph: Graph;
  readonly traceMilliseconds: number;
  readonly threads: number;
}

type Compilation = Pick<StepMeasurement, 'nodes' | 'traceMilliseconds' | 'sessionMilliseconds'>;

async function timeCompilation(
  engine: Engine,
  { step, label, graph, traceMilliseconds, threads }: Traced,
): Promise<Compilation> {
  if (engine.name === 'onnx')
    return { nodes: graph.nodes.length, traceMilliseconds, sessionMilliseconds: await timeSession(graph, threads) };
  if (engine.name !== 'native') return { nodes: null, traceMilliseconds: null, sessionMilliseconds: null };
  const compiled = await withEmptyCache(() => timeNative(engine, step, label));
  return {
    nodes: graph.nodes.length,
    traceMilliseconds,
    sessionMilliseconds: Math.max(0, compiled - traceMilliseconds),
  };
}

/** Milliseconds from a program to something that can run it. */
async function timeNative(
  engine: Engine,
  { program, signature, summation }: TrainingStep,
  label: string,
): Promise<number> {
  const started = now();
  const executable = await engine.compile(program, signature, { label, summation });
  const time = now() - started;
  await executable.dispose();
  return time;
}

/** Programs that were compiled before would be taken from the cache, and the time said nothing. */
async function withEmptyCache<T>(work: () => Promise<T>): Promise<T> {
  const { XDG_CACHE_HOME: before } = process.env;
  const folder = await mkdtemp(join(tmpdir(), 'zoo-bench-'));
  process.env.XDG_CACHE_HOME = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from a graph to something that can run it. */
async function timeSession(graph: Graph, threads: number): Promise<number> {
  const started = now();
  const { label, nodes } = graph;
  const session = await openSession({ bytes: encodeModel(graph), nodeCount: nodes.length, label }, threads);
  const opened = now();
  await session.release();
  return opened - started;
}

async function timeSteps(session: TrainingSession, batch: Batch, bucket: Bucket, most: number): Promise<number[]> {
  const rng = createRng('bench').split('noise');
  const times: number[] = [];
  let spent = 0;
  for (let step = 1; times.length < fewestSteps || (times.length < most && spent < longestMilliseconds); step++) {
    const started = now();
    await session.step(step, bucket, batch, rng.split(step));
    const time = now() - started;
    // The first step compiles; a slow engine is warm after it.
    const isWarm = step > warmUpSteps || (step > 1 && time > longestMilliseconds / fewestSteps);
    if (isWarm) times.push(time);
    spent += time;
  }
  return times;
}

/** Random tokens, every position scored. */
function randomBatch({ batch, tokens, vocabulary }: StepQuestion): Batch {
  const rng = createRng('bench').split('batch');
  const draw = () => Int32Array.from({ length: batch * tokens }, () => rng.integer(vocabulary));
  return {
    tokens: draw(),
    targets: draw(),
    weights: new Float32Array(batch * tokens).fill(1),
    rows: batch,
    time: tokens,
  };
}
