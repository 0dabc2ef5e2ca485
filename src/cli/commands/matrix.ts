import { Option } from 'commander';
import { columnGroupings, type Arrangement } from '../../core/contracts/study';
import { addResultOptions, printResults, type ResultOptions } from '../drawing';
import type { CommandDefinition } from '../command';

export const matrix: CommandDefinition = {
  examples: [
    'zoo matrix',
    'zoo matrix smoke',
    'zoo matrix results/quick --score scaled --sort capability',
    'zoo matrix results/theory --only "lstm,transformer x dyck*" --compact',
    'zoo matrix results/claims --rows "*negative" --columns level:regular',
    'zoo matrix results/claims --theory tested',
    'zoo matrix --format svg > matrix.svg',
    'zoo matrix results/claims --format csv > claims.csv',
  ],
  define: (command, context) =>
    addResultOptions(command)
      .option('--sort <order>', 'rows by capability, name or family, or by what they reach on the column of this name')
      .addOption(
        new Option(
          '--group <columns>',
          'columns under their level (as they are), under their family, or by name alone',
        ).choices(columnGroupings),
      )
      .action((names: readonly string[], { sort, group, ...options }: ResultOptions & Arrangement) =>
        printResults(names, { ...options, of: 'matrix' }, context, { sort, group }),
      ),
};
