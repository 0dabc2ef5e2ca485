import * as tf from '@tensorflow/tfjs-core';
import type { UnitClass } from '../../../registry/units';
import { architecture } from '../../../registry';
import { noiseMatrix } from '../../../architectures/layers';
import { Transformer, TransformerHyperparameters, TransformerRelative } from '../../../architectures/transformer';
import { createRng } from '../../../src/core/random';
import { validated } from '../../../src/core/validation';
import { architectureConformance } from '../../../src/testing/architecture-conformance';

const tiny = { layers: 2, width: 8, heads: 2, feedForwardFactor: 2 };

/** A row that has these options by default, which the conformance checks build. */
function rowWith(id: string, base: UnitClass<'architecture'>, options: Partial<TransformerHyperparameters>) {
  class Options extends TransformerHyperparameters {
    constructor() {
      super();
      Object.assign(this, options);
    }
  }
  class Row extends (base as unknown as typeof Transformer) {}
  return architecture({
    id,
    version: 1,
    title: id,
    year: 2024,
    summary: 'For a test.',
    reference: { authors: 'a', title: 'b', identifier: 'c' },
    capabilities: { causal: true },
    hyperparameters: Options,
  })(Row) as unknown as UnitClass<'architecture'>;
}

describe.each([
  ['post-norm', Transformer, { normalisation: 'post' }],
  ['small-start', Transformer, { initialisationExponent: 0.5 }],
  ['absolute', Transformer, { positions: 'absolute' }],
  ['random-noise', Transformer, { orthogonalNoise: 'random' }],
  ['identity-noise', Transformer, { orthogonalNoise: 'identity', normalisation: 'post' }],
  ['relative-noise', TransformerRelative, { orthogonalNoise: 'random', normalisation: 'post' }],
] as const)('a Transformer with %s', (id, base, options) => {
  const row = rowWith(id, base as unknown as UnitClass<'architecture'>, options);
  for (const { name, applies, run } of architectureConformance(row)) (applies ? it : it.skip)(name, run);
});

const built = (options: Partial<TransformerHyperparameters>, vocabulary = 6) =>
  new Transformer().build(Object.assign(new TransformerHyperparameters(), tiny, options), vocabulary);

it('starts as it did where nothing is asked for', () => {
  const drawn = (options: object) =>
    built(options).parameters.map(({ name, shape, initializer }) => [name, [...initializer(createRng(name), shape)]]);
  expect(drawn({ normalisation: 'pre' })).toEqual(drawn({}));
});

it('has no last norm behind post-norm blocks', () => {
  const names = built({ normalisation: 'post' }).parameters.map(({ name }) => name);
  expect(names).not.toContain('norm.gain');
  expect(
    built({})
      .parameters.map(({ name }) => name)
      .filter((name) => !names.includes(name)),
  ).toEqual(['norm.gain', 'norm.bias']);
});

it('draws every weight matrix with deviation fanIn^-exponent, and a table by its width', () => {
  const model = built({ width: 64, initialisationExponent: 0.8, orthogonalNoise: 'random' }, 50);
  for (const { name, shape, initializer } of model.parameters) {
    const values = initializer(createRng(name), shape);
    if (!name.endsWith('weight')) {
      expect(new Set(values).size).toBe(1);
      continue;
    }
    const fanIn = name.endsWith('contract.weight') ? 128 : 64;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(deviation * fanIn ** 0.8).toBeGreaterThan(0.93);
    expect(deviation * fanIn ** 0.8).toBeLessThan(1.07);
  }
});

it('has noise that is nearly orthogonal, another for every layer and the same in every model', () => {
  const width = 256;
  const z = noiseMatrix('random', 1, width);
  const products = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += z[a * width + i]! * z[b * width + i]!;
    return sum;
  };
  for (let row = 0; row < width; row += 16) {
    expect(Math.abs(products(row, row) - 1)).toBeLessThan(0.35);
    expect(Math.abs(products(row, (row + 1) % width))).toBeLessThan(0.35);
  }
  expect(noiseMatrix('random', 1, width)).toEqual(z);
  expect(noiseMatrix('random', 2, width)).not.toEqual(z);
  expect([...noiseMatrix('identity', 5, 2)]).toEqual([1, 0, 0, 1]);
});

it.each(['random', 'identity'] as const)('adds %s noise to the products of one head, as loops have them', (kind) => {
  const width = 4;
  const model = built({ layers: 1, width, heads: 1, positions: 'none', orthogonalNoise: kind });
  const values = Object.fromEntries(
    model.parameters.map(({ name, shape }) => {
      const rng = createRng(name);
      return [
        name,
        tf.tensor(
          Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()),
          [...shape],
        ),
      ];
    }),
  );
  const tokens = [3, 1, 5];
  const [weights] = model.attention!(values, tf.tensor2d([tokens], [1, 3], 'int32')).arraySync() as number[][][][][];

  const matrix = (name: string) => values[name]!.arraySync() as number[][];
  const vector = (name: string) => values[name]!.arraySync() as number[];
  const embedded = tokens.map((token) => matrix('embedding.weight')[token]!);
  const normed = embedded.map((x) => {
    const mean = x.reduce((a, b) => a + b) / width;
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
    const [gain, bias] = [vector('layers.0.attention.norm.gain'), vector('layers.0.attention.norm.bias')];
    return x.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * gain[i]! + bias[i]!);
  });
  const projected = (x: number[], from: number) =>
    Array.from({ length: width }, (_, j) =>
      x.reduce(
        (sum, value, i) => sum + value * matrix('layers.0.attention.queryKeyValue.weight')[i]![from + j]!,
        vector('layers.0.attention.queryKeyValue.bias')[from + j]!,
      ),
    );
  const z = noiseMatrix(kind, 0, width);
  const [alpha] = vector(`layers.0.attention.noise.${kind}.alpha`);
  const [query] = [projected(normed[2]!, 0)];
  const scores = normed.map((x) => {
    const own = projected(x, width).reduce((sum, k, i) => sum + k * query![i]!, 0);
    let added = 0;
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) added += normed[2]![i]! * z[i * width + j]! * x[j]!;
    return (own + alpha! * added) / Math.sqrt(width);
  });
  const exponentials = scores.map((score) => Math.exp(score));
  const sum = exponentials.reduce((a, b) => a + b);
  exponentials.forEach((value, s) => expect(weights![0]![0]![2]![s]).toBeCloseTo(value / sum, 4));
});

it.each([{ normalisation: 'both' }, { initialisationExponent: -1 }, { orthogonalNoise: 'none' }])(
  'does not take %j',
  (plain) => expect(() => validated(TransformerHyperparameters, plain, { place: 'here' })).toThrow(/must (be|not be)/),
);
