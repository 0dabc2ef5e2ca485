import type { Cell } from '../../../src/core/contracts/record';
import { measuredSpecification, searchJobOf, withSettings } from '../../../src/core/search';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const rates = [0.01, 0.003, 0.001, 0.0003];
const search = { 'optimiser.learningRate': rates, 'hyperparameters.layers': [1, 2] };
const cellsOf = (plain: Record<string, unknown>): readonly Cell[] =>
  expand(registry, { tasks: ['parity'], baselines: [], ...plain }).cells;
const trialsOf = (cell: Cell | undefined) => cell!.specification.search!.trials;

it('leaves keys as they are where nothing is searched, and moves those of rows that are', () => {
  const plain = { architectures: ['lstm', 'gru'] };
  const keys = (more: object) => cellsOf({ ...plain, ...more }).map(({ key }) => key);
  const [lstm, gru] = keys({});
  expect(keys({ search: undefined })).toEqual([lstm, gru]);
  const one = cellsOf({ architectures: [{ id: 'lstm', search: false }, 'gru'], search });
  expect(one[0]!.key).toBe(lstm);
  expect(one[1]!.key).not.toBe(gru);
  const other = cellsOf({ architectures: ['lstm', { id: 'gru', search: { 'optimiser.learningRate': rates } }] });
  expect(other.map(({ specification }) => specification.search?.trials.length)).toEqual([undefined, 4]);
});

it('gives every row as many trials, whatever it can be set', () => {
  const cells = cellsOf({ architectures: ['lstm', 'rnn', 'stack-rnn', 'transformer'], search });
  expect(cells.map((cell) => trialsOf(cell).length)).toEqual([8, 8, 8, 8]);
  for (const cell of cells)
    for (const { settings } of trialsOf(cell)) {
      const { architecture } = withSettings(cell.specification, settings);
      const unit = registry.resolve('architecture', architecture.id);
      expect(() => registry.hyperparameters(unit, architecture.hyperparameters, { place: 'test' })).not.toThrow();
    }
});

it('meets a budget in every trial, and leaves out what the budget is met with', () => {
  const match = { parameters: 20_000 };
  const [cell] = cellsOf({ architectures: ['lstm'], match, search });
  const widths = new Set(trialsOf(cell).map(({ settings }) => settings['hyperparameters.hiddenSize']));
  expect(widths.size).toBe(2); // the width of one layer need not be told, that of two differs
  const ofWidth = { 'optimiser.learningRate': rates, 'hyperparameters.hiddenSize': [16, 32] };
  expect(() => cellsOf({ architectures: ['lstm'], match, search: ofWidth })).toThrow(/hiddenSize/);
  expect(trialsOf(cellsOf({ architectures: ['lstm'], search: ofWidth })[0])).toHaveLength(8);
});

it('searches computation steps of direct rows alone', () => {
  const steps = { 'optimiser.learningRate': [0.01, 0.001], computationSteps: [0, 1] };
  const [direct, written] = cellsOf({ architectures: ['lstm', 'cot-lstm'], search: steps });
  expect(trialsOf(direct).map(({ settings }) => settings.computationSteps)).toEqual([0, 1, 0, 1]);
  expect(trialsOf(written).map(({ settings, seed }) => [Object.keys(settings).length, seed])).toEqual([
    ...[1, 2, 1, 2].map((seed) => [1, seed]),
  ]);
});

test.each(['optimiser.learningrate', 'steps', 'heldOut.every', 'hyperparameters.layer', 'evaluation.tokenBudget'])(
  'refuses %s, which is nothing to search',
  (path) => {
    const wrong = { ...search, [path]: [1, 2] };
    expect(() => cellsOf({ architectures: ['lstm'], search: wrong })).toThrow(/is nothing that can be searched here/);
  },
);

it('refuses values that the protocol does not have', () => {
  const wrong = { 'optimiser.beta1': [0.9, 1.5] };
  expect(() => cellsOf({ architectures: ['lstm'], search: wrong })).toThrow(/search.*beta1 is 1.5/s);
});

it('shares a search among seeds, and among cells that are only tested in another way', () => {
  const searchKeys = (more: object) =>
    cellsOf({ architectures: ['lstm'], search, ...more }).map((cell) => searchJobOf(cell)!.key);
  const [key] = searchKeys({});
  expect(searchKeys({ seeds: 3 })).toEqual([key, key, key]);
  expect(searchKeys({ protocol: { evaluation: { sequencesPerLength: 7 } } })).toEqual([key]);
  expect(searchKeys({ protocol: { steps: 7 } })).not.toEqual([key]);
  expect(searchKeys({ search: { ...search, seed: 2 } })).not.toEqual([key]);
  expect(searchJobOf(cellsOf({ architectures: ['lstm'] })[0]!)).toBeUndefined();
});

it('measures with what was chosen, the rest as it is written', () => {
  const [cell] = cellsOf({ architectures: ['lstm'], search, protocol: { batchSize: 16 } });
  const trials = trialsOf(cell).map((trial) => ({ ...trial, reached: [], steps: 0, ended: 'paused' }));
  const found = { key: 'a'.repeat(64), rule: 'all' as const, rungs: [], trials, chosen: 7, steps: 0 };
  const { architecture, protocol } = measuredSpecification({ ...cell!, search: found });
  expect(architecture.hyperparameters).toMatchObject({ layers: 2 });
  expect(protocol).toMatchObject({ batchSize: 16, optimiser: { learningRate: 0.0003, beta1: 0.9 } });
});
