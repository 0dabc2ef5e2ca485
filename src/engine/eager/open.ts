import * as tf from '@tensorflow/tfjs-core';
import type { Availability, EngineName } from '../../core/contracts/engine';
import { EagerEngine } from './engine';
import { tfjsNodeNeeds, tfjsNodeProblem } from './tfjs-node';

/** A way to run TensorFlow.js programs, and why it can or cannot be had here. */
type Attempt =
  | { readonly backend: string; readonly implementation: string; readonly version: string; readonly reason: string }
  | { readonly backend: null; readonly implementation: string; readonly reason: string };

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

async function attempt(
  implementation: string,
  reason: string,
  open: () => Promise<{ backend: string; version: string }>,
): Promise<Attempt> {
  try {
    return { implementation, reason, ...(await open()) };
  } catch (error) {
    return { backend: null, implementation, reason: firstLine(error) };
  }
}

/** Makes a backend ready without leaving it switched on. */
async function start(backend: string): Promise<string> {
  const former = tf.engine().backendName ?? 'cpu';
  const started = await tf.setBackend(backend);
  await tf.setBackend(former);
  if (!started) throw new Error(`TensorFlow.js could not start its backend "${backend}"`);
  return backend;
}

/* eslint-disable @typescript-eslint/no-require-imports -- optional packages, looked for only when asked for */
const native = (name: string, what: string): Promise<Attempt> =>
  attempt(name, `${name} is installed${what}`, async () => {
    const problem = tfjsNodeProblem(process.versions) ?? (isInstalled(name) ? undefined : 'not installed');
    if (problem) throw new Error(problem);
    const library = require(name) as { version: Record<string, string> };
    return { backend: await start('tensorflow'), version: library.version['tfjs-node'] ?? library.version.tfjs! };
  });

function isInstalled(name: string): boolean {
  try {
    return Boolean(require.resolve(name));
  } catch {
    return false;
  }
}

const wasm = (): Promise<Attempt> =>
  attempt('@tensorflow/tfjs-backend-wasm', 'its WebAssembly files come with the package', async () => {
    const library = require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
    return { backend: await start('wasm'), version: library.version_wasm };
  });
/* eslint-enable @typescript-eslint/no-require-imports */

const cpu = (): Promise<Attempt> =>
  attempt('@tensorflow/tfjs-backend-cpu (JavaScript)', 'it needs nothing but JavaScript', async () => ({
    backend: await start('cpu'),
    version: tf.version_core,
  }));

const ways = {
  'tfjs-node-gpu': () => native('@tensorflow/tfjs-node-gpu', ' (it computes on the CPU where it finds no GPU)'),
  'tfjs-node': () => native('@tensorflow/tfjs-node', ''),
  wasm,
  cpu,
} as const;
export type Way = keyof typeof ways;

/** Opens the first implementation that works; otherwise says why none did. */
export async function openEager(
  name: EngineName,
  order: readonly Way[],
): Promise<{ engine: EagerEngine | null; availability: Availability }> {
  const failures: Attempt[] = [];
  for (const way of order) {
    const tried = await ways[way]();
    if (tried.backend === null) {
      failures.push(tried);
      continue;
    }
    const { backend, implementation, version } = tried;
    const reason = [tried.reason, ...(failures.length ? [`not taken: ${told(failures)}`] : [])].join('; ');
    const engine = new EagerEngine(name, backend, `${implementation} ${version}, operation by operation`);
    return { engine, availability: { available: true, implementation, version, reason } };
  }
  return { engine: null, availability: { available: false, implementation: 'none', reason: told(failures) } };
}

/** Who cannot be had for one reason is named together; where it is tfjs-node, with what that needs. */
function told(failures: readonly Attempt[]): string {
  const reasons = [...new Set(failures.map(({ reason }) => reason))];
  const namesOf = (reason: string) =>
    failures.filter((each) => each.reason === reason).map((each) => each.implementation);
  const needs = failures.some(({ implementation }) => /tfjs-node/.test(implementation)) ? [tfjsNodeNeeds] : [];
  return [...reasons.map((reason) => `${namesOf(reason).join(' and ')}: ${reason}`), ...needs].join('; ');
}
