// Of the union package only what is used: the backend `cpu` and, as scripts/gradients.mjs says, the gradients.
import '@tensorflow/tfjs-backend-cpu';
import './tfjs-gradients';
import * as tf from '@tensorflow/tfjs-core';

// Without this TensorFlow.js prints advice on the terminal when it first computes on its `cpu` backend.
tf.enableProdMode();

/**
 * Runs synchronous code on a backend that is ready, and puts the former one back whatever happens.
 * Backend changes are global in TensorFlow.js; nothing asynchronous may happen inside.
 */
export function withBackend<T>(name: string, run: () => T): T {
  const engine = tf.engine();
  const former = engine.backendName ?? 'cpu';
  // `setBackend` is declared asynchronous, but takes effect at once for a backend that needs no waiting.
  void engine.setBackend(name);
  try {
    return run();
  } finally {
    void engine.setBackend(former);
  }
}

/** Tensors saved for a backward pass that never came, because the program threw, would otherwise stay for good. */
export function releaseAbandonedTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0 || !state.activeTape) return;
  for (const { saved } of state.activeTape) saved?.forEach((tensor) => tensor.dispose());
  state.activeTape = [];
}

/** The kernel TensorFlow.js found no implementation of, if that is what an error says. */
export function missingKernel(error: unknown): string | undefined {
  return error instanceof Error ? /Kernel '(\w+)' not registered for backend/.exec(error.message)?.[1] : undefined;
}
