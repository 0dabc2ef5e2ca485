import { combinationsOf, searchedValues } from '../../src/studies/search-values';
import { experimentOf } from '../support/experiment';

const lists = { 'optimiser.learningRate': [0.01, 0.001], 'hyperparameters.layers': [1, 2] };
const read = (search: unknown, row: object = {}) =>
  experimentOf({ architectures: [{ id: 'lstm', ...row }], tasks: ['parity'], search });

it('tells lists of values from how they are tried', () => {
  const { search } = read({ ...lists, trials: 3, rule: 'all', seed: 7 });
  expect(search).toEqual({ ...lists, trials: 3, rule: 'all', seed: 7 });
  expect(searchedValues(search!).map(([path]) => path)).toEqual(Object.keys(lists));
  expect(combinationsOf(search!)).toBe(4);
});

test.each([
  [{ trials: 2 }, /list of values/],
  [{ ...lists, trials: 5 }, /trials is 5, and its values have 4 combinations/],
  [{ ...lists, trials: 0 }, /trials must be a whole number/],
  [{ ...lists, rule: 'hyperband' }, /rule must be one of successive-halving, all/],
  [{ ...lists, seed: 1.5 }, /seed must be a whole number/],
  [{ 'optimiser.learningRate': 0.01 }, /must be a list/],
  [{ 'optimiser.learningRate': [] }, /must be a list/],
  [{ 'optimiser.learningRate': [1, 1] }, /different/],
  [{ 'optimiser.learningRate': [{}] }, /must be a list/],
  [Object.fromEntries([1, 2, 3, 4].map((at) => [`a.${at}`, [1, 2, 3, 4, 5, 6, 7, 8]])), /4096 combinations/],
  [false, /must be an object/],
])('refuses %j', (search, problem) => {
  expect(() => read(search)).toThrow(problem);
  if (search !== false) expect(() => read(undefined, { search })).toThrow(problem);
});

it('can be none in a row', () => {
  expect(read(lists, { search: false }).architectures[0]!.search).toBe(false);
});
