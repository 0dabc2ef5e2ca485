import { Option } from 'commander';
import { scoreKinds, type ScoreKind } from '../../core/contracts/view';
import { jsonOption } from '../options';
import { matrixOf, openResults, refuseCorrupt } from '../results';
import { formatOption, printView } from '../views';
import type { CommandDefinition } from '../command';

export const matrix: CommandDefinition = {
  examples: [
    'zoo matrix',
    'zoo matrix smoke',
    'zoo matrix results/quick --score token',
    'zoo matrix --format svg > matrix.svg',
    'zoo matrix --format csv > matrix.csv',
  ],
  define: (command, context) =>
    command
      .argument('[results]', 'a folder of results, or the name of an experiment that was run', 'quick')
      .addOption(formatOption('matrix'))
      .addOption(
        new Option('--score <score>', 'exact match of whole answers, or share of right symbols')
          .choices(scoreKinds)
          .default('exact'),
      )
      .addOption(jsonOption().implies({ format: 'json' }))
      .action(async (name: string, options: { format: string; score: ScoreKind }) => {
        const results = await openResults(name, context.io.workingFolder);
        await printView('matrix', matrixOf(results, results.manifest), options, context);
        refuseCorrupt(results);
      }),
};
