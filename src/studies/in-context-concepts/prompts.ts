import type { Rng } from '../../core/contracts/random';
import type { ConceptSettings } from './settings';

type Vector = Float64Array;

/** The directions that words and labels are made of, all orthonormal. */
export interface Concepts {
  /** shared[k], telling[k]: what both signs of a word of concept k have in common, and what tells them apart. */
  readonly words: Directions;
  readonly labels: Directions;
}
interface Directions {
  readonly shared: readonly Vector[];
  readonly telling: readonly Vector[];
}

/** How test prompts differ from those that are trained on. */
export const shifts = ['none', 'longer', 'longest', 'skewed', 'switched'] as const;
export type Shift = (typeof shifts)[number];

/** Demonstrations of the shifts that change their number, as a multiple of those that are trained on. */
const longer: Partial<Record<Shift, number>> = { longer: 4, longest: 8 };
/** Of the shift `skewed`: share of prompts about the first concept. */
const skew = 0.7;

/** As many prompts as asked for, laid out for a program; all of one number of demonstrations L. */
export interface Prompts {
  readonly count: number;
  readonly demonstrations: number;
  /** [count, L, dimension] */
  readonly words: Float32Array;
  /** [count, L, dimension] */
  readonly labels: Float32Array;
  /** [count, dimension] */
  readonly queries: Float32Array;
  /** [count], -1 or 1 */
  readonly targets: Float32Array;
  /** [count, L], 1 where the word of a demonstration has the sign of the query, else 0 */
  readonly matches: Float32Array;
}

/** Random orthonormal directions by Gram and Schmidt. @throws RangeError where a dimension is too small for them */
export function drawConcepts({ dimension, concepts }: ConceptSettings, rng: Rng): Concepts {
  const draw = (stream: Rng): Directions => {
    const basis: Vector[] = [];
    while (basis.length < 2 * concepts) {
      const vector = Float64Array.from({ length: dimension }, () => stream.normal());
      for (const other of basis) add(vector, other, -dot(vector, other));
      scale(vector, 1 / Math.sqrt(dot(vector, vector)));
      basis.push(vector);
    }
    return { shared: basis.slice(0, concepts), telling: basis.slice(concepts) };
  };
  if (2 * concepts > dimension)
    throw new RangeError(`${concepts} concepts need ${2 * concepts} orthogonal directions, and there are ${dimension}`);
  return { words: draw(rng.split('words')), labels: draw(rng.split('labels')) };
}

/**
 * Prompts of one concept each (our reading of Bu et al. 2024):
 *   mu_k^s = shared a_k + s telling b_k,  x_l = mu_k^{s_l} (+ mu_j^{random sign}) + noise,  y_l = q_k^{s_l} + noise
 * Both signs are among the demonstrations; the query's is to be answered. Under the shift `switched` labels are those of
 * another concept than the words'.
 */
export function drawPrompts(
  settings: ConceptSettings,
  { words, labels }: Concepts,
  { count, shift, rng }: { readonly count: number; readonly shift: Shift; readonly rng: Rng },
): Prompts {
  const { dimension, concepts, shared, polysemy, noise } = settings;
  const demonstrations = settings.demonstrations * (longer[shift] ?? 1);
  const telling = Math.sqrt(1 - shared ** 2);
  const made: Prompts = {
    count,
    demonstrations,
    words: new Float32Array(count * demonstrations * dimension),
    labels: new Float32Array(count * demonstrations * dimension),
    queries: new Float32Array(count * dimension),
    targets: new Float32Array(count),
    matches: new Float32Array(count * demonstrations),
  };
  const another = (concept: number) => (concept + 1 + rng.integer(concepts - 1)) % concepts;
  const sign = () => 2 * rng.integer(2) - 1;
  const write = (into: Float32Array, at: number, directions: Directions, carried: readonly [number, number][]) => {
    const vector = Float64Array.from({ length: dimension }, () => noise * rng.normal());
    for (const [concept, of] of carried) {
      add(vector, directions.shared[concept]!, shared);
      add(vector, directions.telling[concept]!, of * telling);
    }
    into.set(vector, at * dimension);
  };
  const word = (concept: number, of: number): [number, number][] =>
    rng.uniform() < polysemy
      ? [
          [concept, of],
          [another(concept), sign()],
        ]
      : [[concept, of]];
  for (let prompt = 0; prompt < count; prompt++) {
    const concept =
      shift !== 'skewed' ? rng.integer(concepts) : rng.uniform() < skew ? 0 : 1 + rng.integer(concepts - 1);
    const labelled = shift === 'switched' ? another(concept) : concept;
    const signs = rng.shuffle([1, -1, ...Array.from({ length: demonstrations - 2 }, sign)]);
    const target = sign();
    signs.forEach((of, l) => {
      const at = prompt * demonstrations + l;
      write(made.words, at, words, word(concept, of));
      write(made.labels, at, labels, [[labelled, of]]);
      made.matches[at] = of === target ? 1 : 0;
    });
    write(made.queries, prompt, words, word(concept, target));
    made.targets[prompt] = target;
  }
  return made;
}

const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const scale = (vector: Vector, by: number) => vector.forEach((value, i) => (vector[i] = value * by));
const add = (vector: Vector, other: Vector, times: number) =>
  other.forEach((value, i) => (vector[i]! += times * value));

/** Some of the prompts, by index. */
export function taken({ demonstrations, ...all }: Prompts, chosen: readonly number[]): Prompts {
  const pick = (values: Float32Array): Float32Array => {
    const each = values.length / all.count;
    const picked = new Float32Array(chosen.length * each);
    chosen.forEach((from, to) => picked.set(values.subarray(from * each, (from + 1) * each), to * each));
    return picked;
  };
  return {
    count: chosen.length,
    demonstrations,
    words: pick(all.words),
    labels: pick(all.labels),
    queries: pick(all.queries),
    targets: pick(all.targets),
    matches: pick(all.matches),
  };
}
