import { LeaderboardMarkdown } from '../../../../src/studies/capability/views/leaderboard-markdown';
import { smallMatrix } from '../../../support/matrix';

test('markdown', () => {
  expect(new LeaderboardMarkdown().draw(smallMatrix(), { score: 'exact', palette: 'none' })).toMatchInlineSnapshot(`
   "# Leaderboard: test

   ## Overall

   | \\# | architecture | tasks | seeds | capability | interval | solves | extends | learnt in range | runs that solve | parameters | sequences | steps | seconds |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
   |  | (oracle) | 2/2 | 1 | 1.000 | 0.99–1.00 | 2 | 0 | 0 | 2/2 |  |  |  |  |
   | 1 | lstm | 2/2 | 1 | **0.999** | 0.99–1.00 | 1 | 0 | 1 | 1/2 | 10 | 64,000 | 1,000 | 20 |
   |  | (uniform) | 2/2 | 1 | 0.000 | 0.00–0.00 | 0 | 0 | 0 | 0/2 |  |  |  |  |
   |  | transformer | 1/2 | 1 | 0.000 | 0.00–0.11 | 0 | 0 | 0 | 0/1 | 10 | 64,000 | 1,000 | 20 |

   ## Parity (regular)

   | \\# | architecture | seeds | in range | near | far | baseline | capability | interval | seeds that solve | verdict | parameters | sequences | steps | seconds |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.500 | 1.000 | 0.99–1.00 | 1/1 (0.21–1.00) | solves |  |  |  |  |
   | 1 | lstm | 1 | 1.000 | 1.000 | 0.999 | 0.500 | **0.999** | 0.99–1.00 | 1/1 (0.21–1.00) | solves | 10 | 64,000 | 1,000 | 20 |
   |  | transformer | 1 | 0.600 | 0.500 |  | 0.500 | 0.000 | 0.00–0.11 | 0/1 (0.00–0.79) | not learnt | 10 | 64,000 | 1,000 | 20 |
   |  | (uniform) | 1 | 0.500 | 0.500 | 0.500 | 0.500 | 0.000 | 0.00–0.00 | 0/1 (0.00–0.79) | not learnt |  |  |  |  |

   ## Reversal (deterministic-context-free)

   | \\# | architecture | seeds | in range | near | far | baseline | capability | interval | seeds that solve | verdict | parameters | sequences | steps | seconds |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.000 | 1.000 | 1.00–1.00 | 1/1 (0.21–1.00) | solves |  |  |  |  |
   | 1 | lstm | 1 | 0.970 | 0.250 | 0.000 | 0.000 | **0.406** | 0.39–0.43 | 0/1 (0.00–0.79) | learnt in range ? | 10 | 64,000 | 1,000 | 20 |
   |  | (uniform) | 1 | 0.040 | 0.000 | 0.000 | 0.000 | 0.000 | 0.00–0.00 | 0/1 (0.00–0.79) | not learnt |  |  |  |  |
   |  | transformer | 0 |  |  |  |  |  |  |  | not run |  |  |  |  |

   - Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   - Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.
   - Capability: mean of (accuracy - baseline) / (1 - baseline) over the ranges that have such a scale, where a range that is not above its baseline by more than noise adds 0. Interval: 95 %, by a bootstrap over seeds and test sequences.
   - Overall: mean over 1 of 2 tasks, those that every ranked row has, where a family of tasks counts as one; a row with less than 50 % of the tasks is not ranked.
   - Rows that cannot be told apart share a rank (2=): the 95 % interval of the difference from the first of them holds 0. Rows at chance, which is capability 0, take no rank.
   - Seeds that solve: with the 95 % Wilson interval of their share. Behind a verdict, 2/3 says how many seeds solve, ? that noise leaves another verdict open, and \\< that a range is below its baseline by more than noise.
   - Parameters are those trained, state the numbers a sequence keeps, FLOPs of one token forward, sequences those that training saw, seconds of training on one core of the machine that ran it; medians over seeds, and overall over tasks.
   "
  `);
});
