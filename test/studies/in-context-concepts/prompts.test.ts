import fc from 'fast-check';
import { createRng } from '../../../src/core/random';
import { drawConcepts, drawPrompts, shifts, taken } from '../../../src/studies/in-context-concepts/prompts';
import { ConceptSettings } from '../../../src/studies/in-context-concepts/settings';

const settings = Object.assign(new ConceptSettings(), { dimension: 24, noise: 0 });
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => value * b[i]!).reduce((x, y) => x + y, 0);

it('draws orthonormal directions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const { words, labels } = drawConcepts(settings, createRng(seed));
      for (const { shared, telling } of [words, labels]) {
        const all = [...shared, ...telling];
        expect(all).toHaveLength(8);
        all.forEach((a, i) => all.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 10)));
      }
    }),
    { numRuns: 20 },
  );
});

it('refuses more concepts than there are orthogonal directions for', () => {
  expect(() => drawConcepts({ ...settings, concepts: 13 }, createRng(1))).toThrow('26 orthogonal directions');
});

it.each(shifts)('has the signs, matches and labels that a prompt shifted by "%s" should have', (shift) => {
  const concepts = drawConcepts(settings, createRng(3));
  const prompts = drawPrompts(settings, concepts, { count: 400, shift, rng: createRng(5) });
  const { demonstrations: length } = prompts;
  expect(length).toBe({ longer: 16, longest: 32 }[shift as string] ?? 4);
  /** Concept and sign of a label, which carries no other. */
  const read = (vector: Float32Array) => {
    const along = concepts.labels.shared.map((direction) => dot(vector, direction));
    const concept = along.findIndex((value) => value > 0.5);
    expect(along.filter((value) => Math.abs(value) > 1e-6)).toHaveLength(1);
    return { concept, sign: Math.sign(dot(vector, concepts.labels.telling[concept]!)) };
  };
  const at = (values: Float32Array, index: number) => values.subarray(index * 24, (index + 1) * 24);
  const about = new Map<number, number>();
  for (let prompt = 0; prompt < prompts.count; prompt++) {
    const labels = Array.from({ length }, (_, l) => read(at(prompts.labels, prompt * length + l)));
    const target = prompts.targets[prompt]!;
    expect(new Set(labels.map(({ concept }) => concept)).size).toBe(1);
    expect(new Set(labels.map(({ sign }) => sign))).toEqual(new Set([1, -1]));
    expect(labels.map(({ sign }) => (sign === target ? 1 : 0))).toEqual([
      ...prompts.matches.subarray(prompt * length, (prompt + 1) * length),
    ]);
    // The word's own concept is the one that every word of the prompt has a part of.
    const words = [
      ...Array.from({ length }, (_, l) => at(prompts.words, prompt * length + l)),
      at(prompts.queries, prompt),
    ];
    const common = concepts.words.shared.flatMap((direction, concept) =>
      words.every((word) => dot(word, direction) > 0.5) ? concept : [],
    );
    const isSame = common.includes(labels[0]!.concept);
    if (shift === 'switched') expect(common.some((concept) => concept !== labels[0]!.concept)).toBe(true);
    else expect(isSame).toBe(true);
    about.set(labels[0]!.concept, (about.get(labels[0]!.concept) ?? 0) + 1);
  }
  const first = about.get(0)! / prompts.count;
  if (shift === 'skewed') expect(first).toBeGreaterThan(0.6);
  else expect(first).toBeLessThan(0.35);
});

it('takes prompts by index', () => {
  const concepts = drawConcepts(settings, createRng(3));
  const all = drawPrompts(settings, concepts, { count: 5, shift: 'none', rng: createRng(5) });
  const some = taken(all, [3, 0]);
  expect(some.count).toBe(2);
  expect([...some.targets]).toEqual([all.targets[3], all.targets[0]]);
  expect(some.queries.subarray(24)).toEqual(all.queries.subarray(0, 24));
  expect(some.words.subarray(0, 96)).toEqual(all.words.subarray(3 * 96, 4 * 96));
  expect(some.matches.subarray(0, 4)).toEqual(all.matches.subarray(12, 16));
});
