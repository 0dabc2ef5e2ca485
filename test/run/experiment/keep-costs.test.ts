import type { ManifestCost } from '../../../src/core/contracts/manifest';
import type { Cell } from '../../../src/core/contracts/record';
import { keepCosts } from '../../../src/run/experiment/keep-costs';
import { makeManifest } from '../../support/records';

const grid = (architectures: string[]) =>
  makeManifest({ architectures, baselines: [], tasks: [['parity', 'regular']], seeds: [1], inapplicable: [] });
const cost = (architecture: string, parameters: number): ManifestCost => ({
  architecture,
  task: 'parity',
  parameters,
  state: 0,
  flops: null,
  tokensPerAnswer: 0,
});
const asked: string[][] = [];
const costsOf = ({ cells }: { readonly cells: readonly Cell[] }) => {
  asked.push(cells.map(({ specification }) => specification.architecture.id));
  return cells.map(({ specification }) => cost(specification.architecture.id, 2));
};
beforeEach(() => asked.splice(0));

it('asks for what is not known yet, and keeps what is of the same jobs', () => {
  const next = grid(['lstm', 'gru']);
  const previous = { ...grid(['lstm', 'rnn']), costs: [cost('lstm', 1), cost('rnn', 1)] };
  expect(keepCosts(previous, { next, shown: next }, costsOf)).toEqual([cost('lstm', 1), cost('gru', 2)]);
  expect(asked).toEqual([['gru']]);
  expect(keepCosts(null, { next, shown: next }, costsOf)).toEqual([cost('lstm', 2), cost('gru', 2)]);
});

it('asks nothing where all is known, and of a part that is run for that part alone', () => {
  const next = grid(['lstm', 'gru']);
  const previous = { ...next, costs: [cost('lstm', 1), cost('gru', 1)] };
  expect(keepCosts(previous, { next, shown: next }, costsOf)).toEqual(previous.costs);
  expect(asked).toEqual([]);
  expect(keepCosts(null, { next, shown: grid(['gru']) }, costsOf)).toEqual([cost('gru', 2)]);
});

it('forgets costs of jobs that are others now', () => {
  const next = grid(['lstm']);
  const changed = next.cells.map((cell) => ({ ...cell, key: `${cell.key}-before` }));
  const previous = { ...next, cells: changed, costs: [cost('lstm', 1)] };
  expect(keepCosts(previous, { next, shown: next }, costsOf)).toEqual([cost('lstm', 2)]);
});
