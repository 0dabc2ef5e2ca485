import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Initializer, ParameterSpecification } from '../../src/core/contracts/architecture';
import { createRng } from '../../src/core/random';
import { ParameterLayout } from '../../src/model/parameters';

beforeAll(() => tf.setBackend('cpu'));

const uniform: Initializer = (rng, shape) =>
  Float32Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, () => rng.uniform());
const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 6 });
const specifications = (of: readonly (readonly number[])[]): ParameterSpecification[] =>
  of.map((shape, i) => ({ name: `p${i}`, shape, initializer: uniform }));

describe('parameters in one vector', () => {
  it('come apart by name and shape, and together again to the same vector', () => {
    fc.assert(
      fc.property(shapes, (given) => {
        const layout = new ParameterLayout(specifications(given));
        const flat = Float32Array.from({ length: layout.count }, (_, i) => i);
        const named = layout.unflatten(tf.tensor1d(flat));
        expect(Object.values(named).map(({ shape }) => shape)).toEqual(given);
        expect([...layout.flatten(Object.values(named)).dataSync()]).toEqual([...flat]);
        expect(Object.keys(named)).toEqual(layout.specifications.map(({ name }) => name));
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('start from their own streams: a parameter more or another order changes no other', () => {
    fc.assert(
      fc.property(shapes, (given) => {
        const list = specifications(given);
        const initial = (chosen: readonly ParameterSpecification[]) => {
          const layout = new ParameterLayout(chosen);
          const named = layout.unflatten(tf.tensor1d(layout.initialise(createRng('initial'))));
          return Object.fromEntries(Object.entries(named).map(([name, tensor]) => [name, [...tensor.dataSync()]]));
        };
        const all = initial(list);
        expect(initial([...list].reverse())).toEqual(all);
        const { p0, ...rest } = all;
        if (list.length > 1) expect({ p0, ...initial(list.slice(1)) }).toEqual({ p0, ...rest });
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('decay where they are matrices, unless they say otherwise', () => {
    const layout = new ParameterLayout([
      { name: 'matrix', shape: [1, 2], initializer: uniform },
      { name: 'bias', shape: [2], initializer: uniform },
      { name: 'decayed', shape: [1], initializer: uniform, weightDecay: true },
      { name: 'kept', shape: [2, 1], initializer: uniform, weightDecay: false },
    ]);
    expect([...layout.decayMask()]).toEqual([1, 1, 0, 0, 1, 0, 0]);
  });
});
