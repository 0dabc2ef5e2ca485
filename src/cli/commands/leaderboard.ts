import { Option } from 'commander';
import { leaderboardFormats, type LeaderboardFormat } from '../../studies/capability/views/leaderboard-formats';
import { jsonOption } from '../options';
import { matrixOf, openResults, refuseCorrupt } from '../results';
import { printLeaderboard } from '../views';
import type { CommandDefinition } from '../command';

export const leaderboard: CommandDefinition = {
  examples: [
    'zoo leaderboard',
    'zoo leaderboard standard --format markdown',
    'zoo leaderboard results/quick --format latex > table.tex',
  ],
  define: (command, context) =>
    command
      .argument('[results]', 'a folder of results, or the name of an experiment that was run', 'quick')
      .addOption(new Option('--format <format>', 'how to write it').choices(leaderboardFormats).default('table'))
      .addOption(jsonOption())
      .action(async (name: string, { format, json }: { format: LeaderboardFormat; json?: boolean }) => {
        const results = await openResults(name, context.io.workingFolder);
        await printLeaderboard(matrixOf(results, results.manifest), json ? 'json' : format, context);
        refuseCorrupt(results);
      }),
};
