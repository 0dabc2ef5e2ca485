import { LeaderboardCsv } from '../../../../src/studies/capability/views/leaderboard-csv';
import { smallMatrix } from '../../../support/matrix';

test('csv', () => {
  expect(new LeaderboardCsv().draw(smallMatrix()).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
   "task,level,rank,architecture,kind,seeds,in_range,near,far,lowest_seed,highest_seed,baseline,capability,runs,runs_that_solve,solve_low,solve_high,verdict,absence
   parity,regular,,oracle,baseline,1,1,1,1,1,1,0.5,1,1,1,0.20654931437723745,1,solves,
   parity,regular,1,lstm,architecture,1,1,1,0.999,0.999,0.999,0.5,0.9993333333333334,1,1,0.20654931437723745,1,solves,
   parity,regular,2,transformer,architecture,1,0.6,0.5,,0.5,0.5,0.5,0.06666666666666665,1,0,0,0.7934506856227626,not learnt,
   parity,regular,,uniform,baseline,1,0.5,0.5,0.5,0.5,0.5,0.5,0,1,0,0,0.7934506856227626,not learnt,
   reversal,deterministic-context-free,,oracle,baseline,1,1,1,1,1,1,0,1,1,1,0.20654931437723745,1,solves,
   reversal,deterministic-context-free,1,lstm,architecture,1,0.97,0.25,0,0,0,0,0.40625,1,0,0,0.7934506856227626,learnt in range,
   reversal,deterministic-context-free,,uniform,baseline,1,0.04,0,0,0,0,0,0,1,0,0,0.7934506856227626,not learnt,
   reversal,deterministic-context-free,,transformer,architecture,0,,,,,,,,0,,,,,missing
   overall,,,oracle,baseline,1,,,,,,,1,2,2,0.34238022750665303,1,,
   overall,,1,lstm,architecture,1,,,,,,,0.7027916666666667,2,1,0.09453120573423074,0.9054687942657693,,
   overall,,,uniform,baseline,1,,,,,,,0,2,0,0,0.6576197724933469,,
   overall,,,transformer,architecture,1,,,,,,,,1,0,0,0.7934506856227626,,
   "
  `);
});
