import * as tf from '@tensorflow/tfjs-core';
import type { RowProperties } from '../../src/core/contracts/theory';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';
import { createRng } from '../../src/core/random';
import { theoryOf } from '../../src/model/traced-theory';
import { made } from '../../src/testing/made';
import { vocabularySize } from '../../src/testing/models';
import { eigenvaluesAreAsTold } from '../../src/testing/told-eigenvalues';
import { builtIn } from '../support/experiment';

beforeAll(() => tf.setBackend('cpu'));
const registry = builtIn();

/** Whether a row has the eigenvalues that it says it has, but for what is said otherwise. */
const told = (id: string, otherwise: Partial<RowProperties>, set: object = {}) => {
  const { unitClass, meta } = registry.resolve('architecture', id);
  const { hyperparameters: shape } = meta as ArchitectureMeta;
  const hyperparameters = Object.assign(new shape(), (shape as { readonly tiny?: object }).tiny, set);
  const model = made('architecture', unitClass).build(hyperparameters, vocabularySize);
  const { properties } = theoryOf(meta, hyperparameters, model);
  const assert = (holds: boolean, problem: string) => {
    if (!holds) throw new Error(problem);
  };
  return () =>
    tf.tidy(() => eigenvaluesAreAsTold({ model, meta, rng: createRng(id), assert }, { ...properties, ...otherwise }));
};

it.each<[string, Partial<RowProperties>, RegExp]>([
  ['mamba-negative', { leastEigenvalue: 0 }, /an eigenvalue is -[\d.]+, below 0/],
  ['mamba', { leastEigenvalue: -1 }, /no eigenvalue is below/],
  ['deltanet', { leastEigenvalue: -1 }, /no eigenvalue is below/],
  ['deltanet-negative', { leastEigenvalue: -0.4 }, /below -0\.4/],
  ['deltanet-negative', { realProducts: true }, /a product of 2 transitions has the eigenvalue/],
  ['deltaproduct-negative', { realEigenvalues: true }, /the transition of a token has the eigenvalue/],
  ['rwkv-7', { leastEigenvalue: -0.1 }, /below -0\.1/],
  ['rwkv-7', { leastEigenvalue: -1 }, /no eigenvalue is below/],
  ['lru', { realEigenvalues: true }, /the transition of a token has the eigenvalue/],
  ['gla', { realEigenvalues: false }, /real eigenvalues only/],
])('sees that %s has not %j', (id, otherwise, problem) => expect(told(id, otherwise)).toThrow(problem));

it.each([
  ['deltanet-negative', { layers: 1 }],
  ['deltaproduct', { layers: 1 }],
  ['deltaproduct', { corrections: 3 }],
  ['deltaproduct-negative', { corrections: 1, layers: 1 }],
  ['rwkv-7-negative', { layers: 1 }],
  ['mamba-negative', { layers: 3 }],
])('holds for %s with %j', (id, set) => expect(told(id, {}, set)).not.toThrow());
