import { LeaderboardMarkdown } from '../../../../src/studies/capability/views/leaderboard-markdown';
import { smallMatrix } from '../../../support/matrix';

test('markdown', () => {
  expect(new LeaderboardMarkdown().draw(smallMatrix())).toMatchInlineSnapshot(`
   "# Leaderboard: test

   ## Overall

   | \\# | architecture | tasks | seeds | capability | interval | solves | extends | learnt in range | runs that solve |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
   |  | (oracle) | 2/2 | 1 | 1.000 | 0.98–1.00 | 2 | 0 | 0 | 2/2 |
   | 1 | lstm | 2/2 | 1 | 0.703 | 0.67–0.72 | 1 | 0 | 1 | 1/2 |
   |  | (uniform) | 2/2 | 1 | 0.000 | 0.00–0.12 | 0 | 0 | 0 | 0/2 |
   |  | transformer | 1/2 | 1 |  |  | 0 | 0 | 0 | 0/1 |

   ## Parity (regular)

   | \\# | architecture | seeds | in range | near | far | baseline | capability | interval | seeds that solve | verdict |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.500 | 1.000 | 0.97–1.00 | 1/1 (0.21–1.00) | solves |
   | 1 | lstm | 1 | 1.000 | 1.000 | 0.999 | 0.500 | 0.999 | 0.96–1.00 | 1/1 (0.21–1.00) | solves |
   |  | transformer | 1 | 0.600 | 0.500 |  | 0.500 | 0.000 | 0.00–0.20 | 0/1 (0.00–0.79) | not learnt |
   |  | (uniform) | 1 | 0.500 | 0.500 | 0.500 | 0.500 | 0.000 | 0.00–0.22 | 0/1 (0.00–0.79) | not learnt |

   ## Reversal (deterministic-context-free)

   | \\# | architecture | seeds | in range | near | far | baseline | capability | interval | seeds that solve | verdict |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.000 | 1.000 | 0.98–1.00 | 1/1 (0.21–1.00) | solves |
   | 1 | lstm | 1 | 0.970 | 0.250 | 0.000 | 0.000 | 0.406 | 0.38–0.44 | 0/1 (0.00–0.79) | learnt in range ? |
   |  | (uniform) | 1 | 0.040 | 0.000 | 0.000 | 0.000 | 0.000 | 0.00–0.03 | 0/1 (0.00–0.79) | not learnt |
   |  | transformer | 0 |  |  |  |  |  |  |  | not run |

   - Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   - Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.
   - Capability: mean of (accuracy - baseline) / (1 - baseline) over the ranges that have such a scale, where a range that is not above its baseline by more than noise adds 0; overall, mean over tasks. Interval: if all ranges were at the lower, or the upper, ends of theirs.
   - Overall, only architectures measured on every task are ranked. Rows at chance, which is capability 0, take no rank.
   - Seeds that solve: with the 95 % Wilson interval of their share. Behind a verdict, 2/3 says how many seeds solve, ? that noise leaves another verdict open, and \\< that a range is below its baseline by more than noise.
   "
  `);
});
