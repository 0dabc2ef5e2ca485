import type { Rng } from '../../core/contracts/random';
import type { EpochResult } from './body';
import type { Concepts } from './prompts';
import type { ConceptSettings } from './settings';

/** Random directions that stand for all that carries no concept. */
const noiseDirections = 16;

type Vector = Float64Array;

/** Largest magnitudes of what the weights do along each kind of direction. */
export function projections(
  { dimension, hidden }: ConceptSettings,
  { words, labels }: Concepts,
  weights: { readonly attention: Float32Array; readonly readOut: Float32Array },
  rng: Rng,
): Pick<EpochResult, 'attention' | 'readOut'> {
  const row = (matrix: Float32Array, at: number) => matrix.subarray(at * dimension, (at + 1) * dimension);
  // u^T A u
  const along = (u: Vector) =>
    u.reduce((sum, value, i) => sum + value * row(weights.attention, i).reduce((s, a, j) => s + a * u[j]!, 0), 0);
  // max_j |w_j . u|
  const read = (u: Vector) =>
    Math.max(
      ...Array.from({ length: hidden }, (_, j) =>
        Math.abs(row(weights.readOut, j).reduce((sum, w, i) => sum + w * u[i]!, 0)),
      ),
    );
  const most = (directions: readonly Vector[], of: (u: Vector) => number) =>
    Math.max(...directions.map((u) => Math.abs(of(u))));
  const noiseFor = (stream: Rng, { shared, telling }: Concepts['words']) =>
    Array.from({ length: noiseDirections }, () => orthogonal(dimension, [...shared, ...telling], stream));
  return {
    attention: {
      telling: most(words.telling, along),
      shared: most(words.shared, along),
      noise: most(noiseFor(rng.split('words'), words), along),
    },
    readOut: {
      telling: most(labels.telling, read),
      shared: most(labels.shared, read),
      noise: most(noiseFor(rng.split('labels'), labels), read),
    },
  };
}

/** A random unit vector orthogonal to an orthonormal list; zero where that spans everything. */
function orthogonal(dimension: number, to: readonly Vector[], rng: Rng): Vector {
  const vector = Float64Array.from({ length: dimension }, () => rng.normal());
  for (const other of to) {
    const product = vector.reduce((sum, value, i) => sum + value * other[i]!, 0);
    other.forEach((value, i) => (vector[i]! -= product * value));
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => (length > 1e-9 ? value / length : 0));
}
