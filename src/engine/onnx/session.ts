import { InferenceSession } from 'onnxruntime-node';
import { zooError } from '../../../registry/errors';

/** Opens a model. One session computes one program at a time, on `threads` threads. */
export async function openSession(model: Uint8Array, threads: number, label: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, {
      executionProviders: ['cpu'],
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4, // errors come back as exceptions; printing them too would tell them twice
    });
  } catch (error) {
    throw zooError('program-rejected', { label, reason: reasonOf(error) });
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
