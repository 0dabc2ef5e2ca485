import { LeaderboardCsv } from '../../../../src/studies/capability/views/leaderboard-csv';
import { smallMatrix } from '../../../support/matrix';

test('csv', () => {
  expect(new LeaderboardCsv().draw(smallMatrix()).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
   "task,level,rank,architecture,kind,seeds,in_range,near,far,lowest_seed,highest_seed,baseline,capability,capability_low,capability_high,runs,runs_that_solve,solve_low,solve_high,verdict,borderline,below_baseline,theory,absence
   parity,regular,,oracle,baseline,1,1,1,1,1,1,0.5,1,0.9663395507257144,1,1,1,0.20654931437723745,1,solves,,,,
   parity,regular,1,lstm,architecture,1,1,1,0.999,0.999,0.999,0.5,0.9993333333333334,0.9648888855554439,0.9999649237679694,1,1,0.20654931437723745,1,solves,,,,
   parity,regular,,transformer,architecture,1,0.6,0.5,,0.5,0.5,0.5,0,0,0.20238516473471757,1,0,0,0.7934506856227626,not learnt,,,,
   parity,regular,,uniform,baseline,1,0.5,0.5,0.5,0.5,0.5,0.5,0,0,0.21681542084468808,1,0,0,0.7934506856227626,not learnt,,,,
   reversal,deterministic-context-free,,oracle,baseline,1,1,1,1,1,1,0,1,0.9846883183229457,1,1,1,0.20654931437723745,1,solves,,,,
   reversal,deterministic-context-free,1,lstm,architecture,1,0.97,0.25,0,0,0,0,0.40625,0.37518938541383634,0.4352818306666115,1,0,0,0.7934506856227626,learnt in range,yes,,,
   reversal,deterministic-context-free,,uniform,baseline,1,0.04,0,0,0,0,0,0,0,0.026746527713958333,1,0,0,0.7934506856227626,not learnt,,,,
   reversal,deterministic-context-free,,transformer,architecture,0,,,,,,,,,,0,,,,,,,,missing
   overall,,,oracle,baseline,1,,,,,,,1,0.97551393452433,1,2,2,,,,,,,
   overall,,1,lstm,architecture,1,,,,,,,0.7027916666666667,0.6700391354846401,0.7176233772172904,2,1,,,,,,,
   overall,,,uniform,baseline,1,,,,,,,0,0,0.1217809742793232,2,0,,,,,,,
   overall,,,transformer,architecture,1,,,,,,,,,,1,0,,,,,,,
   "
  `);
});
