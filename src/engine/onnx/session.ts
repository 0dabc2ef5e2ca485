import './no-telemetry';
import { InferenceSession } from 'onnxruntime-node';
import { zooError } from '../../core/errors';

/**
 * onnxruntime's own optimisers gain nothing measurable after our passes, and their time grows with the square of the
 * graph (10 s for 20,000 nodes); the cheapest of them are worth it for small graphs only.
 */
const largestOptimised = 3000;

export interface Model {
  readonly bytes: Uint8Array;
  readonly nodeCount: number;
  readonly label: string;
}

/** Opens a model. One session computes one program at a time, on `threads` threads. */
export async function openSession({ bytes, nodeCount, label }: Model, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: nodeCount <= largestOptimised ? 'basic' : 'disabled',
      extra: { optimization: { disable_specified_optimizers: 'MatMulAddFusion' } }, // our passes know where it pays
      logSeverityLevel: 4, // errors come back as exceptions; printing them too would tell them twice
    });
  } catch (error) {
    throw zooError('program-rejected', { label, reason: reasonOf(error) });
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
