import { compareMatrices, compareRows } from '../../../../src/studies/capability/summarise/comparison';
import { makeMatrix } from '../../../support/matrix';

const tasks: [string, string][] = [
  ['parity', 'regular'],
  ['dyck', 'counter'],
  ['dyck{kinds=2}', 'counter'],
];
const seeds = [1, 2, 3];

/** Rows that learn the trained lengths, and longer ones as well as is said. */
const matrixOf = (beyond: Record<string, readonly (number | undefined)[]>) =>
  makeMatrix({ architectures: Object.keys(beyond), baselines: ['uniform'], tasks, seeds }, [
    ...Object.entries(beyond).flatMap(([architecture, values]) =>
      tasks.flatMap(([task], at) => {
        const value = values[at];
        return value === undefined
          ? []
          : seeds.map((seed) => ({ architecture, task, seed, inRange: 1, near: value, far: value }));
      }),
    ),
    ...tasks.map(([task]) => ({ architecture: 'uniform', task, baseline: true, inRange: 0.5, near: 0.5, far: 0.5 })),
  ]);

const side = (name: string, beyond: Parameters<typeof matrixOf>[0]) => ({ name, matrix: matrixOf(beyond) });

test('what is alike cannot be told apart', () => {
  const one = side('one', { lstm: [1, 0.8, 0.7] });
  const { groups, cells } = compareMatrices(one, one);
  expect(cells.map(({ difference, answer }) => [difference, answer])).toEqual(
    tasks.map(() => [0, 'cannot be told apart']),
  );
  expect(groups[0]).toMatchObject({ group: 'overall', cells: 3, difference: 0, p: 1, answer: 'cannot be told apart' });
  expect(groups[0]!.interval.low).toBeLessThan(0);
  expect(groups[0]!.interval.high).toBeGreaterThan(0);
});

test('a difference has the sign of B - A, cell by cell, by level and overall, and an answer', () => {
  const { groups, cells } = compareMatrices(
    side('before', { lstm: [0.5, 0.8, 0.8] }),
    side('after', { lstm: [1, 0.8, 0.8] }),
  );
  expect(cells.map(({ task, answer }) => [task, answer])).toEqual([
    ['parity', 'B'],
    ['dyck', 'cannot be told apart'],
    ['dyck{kinds=2}', 'cannot be told apart'],
  ]);
  expect(cells[0]!.difference).toBeCloseTo(2 / 3);
  expect(groups.map(({ group, answer }) => [group, answer])).toEqual([
    ['overall', 'B'],
    ['regular', 'B'],
    ['counter', 'cannot be told apart'],
  ]);
  // Two families: both sizes of dyck count as one.
  expect(groups[0]!.difference).toBeCloseTo(1 / 3);
});

test('turned around, it says the contrary', () => {
  const [a, b] = [side('a', { lstm: [0.5, 0.8, 1] }), side('b', { lstm: [1, 0.8, 0.9] })];
  const [there, back] = [compareMatrices(a, b), compareMatrices(b, a)];
  expect(back.groups.map(({ difference }) => -difference)).toEqual(there.groups.map(({ difference }) => difference));
  expect(back.groups[0]!.p).toBe(there.groups[0]!.p);
});

test('two rows are compared on the tasks that both have', () => {
  const matrix = matrixOf({ lstm: [1, 1, undefined], gru: [0.5, 1, 1] });
  const { a, b, cells, onlyIn } = compareRows(matrix, ['gru', 'lstm']);
  expect([a, b]).toEqual(['gru', 'lstm']);
  expect(cells.map(({ row, task, answer }) => [row, task, answer])).toEqual([
    ['gru, lstm', 'parity', 'B'],
    ['gru, lstm', 'dyck', 'cannot be told apart'],
  ]);
  expect(onlyIn).toEqual({ a: ['dyck{kinds=2}'], b: [] });
});

test('it is seeded', () => {
  const compared = () => compareMatrices(side('a', { lstm: [0.7, 0.8, 1] }), side('b', { lstm: [0.8, 0.8, 0.9] }));
  expect(compared()).toEqual(compared());
});
