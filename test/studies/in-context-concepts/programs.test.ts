import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../../src/core/random';
import { answering, trainingStep } from '../../../src/studies/in-context-concepts/programs';
import { projections } from '../../../src/studies/in-context-concepts/projections';
import { drawConcepts, drawPrompts, type Prompts } from '../../../src/studies/in-context-concepts/prompts';
import { ConceptSettings } from '../../../src/studies/in-context-concepts/settings';

const settings = Object.assign(new ConceptSettings(), { dimension: 12, concepts: 2, hidden: 4, batchSize: 6 });
const concepts = drawConcepts(settings, createRng(1));
const prompts = drawPrompts(settings, concepts, { count: 6, shift: 'none', rng: createRng(2) });
const rng = createRng(4);
const random = (count: number) => Array.from({ length: count }, () => rng.normal() / 2);
const weights = { attention: random(144), readOut: random(48) };
type Weights = typeof weights;

/** The model in loops, as its page has it. */
function loops({ attention, readOut }: Weights, { count, demonstrations, ...of }: Prompts) {
  const d = settings.dimension;
  let [loss, wrong, correct] = [0, 0, 0];
  for (let n = 0; n < count; n++) {
    const x = (l: number, i: number) => of.words[(n * demonstrations + l) * d + i]!;
    const scores = Array.from({ length: demonstrations }, (_, l) => {
      let score = 0;
      for (let i = 0; i < d; i++)
        for (let j = 0; j < d; j++) score += of.queries[n * d + i]! * attention[i * d + j]! * x(l, j);
      return Math.exp(score);
    });
    const total = scores.reduce((a, b) => a + b);
    const h = Array.from({ length: d }, (_, i) =>
      scores.reduce((sum, score, l) => sum + (score / total) * of.labels[(n * demonstrations + l) * d + i]!, 0),
    );
    let answer = 0;
    for (let j = 0; j < 4; j++) {
      const unit = h.reduce((sum, value, i) => sum + readOut[j * d + i]! * value, 0);
      answer += ((j < 2 ? 1 : -1) / 4) * Math.max(0, unit);
    }
    const t = of.targets[n]!;
    loss += Math.log(1 + Math.exp(-t * answer)) / count;
    wrong += (t * answer <= 0 ? 1 : 0) / count;
    correct += scores.reduce((sum, score, l) => sum + (score / total) * of.matches[n * demonstrations + l]!, 0) / count;
  }
  return { loss, error: wrong, correct };
}

beforeAll(() => tf.setBackend('cpu'));

const tensors = () => ({
  attention: tf.tensor2d(weights.attention, [12, 12]),
  readOut: tf.tensor2d(weights.readOut, [4, 12]),
  words: tf.tensor3d(prompts.words, [6, 4, 12]),
  labels: tf.tensor3d(prompts.labels, [6, 4, 12]),
  queries: tf.tensor2d(prompts.queries, [6, 12]),
  targets: tf.tensor1d(prompts.targets),
});

it('has the loss, error and attention of the equations', () => {
  const outputs = answering(settings, prompts).compute({ ...tensors(), matches: tf.tensor2d(prompts.matches, [6, 4]) });
  const expected = loops(weights, prompts);
  expect(outputs.loss.dataSync()[0]).toBeCloseTo(expected.loss, 5);
  expect(outputs.error.dataSync()[0]).toBeCloseTo(expected.error, 5);
  expect(outputs.correct.dataSync()[0]).toBeCloseTo(expected.correct, 5);
});

it('takes the step that finite differences of the loss give', () => {
  const rate = 0.5;
  const next = trainingStep(settings).compute({ ...tensors(), learningRate: tf.scalar(rate) });
  expect(next.loss.dataSync()[0]).toBeCloseTo(loops(weights, prompts).loss, 5);
  const epsilon = 1e-4;
  for (const [name, at] of [
    ['attention', 0],
    ['attention', 17],
    ['attention', 143],
    ['readOut', 3],
    ['readOut', 40],
  ] as const) {
    const moved = (by: number) => {
      const changed = { ...weights, [name]: weights[name].map((value, i) => (i === at ? value + by : value)) };
      return loops(changed, prompts).loss;
    };
    const gradient = (moved(epsilon) - moved(-epsilon)) / (2 * epsilon);
    const before = weights[name][at]!;
    const expected = before - rate * (gradient + settings.weightDecay * before);
    expect(next[name].dataSync()[at]).toBeCloseTo(expected, 5);
  }
});

it('projects weights on directions', () => {
  const outer = (vector: ArrayLike<number>, scale: number) =>
    Array.from(vector, (a) => Array.from(vector, (b) => scale * a * b)).flat();
  const attention = outer(concepts.words.telling[1]!, 3).map(
    (value, i) => value + outer(concepts.words.shared[0]!, -2)[i]!,
  );
  const readOut = [...concepts.labels.telling[0]!, ...concepts.labels.shared[1]!.map((value) => -5 * value)];
  const found = projections(
    { ...settings, hidden: 2 },
    concepts,
    { attention: Float32Array.from(attention), readOut: Float32Array.from(readOut) },
    createRng(9),
  );
  expect(found.attention.telling).toBeCloseTo(3, 5);
  expect(found.attention.shared).toBeCloseTo(2, 5);
  expect(found.attention.noise).toBeCloseTo(0, 5);
  expect(found.readOut.telling).toBeCloseTo(1, 5);
  expect(found.readOut.shared).toBeCloseTo(5, 5);
  expect(found.readOut.noise).toBeCloseTo(0, 5);
});
