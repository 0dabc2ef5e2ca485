import { buildLeaderboard } from '../../../../src/studies/capability/summarise/leaderboard';
import {
  renderLeaderboard,
  type LeaderboardFormat,
} from '../../../../src/studies/capability/views/leaderboard-formats';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

const render = (format: LeaderboardFormat) => renderLeaderboard(buildLeaderboard(smallMatrix()), format);

test('table', () => {
  expect(render('table')).toMatchInlineSnapshot(`
   "overall
   #  architecture  tasks  seeds  capability  solves  extends  learnt in range  runs that solve
      (oracle)        2/2      1       1.000       2        0                0  2/2 (0.34-1.00)
   1  lstm            2/2      1       0.703       1        0                1  1/2 (0.09-0.91)
      (uniform)       2/2      1       0.000       0        0                0  0/2 (0.00-0.66)
      transformer     1/2      1                   0        0                0  0/1 (0.00-0.79)

   parity (regular)
   #  architecture  seeds  in range   near    far  baseline  capability  seeds that solve  verdict
      (oracle)          1     1.000  1.000  1.000     0.500       1.000   1/1 (0.21-1.00)  solves
   1  lstm              1     1.000  1.000  0.999     0.500       0.999   1/1 (0.21-1.00)  solves
   2  transformer       1     0.600  0.500            0.500       0.067   0/1 (0.00-0.79)  not learnt
      (uniform)         1     0.500  0.500  0.500     0.500       0.000   0/1 (0.00-0.79)  not learnt

   reversal (deterministic-context-free)
   #  architecture  seeds  in range   near    far  baseline  capability  seeds that solve  verdict
      (oracle)          1     1.000  1.000  1.000     0.000       1.000   1/1 (0.21-1.00)  solves
   1  lstm              1     0.970  0.250  0.000     0.000       0.406   0/1 (0.00-0.79)  learnt in range
      (uniform)         1     0.040  0.000  0.000     0.000       0.000   0/1 (0.00-0.79)  not learnt
      transformer       0                                                                  not run

   Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   Baseline: the best guess without knowledge over that range. Rows in brackets are baselines and take no rank.
   Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.
   Overall, only rows measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.
   "
  `);
});

test('markdown', () => {
  expect(render('markdown')).toMatchInlineSnapshot(`
   "# Leaderboard: test

   ## Overall

   | # | architecture | tasks | seeds | capability | solves | extends | learnt in range | runs that solve |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
   |  | (oracle) | 2/2 | 1 | 1.000 | 2 | 0 | 0 | 2/2 (0.34-1.00) |
   | 1 | lstm | 2/2 | 1 | 0.703 | 1 | 0 | 1 | 1/2 (0.09-0.91) |
   |  | (uniform) | 2/2 | 1 | 0.000 | 0 | 0 | 0 | 0/2 (0.00-0.66) |
   |  | transformer | 1/2 | 1 |  | 0 | 0 | 0 | 0/1 (0.00-0.79) |

   ## Parity (regular)

   | # | architecture | seeds | in range | near | far | baseline | capability | seeds that solve | verdict |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.500 | 1.000 | 1/1 (0.21-1.00) | solves |
   | 1 | lstm | 1 | 1.000 | 1.000 | 0.999 | 0.500 | 0.999 | 1/1 (0.21-1.00) | solves |
   | 2 | transformer | 1 | 0.600 | 0.500 |  | 0.500 | 0.067 | 0/1 (0.00-0.79) | not learnt |
   |  | (uniform) | 1 | 0.500 | 0.500 | 0.500 | 0.500 | 0.000 | 0/1 (0.00-0.79) | not learnt |

   ## Reversal (deterministic-context-free)

   | # | architecture | seeds | in range | near | far | baseline | capability | seeds that solve | verdict |
   | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
   |  | (oracle) | 1 | 1.000 | 1.000 | 1.000 | 0.000 | 1.000 | 1/1 (0.21-1.00) | solves |
   | 1 | lstm | 1 | 0.970 | 0.250 | 0.000 | 0.000 | 0.406 | 0/1 (0.00-0.79) | learnt in range |
   |  | (uniform) | 1 | 0.040 | 0.000 | 0.000 | 0.000 | 0.000 | 0/1 (0.00-0.79) | not learnt |
   |  | transformer | 0 |  |  |  |  |  |  | not run |

   - Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   - Baseline: the best guess without knowledge over that range. Rows in brackets are baselines and take no rank.
   - Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.
   - Overall, only rows measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.
   "
  `);
});

