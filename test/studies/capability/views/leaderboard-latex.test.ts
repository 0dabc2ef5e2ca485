import { LeaderboardLatex } from '../../../../src/studies/capability/views/leaderboard-latex';
import { smallMatrix } from '../../../support/matrix';

test('latex', () => {
  expect(new LeaderboardLatex().draw(smallMatrix())).toMatchInlineSnapshot(`
   "% Leaderboard: test. In the preamble: \\usepackage[T1]{fontenc}, \\usepackage{booktabs}, \\usepackage{textcomp}.
   % Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.
   % Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.
   % Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.
   % Overall, only architectures measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.
   % Left out for want of width: seeds that solve.
   \\begin{table}
   \\centering
   \\footnotesize
   \\setlength{\\tabcolsep}{3pt}
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
   \\footnotesize
   \\setlength{\\tabcolsep}{3pt}
   \\caption{test: parity (regular)}
   \\begin{tabular}{rlrrrrrrl}
   \\toprule
   \\# & architecture & seeds & in range & near & far & baseline & capability & verdict \\\\
   \\midrule
    & (oracle) & 1 & 1.000 & 1.000 & 1.000 & 0.500 & 1.000 & solves \\\\
   1 & lstm & 1 & 1.000 & 1.000 & 0.999 & 0.500 & 0.999 & solves \\\\
   2 & transformer & 1 & 0.600 & 0.500 &  & 0.500 & 0.067 & not learnt \\\\
    & (uniform) & 1 & 0.500 & 0.500 & 0.500 & 0.500 & 0.000 & not learnt \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   \\begin{table}
   \\centering
   \\footnotesize
   \\setlength{\\tabcolsep}{3pt}
   \\caption{test: reversal (deterministic-context-free)}
   \\begin{tabular}{rlrrrrrrl}
   \\toprule
   \\# & architecture & seeds & in range & near & far & baseline & capability & verdict \\\\
   \\midrule
    & (oracle) & 1 & 1.000 & 1.000 & 1.000 & 0.000 & 1.000 & solves \\\\
   1 & lstm & 1 & 0.970 & 0.250 & 0.000 & 0.000 & 0.406 & learnt in range \\\\
    & (uniform) & 1 & 0.040 & 0.000 & 0.000 & 0.000 & 0.000 & not learnt \\\\
    & transformer & 0 &  &  &  &  &  & not run \\\\
   \\bottomrule
   \\end{tabular}
   \\end{table}
   "
  `);
});
