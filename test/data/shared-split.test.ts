import { splitOf } from '../../src/data/shared-split';
import { testInputs } from '../../src/evaluation/test-set';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const column = (id: string, hyperparameters = {}) => ({ id, hyperparameters });

it('is one for all cells of a column, and another where task, settings or trained lengths differ', () => {
  const parity = splitOf(registry, column('parity'), 16);
  expect(splitOf(registry, column('parity'), 16)).toBe(parity);
  expect(splitOf(registry, column('parity'), 12)).not.toBe(parity);
  expect(splitOf(registry, column('reversal'), 16)).not.toBe(parity);
  expect(splitOf(registry, column('mqar', { keys: 4 }), 16)).not.toBe(splitOf(registry, column('mqar'), 16));
  expect(parity).toMatchObject({ longest: 16 });
});

it('forgets columns that were not asked for lately', () => {
  const parity = splitOf(registry, column('parity'), 16);
  for (let longest = 20; longest < 28; longest++) splitOf(registry, column('parity'), longest);
  expect(splitOf(registry, column('parity'), 16)).not.toBe(parity);
});

it('draws the inputs of a test once, the same that another split would have', () => {
  const split = splitOf(registry, column('parity'), 16);
  const drawn = testInputs(split, 'parity', 9, 32);
  expect(testInputs(split, 'parity', 9, 32)).toBe(drawn);
  expect(testInputs(splitOf(registry, column('parity'), 17), 'parity', 9, 32)).toEqual(drawn);
  expect(testInputs(split, 'parity', 9, 16)).not.toEqual(drawn);
});
