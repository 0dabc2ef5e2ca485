import { addResultOptions, printResults } from '../drawing';
import type { CommandDefinition } from '../command';

export const matrix: CommandDefinition = {
  examples: [
    'zoo matrix',
    'zoo matrix smoke',
    'zoo matrix results/quick --score token',
    'zoo matrix results/claims --rows "*negative" --columns level:regular',
    'zoo matrix results/claims --theory tested',
    'zoo matrix --format svg > matrix.svg',
    'zoo matrix results/claims --format csv > claims.csv',
  ],
  define: (command, context) =>
    addResultOptions(command).action((name: string | undefined, options) =>
      printResults(name, { ...options, of: 'matrix' }, context),
    ),
};
