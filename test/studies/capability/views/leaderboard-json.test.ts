import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import { LeaderboardJson } from '../../../../src/studies/capability/views/leaderboard-json';
import { smallMatrix } from '../../../support/matrix';

test('json is the leaderboard itself, on one line', () => {
  const drawn = new LeaderboardJson().draw(smallMatrix(), { score: 'exact', palette: 'none' });
  expect(JSON.parse(drawn)).toEqual(buildLeaderboard(smallMatrix()));
  expect(drawn.trimEnd()).not.toContain('\n');
});
