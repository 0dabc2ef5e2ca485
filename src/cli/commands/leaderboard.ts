import { Option } from 'commander';
import { taskWeights, type RankingOptions } from '../../core/contracts/view';
import { addResultOptions, printResults, type ResultOptions } from '../drawing';
import { wordsOption, wholeNumber } from '../options';
import type { CommandDefinition } from '../command';

type Options = ResultOptions & Omit<RankingOptions, 'coverage'> & { readonly coverage?: number };

export const leaderboard: CommandDefinition = {
  examples: [
    'zoo leaderboard',
    'zoo leaderboard standard --format markdown',
    'zoo leaderboard results/claims --level regular --min-seeds 3',
    'zoo leaderboard results/quick --sort parameters --show "#,capability,interval,parameters"',
    'zoo leaderboard results/claims --theory tested',
    'zoo leaderboard results/quick --format latex > table.tex',
    'zoo leaderboard results/quick gru.zoo',
  ],
  define: (command, context) =>
    addResultOptions(command)
      .addOption(
        new Option('--by <tasks>', 'what counts as one in the mean over tasks: a family of them, a level, or each')
          .choices(taskWeights)
          .default(taskWeights[0]),
      )
      .option('--min-seeds <seeds>', 'cells with fewer seeds count as not measured', wholeNumber(1))
      .option(
        '--coverage <percent>',
        'of the tasks that a row must have to be ranked (default: 50)',
        wholeNumber(1, 100),
      )
      .option('--sort <column>', 'rows of tables by a column: parameters, "runs that solve" (default: as ranked)')
      .addOption(
        wordsOption('--show <columns>', 'only these columns of the tables: "#,capability,interval,parameters"'),
      )
      .action((names: readonly string[], { by, minSeeds, coverage, sort, show, ...options }: Options) => {
        const share = coverage === undefined ? undefined : coverage / 100;
        const ranking = { by, minSeeds, coverage: share, sort, show };
        return printResults(names, { ...options, of: 'leaderboard', ranking }, context);
      }),
};
