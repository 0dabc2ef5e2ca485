import * as tf from '@tensorflow/tfjs-core';
import type { Program, TensorSpecification } from '../../core/contracts/engine';
import { zooError } from '../../core/errors';
import type { Graph } from '../ir/graph';
import { Operators } from '../ir/operators';
import { lowerings } from './lowerings';
import { missingKernel, releaseAbandonedTape, withBackend } from '../backends';
import { TraceBackend, traceBackendName } from './backend';

/** Who asks where a program is only looked at: its sizes are the same for every engine that compiles. */
export const noEngine = 'compiled';

let backend: TraceBackend | undefined;

/** The one tracing backend of the process, registered when it is first needed. */
function traceBackend(): TraceBackend {
  if (!backend) {
    const created = new TraceBackend(lowerings);
    tf.registerBackend(traceBackendName, () => created, 0);
    backend = created;
  }
  return backend;
}

/**
 * Runs a program once on tensors that stand for its inputs and returns the graph of what it would compute.
 * Tensors the program makes from host data, or takes from outside, become constants. `engine` is the one that was asked
 * to compile it, for the message of an error.
 *
 * Errors: `missing-lowering` for a kernel without lowering; `traced-read` if the program reads a tensor's content.
 */
export function capture(
  program: Program,
  signature: readonly TensorSpecification[],
  label: string,
  engine: string,
): Graph {
  const trace = traceBackend();
  const graph = new Operators();
  try {
    return withBackend(traceBackendName, () =>
      trace.record({ graph, label, engine }, () => {
        tf.engine().startScope(label);
        try {
          const inputs = signature.map((specification) => trace.tensorFor(graph.input(specification)));
          const outputs = program(...inputs).map((tensor) => trace.valueFor(tensor));
          return graph.finish(outputs, label);
        } finally {
          tf.engine().endScope();
          releaseAbandonedTape();
        }
      }),
    );
  } catch (error) {
    const kernel = missingKernel(error);
    throw kernel ? zooError('missing-lowering', { engine, kernel, label, known: Object.keys(lowerings) }) : error;
  }
}
