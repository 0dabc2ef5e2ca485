import { engineNames, type Engine, type EngineName, type EngineReport } from '../core/contracts/engine';
import { zooError } from '../core/errors';

/** What `--engine` takes. */
export type EngineChoice = EngineName | 'auto';

export interface EngineOptions {
  /** Threads of one engine; only `native` and `onnx` can be told. */
  readonly threads: number;
}

interface Opened {
  readonly engine: Engine | null;
  readonly report: EngineReport;
}

// The tensor libraries take half a second to load, so each is loaded when an engine that needs it is asked for.
/* eslint-disable @typescript-eslint/no-require-imports */
function openOnnx(threads: number): Opened {
  const implementation = 'onnxruntime-node';
  try {
    const { OnnxEngine } = require('./onnx/engine') as typeof import('./onnx/engine');
    const engine = new OnnxEngine(threads);
    const reason = 'its binary for this platform comes with the package';
    return { engine, report: { name: 'onnx', available: true, implementation, version: OnnxEngine.version, reason } };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return { engine: null, report: { name: 'onnx', available: false, implementation, reason } };
  }
}

async function openNative(threads: number): Promise<Opened> {
  const report = { name: 'native', implementation: 'C compiler' } as const;
  try {
    const { Machine } = require('./native/compile/machine') as typeof import('./native/compile/machine');
    const machine = await Machine.open();
    if (typeof machine === 'string') return { engine: null, report: { ...report, available: false, reason: machine } };
    const { NativeEngine } = require('./native/engine') as typeof import('./native/engine');
    const { cacheFolder } = require('./native/compile/toolchain') as typeof import('./native/compile/toolchain');
    const { command, version, target } = machine.compiler;
    const reason = `${[command, ...target].join(' ')} compiles programs for this processor, which are kept in ${cacheFolder()}`;
    return { engine: new NativeEngine(machine, threads), report: { ...report, available: true, version, reason } };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return { engine: null, report: { ...report, available: false, reason } };
  }
}

async function open(name: EngineName, { threads }: EngineOptions): Promise<Opened> {
  if (name === 'native') return openNative(threads);
  if (name === 'onnx') return openOnnx(threads);
  const { openEager } = require('./eager/open') as typeof import('./eager/open');
  return openEager(name);
}
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * The engine of that name. `auto` takes `native`, the fastest on a CPU, where a C compiler is found; else `onnx`, unless
 * its binary does not load on this machine; then `tensorflow`, which takes tfjs-node-gpu, tfjs-node, wasm or cpu,
 * whichever is there first. A named engine is never replaced by another. Error: `no-engine`.
 */
export async function selectEngine(name: EngineChoice, options: EngineOptions): Promise<Engine> {
  const reasons: string[] = [];
  for (const candidate of name === 'auto' ? autoOrder : [name]) {
    const { engine, report } = await open(candidate, options);
    if (engine) return engine;
    reasons.push(`${report.implementation}: ${report.reason}`);
  }
  throw zooError('no-engine', { asked: name, reasons });
}

/** Those that turn a program into something faster, as far as they work here. Error: `no-engine`. */
export async function compiledEngines(options: EngineOptions): Promise<Engine[]> {
  const opened = [await openNative(options.threads), openOnnx(options.threads)];
  const engines = opened.flatMap(({ engine }) => engine ?? []);
  if (engines.length > 0) return engines;
  const reasons = opened.map(({ report: { implementation, reason } }) => `${implementation}: ${reason}`);
  throw zooError('no-engine', { asked: 'native or onnx', reasons });
}

const autoOrder: readonly EngineName[] = ['native', 'onnx', 'tensorflow'];

/** What is available here and why: the lines of `zoo doctor`. */
export async function reportEngines(): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const name of engineNames) {
    const { engine, report } = await open(name, { threads: 1 });
    await engine?.dispose();
    reports.push(report);
  }
  return reports;
}

/** The report of the engine that `auto` takes. */
export const automaticEngine = (reports: readonly EngineReport[]): EngineReport | undefined =>
  autoOrder.map((name) => reports.find((report) => report.name === name)).find((report) => report?.available);
