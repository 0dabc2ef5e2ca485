import * as fc from 'fast-check';
import { drawnSettings, trialsOf } from '../../../src/studies/search/trials';

const rates = [0.01, 0.003, 0.001, 0.0003];
const search = { 'optimiser.learningRate': rates, 'hyperparameters.layers': [1, 2] };

it('tries every combination in the order of the file where nothing is said', () => {
  expect(drawnSettings({ 'optimiser.learningRate': [2, 1], 'hyperparameters.layers': [1, 2] })).toEqual([
    { 'optimiser.learningRate': 2, 'hyperparameters.layers': 1 },
    { 'optimiser.learningRate': 2, 'hyperparameters.layers': 2 },
    { 'optimiser.learningRate': 1, 'hyperparameters.layers': 1 },
    { 'optimiser.learningRate': 1, 'hyperparameters.layers': 2 },
  ]);
});

it('draws fewer without replacement, by the seed of the search alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 1000 }), (trials, seed) => {
      const drawn = drawnSettings({ ...search, trials, seed });
      expect(new Set(drawn.map((each) => JSON.stringify(each))).size).toBe(trials);
      expect(drawnSettings({ ...search, trials, seed })).toEqual(drawn);
    }),
  );
  const draws = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(drawnSettings({ ...search, trials: 3, seed })));
  expect(new Set(draws).size).toBeGreaterThan(1);
});

it('gives a row without a setting as many trials: the same settings again, with other seeds', () => {
  const trials = trialsOf(search, (path) => path !== 'hyperparameters.layers');
  expect(trials).toHaveLength(8);
  expect(trials.map(({ settings, seed }) => [settings['optimiser.learningRate'], seed])).toEqual(
    rates.flatMap((rate) => [
      [rate, 1],
      [rate, 2],
    ]),
  );
  expect(trials.every(({ settings }) => Object.keys(settings).length === 1)).toBe(true);
});
