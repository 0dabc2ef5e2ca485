import type { Engine, Handle } from '../../core/contracts/engine';
import type { Named } from '../../model/named-program';
import type { PromptTensors, Weights } from './programs';
import type { Prompts } from './prompts';
import type { ConceptSettings } from './settings';

/** Prompts inside an engine; the caller releases them. */
export function uploadPrompts(
  engine: Engine,
  { count, demonstrations, words, labels, queries, targets }: Prompts,
): Named<PromptTensors, Handle> {
  const dimension = queries.length / count;
  const upload = (data: Float32Array, ...shape: number[]) => engine.upload(data, { shape, dtype: 'float32' });
  return {
    words: upload(words, count, demonstrations, dimension),
    labels: upload(labels, count, demonstrations, dimension),
    queries: upload(queries, count, dimension),
    targets: upload(targets, count),
  };
}

/** Weights inside an engine; the caller releases them. */
export const uploadWeights = (
  engine: Engine,
  { dimension, hidden }: ConceptSettings,
  { attention, readOut }: Named<Weights, Float32Array>,
): Named<Weights, Handle> => ({
  attention: engine.upload(attention, { shape: [dimension, dimension], dtype: 'float32' }),
  readOut: engine.upload(readOut, { shape: [hidden, dimension], dtype: 'float32' }),
});

/** Copies: an engine may hand out its own memory. */
export async function readWeights(
  engine: Engine,
  { attention, readOut }: Named<Weights, Handle>,
): Promise<Named<Weights, Float32Array>> {
  const read = async (handle: Handle) => Float32Array.from(await engine.read(handle));
  return { attention: await read(attention), readOut: await read(readOut) };
}
