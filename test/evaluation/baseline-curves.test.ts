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

it('fits baselines of a collection to its training part alone, also at lengths that training has not', () => {
  const parity = registry.createTask('parity');
  const words = Array.from({ length: 64 }, (_, at) => [...at.toString(2).padStart(6, '0')].map(Number));
  const ofAnswer = (answer: number) => words.filter((word) => parity.solve(word)[0] === answer);
  // Odd words are trained on, even ones tested, at another length too: who has seen the test part would be right.
  const pools = {
    training: ofAnswer(1),
    validation: [],
    test: [...ofAnswer(0), ...ofAnswer(0).map((word) => [...word, 0])],
  };
  const collection = {
    lengths: (part: keyof typeof pools) => [...new Set(pools[part].map(({ length }) => length))],
    inputs: (part: keyof typeof pools, length: number) => pools[part].filter((word) => word.length === length),
  };
  const ids = ['majority', 'position-table', 'look-up', 'oracle'];
  const curves = curvesOf(Object.assign(parity, { collection }), ids, [6, 7], 32);
  expect(curves.map(({ id, points }) => [id, points.map(({ exact }) => exact)])).toEqual([
    ['majority', [0, 0]],
    ['position-table', [0, 0]],
    ['look-up', [0, 0]],
    ['oracle', [1, 1]],
  ]);
});
