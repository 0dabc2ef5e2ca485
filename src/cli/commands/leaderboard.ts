import { jsonOption } from '../options';
import { matrixOf, openResults, refuseCorrupt } from '../results';
import { formatOption, printView } from '../views';
import type { CommandDefinition } from '../command';

export const leaderboard: CommandDefinition = {
  examples: [
    'zoo leaderboard',
    'zoo leaderboard standard --format markdown',
    'zoo leaderboard results/quick --format latex > table.tex',
    'zoo leaderboard results/quick --format svg > leaderboard.svg',
  ],
  define: (command, context) =>
    command
      .argument('[results]', 'a folder of results, or the name of an experiment that was run', 'quick')
      .addOption(formatOption('leaderboard'))
      .addOption(jsonOption().implies({ format: 'json' }))
      .action(async (name: string, { format }: { format: string }) => {
        const results = await openResults(name, context.io.workingFolder);
        await printView('leaderboard', matrixOf(results, results.manifest), { format }, context);
        refuseCorrupt(results);
      }),
};
