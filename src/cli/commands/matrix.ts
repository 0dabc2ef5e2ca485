import { Option } from 'commander';
import type { ScoreKind } from '../../studies/capability/views/wording';
import { jsonOption } from '../options';
import { matrixOf, openResults, refuseCorrupt } from '../results';
import { matrixFormats, printMatrix, type MatrixFormat } from '../views';
import type { CommandDefinition } from '../command';

export const matrix: CommandDefinition = {
  examples: [
    'zoo matrix',
    'zoo matrix smoke',
    'zoo matrix results/quick --score token',
    'zoo matrix --format svg > matrix.svg',
  ],
  define: (command, context) =>
    command
      .argument('[results]', 'a folder of results, or the name of an experiment that was run', 'quick')
      .addOption(new Option('--format <format>', 'how to draw it').choices(matrixFormats).default('text'))
      .addOption(
        new Option('--score <score>', 'exact match of whole answers, or share of right symbols')
          .choices(['exact', 'token'])
          .default('exact'),
      )
      .addOption(jsonOption())
      .action(
        async (name: string, { format, score, json }: { format: MatrixFormat; score: ScoreKind; json?: boolean }) => {
          const results = await openResults(name, context.io.workingFolder);
          await printMatrix(matrixOf(results, results.manifest), { format: json ? 'json' : format, score }, context);
          refuseCorrupt(results);
        },
      ),
};
