import { createRequire } from 'node:module';
import { createRng } from '../../core/random';
import type { HostArray } from '../../engine/ir/graph';
import { Interpreter } from '../../engine/interpreter/interpreter';
import type { TrainedCell } from '../trained-cell';
import { formOf, type OnnxFileOptions } from './onnx-file';

/** What a file that was written computes, where onnxruntime is installed. */
export interface OnnxCheck {
  /** "onnxruntime 1.30.0" */
  readonly by: string;
  /** Between a logit of the file and ours, at most. */
  readonly difference: number;
}

/** Steps that are taken where a file has one step. */
const mostSteps = 8;

/**
 * Opens a file with onnxruntime, as anybody else would, and compares its logits on drawn tokens with those of the graph that
 * it was made of. Null where onnxruntime is not installed.
 */
export async function checkOnnxFile(
  cell: TrainedCell,
  file: Uint8Array,
  { form, batch, time }: Omit<OnnxFileOptions, 'metadata'>,
): Promise<OnnxCheck | null> {
  const runtime = runtimeIfThere();
  if (!runtime) return null;
  const { InferenceSession, Tensor, env } = runtime;
  const made = formOf(cell, form, { batch, time });
  const weights = cell.layout.arrays(cell.parameters).map(({ values }) => values);
  const before = form === 'whole' ? 1 : 2;
  const ours = new Interpreter(made.graph, weights, before);
  const session = await InferenceSession.create(file, { executionProviders: ['cpu'], logSeverityLevel: 4 });
  const asked = made.graph.inputs
    .map(({ shape, dtype }, i) => ({ name: made.inputs[i]!, shape, dtype }))
    .filter((_, i) => i < before || i >= before + weights.length);
  const rng = createRng('check');
  const draw = () => rng.integer(cell.format.vocabulary.size);
  let state: HostArray[] = 'state' in made ? made.state.map(({ initial }) => initial) : [];
  let difference = 0;
  try {
    for (let position = 0; position < (form === 'whole' ? 1 : Math.min(time, mostSteps)); position++) {
      const tokens = Int32Array.from({ length: form === 'whole' ? batch * time : batch }, draw);
      const given: HostArray[] = form === 'whole' ? [tokens] : [tokens, Int32Array.of(position), ...state];
      const feeds = asked.map(({ name, shape, dtype }, i) => [
        name,
        new Tensor(dtype as 'int32', given[i] as Int32Array, shape),
      ]);
      const theirs = await session.run(Object.fromEntries(feeds) as never);
      const [logits, ...next] = ours.run(given) as Float32Array[];
      const found = theirs[made.outputs[0]!]!.data as Float32Array;
      logits!.forEach((number, i) => (difference = Math.max(difference, Math.abs(number - found[i]!))));
      state = next;
    }
  } finally {
    await session.release();
  }
  return { by: `onnxruntime ${env.versions.node}`, difference };
}

/** `import()` of a file of ours would be one of another kind of module. */
const load = createRequire(__filename);

function runtimeIfThere(): typeof import('onnxruntime-node') | null {
  try {
    load('../../engine/onnx/no-telemetry');
    return load('onnxruntime-node') as typeof import('onnxruntime-node');
  } catch {
    return null; // an optional dependency
  }
}
