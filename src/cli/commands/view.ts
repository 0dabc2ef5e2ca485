import { addResultOptions, printResults } from '../drawing';
import type { CommandDefinition } from '../command';

export const view: CommandDefinition = {
  examples: ['zoo view results/quick', 'zoo view runs/my-study --of curve --format svg', 'zoo list views'],
  define: (command, context) =>
    addResultOptions(command)
      .option('--of <name>', 'what of it, as zoo list views names it (default: the first that the study presents)')
      .action((names: readonly string[], options) => printResults(names, options, context)),
};
