import type { Baseline } from '../../src/core/contracts/baseline';
import type { Task } from '../../src/core/contracts/task';
import { baselineCurves } from '../../src/evaluation/baseline-curves';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const curvesOf = (task: Task, ids: readonly string[], lengths: readonly number[], inputs = 1024) =>
  baselineCurves(
    task,
    ids.map((id) => ({ id, baseline: new (registry.resolve('baseline', id).unitClass)() as Baseline })),
    { lengths, inputs },
  );

it('measures the solver at 1 and guesses of a bit at one half, at every length', () => {
  const [oracle, uniform] = curvesOf(registry.createTask('parity'), ['oracle', 'uniform'], [1, 7, 40]);
  expect(oracle!.points).toEqual([1, 7, 40].map((length) => ({ length, exact: 1, token: 1 })));
  for (const { token } of uniform!.points) expect(Math.abs(token - 0.5)).toBeLessThan(0.06);
});

it('finds that a sorted string is mostly known from its length and places', () => {
  const [table] = curvesOf(registry.createTask('bucket-sort'), ['position-table'], [5, 100]);
  expect(table!.points[1]!.token).toBeGreaterThan(0.8);
  expect(table!.points[1]!.token).toBeGreaterThan(table!.points[0]!.token);
});

it('solves each input once, and measures the same again', () => {
  const parity = registry.createTask('parity');
  const solve = jest.spyOn(parity, 'solve');
  const curves = curvesOf(parity, ['majority', 'position-table', 'oracle'], [3, 9], 32);
  const solved = solve.mock.calls.map(([input]) => input);
  expect(solved.length).toBeGreaterThan(2 * 2 * 32);
  expect(new Set(solved).size).toBe(solved.length);
  expect(curvesOf(parity, ['majority', 'position-table', 'oracle'], [3, 9], 32)).toEqual(curves);
});
