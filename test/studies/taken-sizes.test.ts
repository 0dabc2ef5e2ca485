import { sizeNotes } from '../../src/studies/taken-sizes';
import type { Budget } from '../../src/studies/match';
import { builtIn, expand } from '../support/experiment';

const registry = builtIn();
const budget: Budget = { quantity: 'parameters', amount: 50_000 };
const grid = { tasks: ['parity', 'brackets'], match: { parameters: budget.amount } };

it('says what each row takes, and names one that cannot come near with the amount that is farthest', () => {
  const wide = { id: 'transformer', label: 'many-heads', hyperparameters: { heads: 32 } };
  const manifest = expand(registry, { ...grid, architectures: ['lstm', 'transformer', wide] });
  const [taken, misfit, ...others] = sizeNotes(registry, manifest, budget);
  expect(others).toEqual([]);
  expect(taken).toMatch(
    /^Taken for parameters=50000: lstm \d+(-\d+)?, transformer \d+(-\d+)?, many-heads \d+(-\d+)?\.$/,
  );
  for (const [, size] of taken!.matchAll(/(?:lstm|[^-]transformer) (\d+)/g))
    expect(Math.abs(Number(size) - budget.amount)).toBeLessThanOrEqual(0.1 * budget.amount);
  const amount = Number(/^many-heads comes no nearer to parameters=50000 than (\d+)\.$/.exec(misfit!)![1]);
  expect(Math.abs(amount - budget.amount)).toBeGreaterThan(0.1 * budget.amount);
});

it('has nothing to say of baselines', () => {
  const [taken, ...others] = sizeNotes(
    registry,
    expand(registry, { ...grid, architectures: ['lstm', 'rwkv'] }),
    budget,
  );
  expect(others).toEqual([]);
  expect(taken).toMatch(/: lstm \S+, rwkv \S+$/);
});
