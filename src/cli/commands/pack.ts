import { relative } from 'node:path';
import { zooError } from '../../core/errors';
import { packRecords, unpackRecords, type Packing } from '../../run/packing/packing';
import { FileStore } from '../../run/store/file-store';
import { thousands } from '../../studies/capability/drawing/wording';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { findResults } from '../results';

interface PackOptions {
  readonly unpack?: boolean;
  readonly json?: boolean;
}

export const pack: CommandDefinition = {
  examples: ['zoo pack runs/quick', 'zoo pack runs/quick runs/standard --json', 'zoo pack runs/quick --unpack'],
  define: (command, context) =>
    command
      .argument(
        '<results...>',
        'folders of results, or names of experiments that were run; every command reads records in packs as it reads files',
      )
      .option('--unpack', 'make a file of each record again')
      .addOption(jsonOption())
      .action((names: readonly string[], options: PackOptions) => packNamed(names, options, context)),
};

async function packNamed(names: readonly string[], { unpack, json }: PackOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const folders = new Set(names.map((name) => findResults(name, workingFolder)));
  const packings: ({ readonly folder: string } & Packing)[] = [];
  for (const folder of folders) {
    const store = new FileStore(folder);
    await store.prepare();
    packings.push({ folder, ...(unpack ? unpackRecords(store) : packRecords(store)) });
  }
  if (json) await context.printJson(packings);
  else
    for (const packing of packings)
      await context.print(wordsOf(packing, relative(workingFolder, packing.folder) || packing.folder));
  const records = packings.flatMap(({ damaged }) => damaged);
  if (records.length > 0) throw zooError('corrupt-records', { records });
}

function wordsOf({ moved, packed, packs, files, bytesBefore, bytesAfter }: Packing, shown: string): string {
  const counts = [
    ...(packs > 0 ? [`${counted(packed, 'record')} in ${counted(packs, 'pack')}`] : []),
    ...(files > 0 || packs === 0 ? [`${counted(files, 'record')} in files`] : []),
  ];
  const change = moved > 0 ? `${size(bytesBefore)} before, ${size(bytesAfter)} now` : size(bytesAfter);
  return `${shown}: ${counts.join(' and ')}, ${change}; ${moved > 0 ? `${thousands(moved)} moved` : 'nothing to move'}`;
}

const counted = (count: number, word: string): string => `${thousands(count)} ${word}${count === 1 ? '' : 's'}`;
const size = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
