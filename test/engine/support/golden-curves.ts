import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SequenceModel } from '../../../src/core/contracts/architecture';
import type { Engine } from '../../../src/core/contracts/engine';
import { createRng } from '../../../src/core/random';
import { findCompiler } from '../../../src/engine/native/compile/toolchain';
import { ParameterLayout } from '../../../src/model/parameters';
import { trainingStep } from '../../../src/model/programs';
import { goldenModels, vocabularySize } from './golden-programs';

/** Losses of a training as the bits of their floats, and a digest of the parameters that it ends with. */
export interface Curve {
  readonly losses: readonly string[];
  readonly parameters: string;
}
export type Curves = Readonly<Record<string, Curve>>;

/** Curves of one revision of an engine, by what else its bits depend on. */
export interface FrozenCurves {
  readonly revision: number;
  readonly curves: Readonly<Record<string, Curves>>;
}

const steps = 20;
const [rows, time] = [24, 16];
const optimiser = {
  learningRate: 0.01,
  warmUpShare: 0,
  finalShare: 1,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
} as const;

const bitsOf = (value: number): string => Buffer.from(Float32Array.of(value).buffer).reverse().toString('hex');

/** Trains every golden model for a few steps; the same engine on the same kind of processor gives the same bits. */
export async function curvesOf(engine: Engine): Promise<Curves> {
  const curves: Record<string, Curve> = {};
  for (const [name, model] of Object.entries(goldenModels)) curves[name] = await curveOf(engine, model);
  return curves;
}

async function curveOf(engine: Engine, model: SequenceModel): Promise<Curve> {
  const layout = new ParameterLayout(model.parameters);
  const rng = createRng(1);
  const step = await trainingStep({ model, layout, optimiser, rows, time }).compile(engine, { label: 'golden' });
  const vector = (values: Float32Array) => engine.upload(values, { shape: [values.length], dtype: 'float32' });
  const scalar = (value: number) => engine.upload(Float32Array.of(value), { shape: [], dtype: 'float32' });
  let weights = {
    parameters: vector(layout.initialise(rng.split('initial'))),
    firstMoment: vector(new Float32Array(layout.count)),
    secondMoment: vector(new Float32Array(layout.count)),
  };
  const decayMask = vector(layout.decayMask());
  const losses: string[] = [];
  for (let t = 1; t <= steps; t++) {
    const stream = rng.split(t);
    const tokens = Int32Array.from({ length: rows * time }, () => stream.integer(vocabularySize));
    // What was read two tokens ago, at two thirds of the positions.
    const targets = tokens.map((_, at) => (at % time < 2 ? 0 : tokens[at - 2]!));
    const scored = Float32Array.from(tokens, (_, at) => (at % 3 === 0 ? 0 : 1));
    const { loss, ...next } = await step.run({
      ...weights,
      decayMask,
      tokens: engine.upload(tokens, { shape: [rows, time], dtype: 'int32' }),
      targets: engine.upload(targets, { shape: [rows, time], dtype: 'int32' }),
      weights: engine.upload(scored, { shape: [rows, time], dtype: 'float32' }),
      learningRate: scalar(optimiser.learningRate),
      firstCorrection: scalar(1 - optimiser.beta1 ** t),
      secondCorrection: scalar(1 - optimiser.beta2 ** t),
    } as never);
    losses.push(bitsOf((await engine.read(loss))[0]!));
    engine.release(Object.values(weights));
    weights = next as typeof weights;
  }
  const parameters = Float32Array.from(await engine.read(weights.parameters));
  await step.dispose();
  const digest = createHash('sha256').update(new Uint8Array(parameters.buffer)).digest('hex').slice(0, 16);
  return { losses, parameters: digest };
}

const file = join(__dirname, 'golden-curves.json');
type AllCurves = Readonly<Record<string, FrozenCurves>>;

export const frozenCurves = (): AllCurves =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AllCurves) : {};

/**
 * Adds curves to those that are frozen. Those of an older revision go. @throws where others are frozen for this revision: it
 * has to be raised.
 */
export function freeze(engine: string, revision: number, environment: string, curves: Curves): void {
  const all = frozenCurves();
  const known = all[engine]?.revision === revision ? all[engine].curves : {};
  const frozen = known[environment];
  if (frozen && JSON.stringify(frozen) !== JSON.stringify(curves))
    throw new Error(
      `${engine} has other curves than are frozen for its revision ${revision}: raise its revision first`,
    );
  const next = { ...all, [engine]: { revision, curves: { ...known, [environment]: curves } } };
  writeFileSync(file, `${JSON.stringify(next, null, 1)}\n`);
}

/** What the bits of an engine depend on besides its revision; undefined where it cannot be had or told. */
export const environments: Readonly<Record<string, () => string | undefined>> = {
  native: () => {
    const compiler = findCompiler();
    if (typeof compiler === 'string') return undefined;
    const kind = /clang/i.test(compiler.version) ? 'clang' : 'gcc';
    const [number = 'unknown'] = /\d+\.\d+(\.\d+)?(?!.*\d\.\d)/.exec(compiler.version) ?? [];
    return `${kind} ${number}, ${process.platform} ${process.arch}, ${compiler.instructions}`;
  },
  onnx: () => {
    const instructions = processorInstructions();
    const { version } = JSON.parse(readFileSync(require.resolve('onnxruntime-node/package.json'), 'utf8')) as {
      version: string;
    };
    return instructions && `onnxruntime ${version}, ${process.platform} ${process.arch}, ${instructions}`;
  },
};

/** Vectors that a library finds at run time. Only Linux says without a program of its own. */
function processorInstructions(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const [, flags = ''] = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
  const words = flags.split(' ');
  return ['avx512f', 'avx2', 'avx'].find((set) => words.includes(set));
}
