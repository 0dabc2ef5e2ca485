import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Option } from 'commander';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { packageRoot } from '../../core/package';
import { readCatalogue } from '../../literature/claim-catalogue';
import { markdownOf } from '../../report/markdown';
import type { Sheet } from '../../report/table';
import { textOf } from '../../report/text';
import { recordsOfClaims } from '../../run/claims/claim-records';
import { claimVerdicts, judge, type ClaimVerdict } from '../../studies/claims/judge';
import { claimsSheet, countsOf } from '../../studies/claims/sheet';
import { claimLines } from '../claims';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { formats } from '../views';

interface ClaimsOptions {
  readonly verdict?: ClaimVerdict;
  readonly format: keyof typeof drawnAs;
  readonly in?: readonly string[];
  readonly json?: boolean;
}

export const claims: CommandDefinition = {
  examples: [
    'zoo claims',
    'zoo claims 5',
    'zoo claims --verdict "not reproduced"',
    'zoo claims 1 4 --in runs/claims',
    'zoo claims --format markdown > claims.md',
  ],
  define: (command, context) =>
    command
      .argument('[number...]', 'which claims: one is shown whole, several as a table (default: all)')
      .addOption(new Option('--verdict <verdict>', 'only claims of which records say so').choices(claimVerdicts))
      .addOption(
        new Option('--format <format>', 'how to draw it').choices(Object.keys(drawnAs)).default(formats.people),
      )
      .option(
        '--in <folder...>',
        'look first in these folders of results, each for the shipped one of its name: runs/claims for results/claims',
      )
      .addOption(jsonOption())
      .action((numbers: readonly string[], options: ClaimsOptions) => printClaims(numbers, options, context)),
};

async function printClaims(
  numbers: readonly string[],
  { verdict, format, in: folders = [], json }: ClaimsOptions,
  context: Context,
): Promise<void> {
  const asked = chosen(numbers);
  const recordsOf = await recordsOfClaims(asked, locator(folders, context.io.workingFolder));
  const judged = asked
    .map((claim) => judge(claim, recordsOf))
    .filter((each) => verdict === undefined || each.verdict === verdict);
  if (json) return context.printJson({ counts: countsOf(judged), claims: judged });
  if (numbers.length === 1 && judged.length === 1 && format === formats.people) {
    for (const line of claimLines(judged[0]!, context)) await context.print(line);
    return;
  }
  return context.write(drawnAs[format](claimsSheet(judged), context));
}

const usualWidth = 80;

/** The table of claims by what `--format` calls it. */
const drawnAs = {
  text: (sheet: Sheet, { terminal: { palette, width = usualWidth } }: Context) => textOf(sheet, { palette, width }),
  markdown: (sheet: Sheet) => markdownOf(sheet),
};

/** @throws usage with the nearest numbers */
function chosen(numbers: readonly string[]) {
  const all = readCatalogue();
  const ids = all.map(({ id }) => String(id));
  const unknown = numbers.find((number) => !ids.includes(number));
  if (unknown !== undefined) {
    const problem = `There is no claim ${unknown}; they are numbered from ${ids[0]} to ${ids.at(-1)}.`;
    throw zooError('usage', { problem, nearest: nearestNames(unknown, ids), command: 'zoo claims' });
  }
  return numbers.length ? all.filter(({ id }) => numbers.includes(String(id))) : all;
}

/** Where a folder lies: one of those that were named for it, else that of the working folder, else the package's own. */
function locator(folders: readonly string[], workingFolder: string) {
  const isThere = (folder: string) => existsSync(join(folder, 'manifest.json'));
  const named = folders.map((folder) => resolve(workingFolder, folder));
  const missing = named.find((folder) => !isThere(folder));
  if (missing !== undefined) throw zooError('no-results', { folder: missing });
  return (folder: string) =>
    [
      ...named.filter((each) => basename(each) === basename(folder)),
      resolve(workingFolder, folder),
      join(packageRoot, folder),
    ].find(isThere);
}
