import { leaderboardSheet } from '../../../../src/studies/capability/drawing/leaderboard-sheet';
import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import { makeMatrix } from '../../../support/matrix';

test('the spread over seeds is shown where there are several', () => {
  const given = { architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular'] as [string, string]] };
  const titles = (seeds: number[]) => {
    const matrix = makeMatrix(
      { ...given, seeds },
      seeds.map((seed) => ({ seed, inRange: 1, near: seed / 4 })),
    );
    return leaderboardSheet(buildLeaderboard(matrix)).tables.at(-1)!;
  };
  expect(titles([1]).columns.map(({ title }) => title)).not.toContain('span');
  const { columns, rows } = titles([1, 2]);
  expect(rows[0]![columns.findIndex(({ title }) => title === 'span')]).toBe('0.250–0.500');
});
