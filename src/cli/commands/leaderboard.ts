import { addResultOptions, printResults } from '../drawing';
import type { CommandDefinition } from '../command';

export const leaderboard: CommandDefinition = {
  examples: [
    'zoo leaderboard',
    'zoo leaderboard standard --format markdown',
    'zoo leaderboard results/claims --theory tested',
    'zoo leaderboard results/quick --format latex > table.tex',
  ],
  define: (command, context) =>
    addResultOptions(command).action((name: string | undefined, options) =>
      printResults(name, { ...options, of: 'leaderboard' }, context),
    ),
};