test('latex', () => {
  expect(render('latex')).toMatchInlineSnapshot(`
   "% Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   % Baseline: the best guess without knowledge over that range. Rows in brackets are baselines and take no rank.
   % Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.
   % Overall, only rows measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.
   \\begin{table}
   \\centering
   \\caption{test: overall}
   \\begin{tabular}{rlrrrrrrr}
   \\toprule
   \\# & architecture & tasks & seeds & capability & solves & extends & learnt in range & runs that solve \\\\
   \\midrule
    & (oracle) & 2/2 & 1 & 1.000 & 2 & 0 & 0 & 2/2 (0.34--1.00) \\\\
   1 & lstm & 2/2 & 1 & 0.703 & 1 & 0 & 1 & 1/2 (0.09--0.91) \\\\
    & (uniform) & 2/2 & 1 & 0.000 & 0 & 0 & 0 & 0/2 (0.00--0.66) \\\\
    & transformer & 1/2 & 1 &  & 0 & 0 & 0 & 0/1 (0.00--0.79) \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   \\begin{table}
   \\centering
   \\caption{test: parity (regular)}
   \\begin{tabular}{rlrrrrrrrl}
   \\toprule
   \\# & architecture & seeds & in range & near & far & baseline & capability & seeds that solve & verdict \\\\
   \\midrule
    & (oracle) & 1 & 1.000 & 1.000 & 1.000 & 0.500 & 1.000 & 1/1 (0.21--1.00) & solves \\\\
   1 & lstm & 1 & 1.000 & 1.000 & 0.999 & 0.500 & 0.999 & 1/1 (0.21--1.00) & solves \\\\
   2 & transformer & 1 & 0.600 & 0.500 &  & 0.500 & 0.067 & 0/1 (0.00--0.79) & not learnt \\\\
    & (uniform) & 1 & 0.500 & 0.500 & 0.500 & 0.500 & 0.000 & 0/1 (0.00--0.79) & not learnt \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   \\begin{table}
   \\centering
   \\caption{test: reversal (deterministic-context-free)}
   \\begin{tabular}{rlrrrrrrrl}
   \\toprule
   \\# & architecture & seeds & in range & near & far & baseline & capability & seeds that solve & verdict \\\\
   \\midrule
    & (oracle) & 1 & 1.000 & 1.000 & 1.000 & 0.000 & 1.000 & 1/1 (0.21--1.00) & solves \\\\
   1 & lstm & 1 & 0.970 & 0.250 & 0.000 & 0.000 & 0.406 & 0/1 (0.00--0.79) & learnt in range \\\\
    & (uniform) & 1 & 0.040 & 0.000 & 0.000 & 0.000 & 0.000 & 0/1 (0.00--0.79) & not learnt \\\\
    & transformer & 0 &  &  &  &  &  &  & not run \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   "
  `);
});

test('csv', () => {
  expect(render('csv').replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
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

test('json is the leaderboard itself', () => {
  const leaderboard = buildLeaderboard(smallMatrix());
  expect(JSON.parse(renderLeaderboard(leaderboard, 'json'))).toEqual(leaderboard);
});

test('special characters are escaped as each format needs', () => {
  const odd = 'acme/50%_a|b,"c"';
  const board = buildLeaderboard(
    makeMatrix({ architectures: [odd], baselines: [], tasks: [['parity', 'regular']] }, []),
  );
  expect(renderLeaderboard(board, 'markdown')).toContain('acme/50%_a\\|b,"c"');
  expect(renderLeaderboard(board, 'latex')).toContain('acme/50\\%\\_a|b,"c"');
  expect(renderLeaderboard(board, 'csv')).toContain('"acme/50%_a|b,""c"""');
});

test('every line of the csv has as many fields as its head', () => {
  const lines = render('csv')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(',').length);
  expect(new Set(lines)).toEqual(new Set([19]));
});
