import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

test('rows of a task are ranked by capability; baselines stand among them without a rank', () => {
  const [parity] = buildLeaderboard(smallMatrix()).tasks;
  expect(parity!.entries.map(({ rank, architecture, verdict }) => [rank, architecture, verdict])).toEqual([
    [null, 'oracle', 'solves'],
    [1, 'lstm', 'solves'],
    [null, 'transformer', 'not learnt'],
    [null, 'uniform', 'not learnt'],
  ]);
  expect(parity!.entries[1]).toMatchObject({
    seeds: 1,
    exact: { inRange: 1, near: 1, far: 0.999 },
    spread: [0.999, 0.999],
    baseline: 0.5,
    capability: expect.closeTo(0.9993, 4),
    capabilityInterval: { low: expect.closeTo(0.99, 2), high: expect.closeTo(1, 4) },
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

test('overall, rows are compared on the tasks that all of them have', () => {
  const { overall, taskCount, compared } = buildLeaderboard(smallMatrix());
  expect([taskCount, compared]).toEqual([2, ['parity']]);
  expect(overall.map(({ rank, architecture, tasks }) => [rank, architecture, tasks])).toEqual([
    [null, 'oracle', 2],
    [1, 'lstm', 2],
    [null, 'uniform', 2],
    [null, 'transformer', 1],
  ]);
  expect(overall[1]!.capability).toBeCloseTo(0.9993, 4);
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

test('rows at chance are all equal, however lucky one of them was, and take no rank', () => {
  const matrix = makeMatrix(
    { architectures: ['a', 'b', 'c'], baselines: ['uniform'], tasks: [['parity', 'regular']] },
    [
      { architecture: 'a', inRange: 0.55, near: 0.52, far: 0.5 },
      { architecture: 'b', inRange: 0.45, near: 0.5, far: 0.54 },
      { architecture: 'c', inRange: 1, near: 0.5, far: 0.5 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
  const { overall } = buildLeaderboard(matrix);
  expect(overall.map(({ architecture, rank, capability }) => [architecture, rank, capability])).toEqual([
    ['c', 1, expect.closeTo(1 / 3)],
    ['a', null, 0],
    ['b', null, 0],
    ['uniform', null, 0],
  ]);
});

test('a column in which nothing can be shown takes nothing from anybody', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: ['uniform'] }, [
    { inRange: 1, near: 1, far: 1 },
    { task: 'reversal', inRange: 1, near: 1, far: 1 },
    { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    { architecture: 'uniform', task: 'reversal', baseline: true, inRange: 1, near: 1, far: 1 },
  ]);
  const { overall } = buildLeaderboard(matrix);
  expect(overall.find(({ architecture }) => architecture === 'lstm')).toMatchObject({
    rank: 1,
    capability: 1,
    tasks: 2,
  });
});

test('without baselines nothing is ranked: chance is never assumed', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] }, [
    { inRange: 1, near: 1, far: 1 },
  ]);
  expect(buildLeaderboard(matrix).overall[0]).toMatchObject({ rank: null, capability: null });
});

describe('parts of a ranking', () => {
  const rows = ['a', 'b', 'c'];
  const tasks: [string, string][] = [
    ['parity', 'regular'],
    ['dyck', 'counter'],
    ['dyck{kinds=2}', 'counter'],
  ];
  const far: Record<string, readonly (number | undefined)[]> = {
    a: [1, 0.5, 0.5],
    b: [0.5, 1, 1],
    c: [1, 1, undefined],
  };
  const guesses = tasks.map(([task]) => ({
    architecture: 'uniform',
    task,
    baseline: true,
    inRange: 0.5,
    near: 0.5,
    far: 0.5,
  }));
  const given = rows.flatMap((architecture) =>
    tasks.flatMap(([task], at) => {
      const value = far[architecture]![at];
      return value === undefined
        ? []
        : [1, 2, 3].map((seed) => ({ architecture, task, seed, inRange: 1, near: value, far: value }));
    }),
  );
  const matrixOf = (records: typeof given, columns = tasks, names = rows) =>
    makeMatrix({ architectures: names, baselines: ['uniform'], tasks: columns, seeds: [1, 2, 3] }, [
      ...records,
      ...guesses,
    ]);
  const places = (board: ReturnType<typeof buildLeaderboard>) =>
    Object.fromEntries(board.overall.map(({ architecture, rank, capability }) => [architecture, [rank, capability]]));

  test('a missing cell unranks no row', () => {
    const board = buildLeaderboard(matrixOf(given));
    expect(board.compared).toEqual(['parity', 'dyck']);
    expect(places(board)).toMatchObject({ c: [1, 1], a: [2, expect.closeTo(2 / 3)], b: [2, expect.closeTo(2 / 3)] });
    expect(board.overall.find(({ architecture }) => architecture === 'a')).toMatchObject({ isShared: true, tasks: 3 });
    expect(buildLeaderboard(matrixOf(given), { coverage: 1 }).compared).toHaveLength(3);
  });

  test('sizes of one task count as one, or each for itself', () => {
    const whole = matrixOf(given.filter(({ architecture }) => architecture !== 'c'));
    const means = (by: 'family' | 'task') => places(buildLeaderboard(whole, { by }));
    expect(means('family').b![1]).toBeCloseTo((1 / 3 + 1) / 2);
    expect(means('task').b![1]).toBeCloseTo((1 / 3 + 2) / 3);
  });

  test('the order of rows, columns and records changes nothing, and neither does another run', () => {
    const board = buildLeaderboard(matrixOf(given));
    expect(buildLeaderboard(matrixOf(given))).toEqual(board);
    const turned = buildLeaderboard(matrixOf([...given].reverse(), [...tasks].reverse(), [...rows].reverse()));
    const plain = ({ levels: _, ...entry }: (typeof board.overall)[number]) => entry;
    expect(turned.overall.map(plain)).toEqual(board.overall.map(plain));
  });

  test('an identical row ties', () => {
    const twins = given.flatMap((record) =>
      record.architecture === 'a' ? [record, { ...record, architecture: 'twin' }] : [record],
    );
    const board = places(buildLeaderboard(matrixOf(twins, tasks, [...rows, 'twin'])));
    expect(board.twin).toEqual(board.a);
  });

  test('capability by level is over the compared tasks of the level', () => {
    const { overall } = buildLeaderboard(matrixOf(given));
    expect(overall.find(({ architecture }) => architecture === 'b')!.levels).toEqual([
      {
        level: 'regular',
        capability: expect.closeTo(1 / 3),
        interval: { low: expect.closeTo(0.33), high: expect.closeTo(1 / 3) },
      },
      { level: 'counter', capability: 1, interval: { low: expect.closeTo(0.993, 2), high: 1 } },
    ]);
  });

  test('cells with too few seeds are not measured', () => {
    const board = buildLeaderboard(
      matrixOf(given.filter(({ architecture, seed }) => architecture !== 'a' || seed < 3)),
      {
        minSeeds: 3,
      },
    );
    expect(board.overall.find(({ architecture }) => architecture === 'a')).toMatchObject({ tasks: 0, rank: null });
    const [task] = board.tasks;
    expect(task!.entries.find(({ architecture }) => architecture === 'a')!.absence).toBe('too few seeds');
  });
});
