import { misfits } from '../../src/studies/misfits';
import type { Budget } from '../../src/studies/match';
import { builtIn, expand } from '../support/experiment';

const registry = builtIn();
const budget: Budget = { quantity: 'parameters', amount: 50_000 };
const grid = { tasks: ['parity', 'brackets'], match: { parameters: budget.amount } };

it('names a row that cannot come near, with the amount that is farthest', () => {
  const wide = { id: 'transformer', label: 'many-heads', hyperparameters: { heads: 32 } };
  const manifest = expand(registry, { ...grid, architectures: ['lstm', 'transformer', wide] });
  const [misfit, ...others] = misfits(registry, manifest, budget);
  expect(others).toEqual([]);
  expect(misfit).toMatchObject({ row: 'many-heads', amount: expect.any(Number) as number });
  expect(Math.abs(misfit!.amount - budget.amount)).toBeGreaterThan(0.1 * budget.amount);
});

it('has nothing to say of rows that fit, nor of baselines', () => {
  expect(misfits(registry, expand(registry, { ...grid, architectures: ['lstm', 'rwkv'] }), budget)).toEqual([]);
});
