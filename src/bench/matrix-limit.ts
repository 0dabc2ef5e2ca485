import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { createRng } from '../core/random';
import type { Engine } from '../core/contracts/engine';
import type { Engines } from '../engine/select';
import { systemClock } from '../core/clock';

/** Large enough that the product is bound by arithmetic alone, small enough to take a few hundredths of a second. */
const size = 1024;
const mostRepetitions = 12;

/**
 * Billions of floating-point operations per second of one large matrix product, on the engine that reaches more of them:
 * what no training step on this machine exceeds. It is the best of `repetitions`, of which more than 12 say no more.
 */
export async function measureMatrixLimit(
  engines: Engines,
  threads: number,
  repetitions = mostRepetitions,
): Promise<number> {
  let limit = 0;
  for (const engine of await engines.compiled({ threads })) {
    const reached = await measureProduct(engine, Math.min(repetitions, mostRepetitions));
    // Threads that share a batch have nothing to share in one product: each could do as much.
    limit = Math.max(limit, (reached * threads) / engine.productThreads);
    await engine.dispose();
  }
  return limit;
}

async function measureProduct(engine: Engine, repetitions: number): Promise<number> {
  const specification = { shape: [size, size], dtype: 'float32' } as const;
  const product = await engine.compile(
    (a, b) => [tf.matMul(a as Tensor2D, b as Tensor2D)],
    [specification, specification],
    { label: 'matrix limit' },
  );
  const rng = createRng('matrix limit');
  const factors = [0, 1].map(() =>
    engine.upload(
      Float32Array.from({ length: size * size }, () => rng.uniform() - 0.5),
      specification,
    ),
  );
  let best = Infinity;
  for (let i = 0; i < repetitions; i++) {
    const started = systemClock.milliseconds();
    engine.release(await product.run(factors));
    best = Math.min(best, systemClock.milliseconds() - started);
  }
  engine.release(factors);
  await product.dispose();
  return (2 * size ** 3) / 1e6 / best;
}
