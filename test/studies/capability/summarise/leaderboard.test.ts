import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

test('rows of a task are ranked by capability; baselines stand among them without a rank', () => {
  const [parity] = buildLeaderboard(smallMatrix()).tasks;
  expect(parity!.entries.map(({ rank, architecture, verdict }) => [rank, architecture, verdict])).toEqual([
    [null, 'oracle', 'solves'],
    [1, 'lstm', 'solves'],
    [2, 'transformer', 'not learnt'],
    [null, 'uniform', 'not learnt'],
  ]);
  expect(parity!.entries[1]).toMatchObject({
    seeds: 1,
    exact: { inRange: 1, near: 1, far: 0.999 },
    spread: [0.999, 0.999],
    baseline: 0.5,
    capability: expect.closeTo(0.9993, 4),
    solved: { seeds: 1, interval: { low: expect.closeTo(0.2065, 4), high: 1 } },
  });
});

test('a cell without scores is at the end with the reason', () => {
  const reversal = buildLeaderboard(smallMatrix()).tasks[1]!;
  expect(reversal.entries.at(-1)).toMatchObject({
    architecture: 'transformer',
    rank: null,
    absence: 'missing',
    capability: null,
  });
});

test('overall, only rows measured on every task are ranked', () => {
  const { overall, taskCount } = buildLeaderboard(smallMatrix());
  expect(taskCount).toBe(2);
  expect(overall.map(({ rank, architecture, tasks }) => [rank, architecture, tasks])).toEqual([
    [null, 'oracle', 2],
    [1, 'lstm', 2],
    [null, 'uniform', 2],
    [null, 'transformer', 1],
  ]);
  expect(overall[1]).toMatchObject({
    seeds: 1,
    verdicts: { solves: 1, extends: 0, 'learnt in range': 1 },
    solvedRuns: { runs: 1, of: 2 },
  });
});

test('equals share a rank and the next one is skipped', () => {
  const rows = ['a', 'b', 'c', 'd'];
  const near = [1, 0.5, 0.5, 0];
  const matrix = makeMatrix({ architectures: rows, baselines: ['uniform'], tasks: [['parity', 'regular']] }, [
    ...rows.map((architecture, at) => ({ architecture, inRange: 1, near: near[at]!, far: 0 })),
    { architecture: 'uniform', baseline: true, inRange: 0, near: 0, far: 0 },
  ]);
  expect(buildLeaderboard(matrix).overall.map(({ rank }) => rank)).toEqual([1, 2, 2, 4, null]);
});

test('without baselines nothing is ranked: chance is never assumed', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] }, [
    { inRange: 1, near: 1, far: 1 },
  ]);
  expect(buildLeaderboard(matrix).overall[0]).toMatchObject({ rank: null, capability: null });
});
