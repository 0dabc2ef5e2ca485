import { LeaderboardCsv } from '../../../../src/studies/capability/views/leaderboard-csv';
import { smallMatrix } from '../../../support/matrix';

test('csv', () => {
  expect(new LeaderboardCsv().draw(smallMatrix(), { score: 'exact', palette: 'none' }).replaceAll('\r\n', '\n'))
    .toMatchInlineSnapshot(`
   "task,level,family,rank,rank_shared,architecture,kind,seeds,in_range,near,far,lowest_seed,highest_seed,baseline,capability,capability_low,capability_high,runs,runs_that_solve,solve_low,solve_high,verdict,borderline,below_baseline,theory,absence,tasks_with_scores,tasks_compared,parameters,state,flops_per_token,tokens_per_answer,training_sequences,training_steps,training_seconds,search_steps,search_seconds,protocol_differs
   parity,regular,parity,,,oracle,baseline,1,1,1,1,1,1,0.5,1,0.9908068657811387,1,1,1,0.20654931437723745,1,solves,,,,,,,,,,,,,,,,
   parity,regular,parity,1,,lstm,architecture,1,1,1,0.999,0.999,0.999,0.5,0.9993333333333334,0.9898477788735748,1,1,1,0.20654931437723745,1,solves,,,,,,,10,,,,64000,1000,20,,,
   parity,regular,parity,,,transformer,architecture,1,0.6,0.5,,0.5,0.5,0.5,0,0,0.10791953970162231,1,0,0,0.7934506856227626,not learnt,,,,,,,10,,,,64000,1000,20,,,
   parity,regular,parity,,,uniform,baseline,1,0.5,0.5,0.5,0.5,0.5,0.5,0,0,0,1,0,0,0.7934506856227626,not learnt,,,,,,,,,,,,,,,,
   reversal,deterministic-context-free,reversal,,,oracle,baseline,1,1,1,1,1,1,0,1,0.9955359753013906,1,1,1,0.20654931437723745,1,solves,,,,,,,,,,,,,,,,
   reversal,deterministic-context-free,reversal,1,,lstm,architecture,1,0.97,0.25,0,0,0,0,0.40625,0.38715469735813746,0.4250111161819254,1,0,0,0.7934506856227626,learnt in range,yes,,,,,,10,,,,64000,1000,20,,,
   reversal,deterministic-context-free,reversal,,,uniform,baseline,1,0.04,0,0,0,0,0,0,0,0,1,0,0,0.7934506856227626,not learnt,,,,,,,,,,,,,,,,
   reversal,deterministic-context-free,reversal,,,transformer,architecture,0,,,,,,,,,,0,,,,,,,,missing,,,,,,,,,,,,
   overall,,,,,oracle,baseline,1,,,,,,,1,0.9908068657811387,1,2,2,,,,,,,,2,1,,,,,,,,,,
   overall,,,1,,lstm,architecture,1,,,,,,,0.9993333333333334,0.9898477788735748,1,2,1,,,,,,,,2,1,10,,,,64000,1000,20,,,
   overall,,,,,uniform,baseline,1,,,,,,,0,0,0,2,0,,,,,,,,2,1,,,,,,,,,,
   overall,,,,,transformer,architecture,1,,,,,,,0,0,0.10791953970162231,1,0,,,,,,,,1,1,10,,,,64000,1000,20,,,
   "
  `);
});
