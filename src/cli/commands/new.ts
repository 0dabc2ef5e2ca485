import { join, relative, resolve } from 'node:path';
import { Argument } from 'commander';
import { zooError } from '../../core/errors';
import { newKinds, writePlugin, type NewKind } from '../new-plugin';
import { openRegistry } from '../units';
import { jsonOption } from '../options';
import type { CommandDefinition } from '../command';

export const newPlugin: CommandDefinition = {
  examples: [
    'zoo new architecture my-model',
    'zoo new task my-task --out ../my-task',
    'zoo new study my-study',
    'zoo new view my-view',
    'zoo new plugin my-plugin',
  ],
  define: (command, context) =>
    command
      .addArgument(new Argument('<kind>', 'what to make').choices(Object.keys(newKinds)))
      .argument('<name>', 'what it is called: lower-case words joined by hyphens')
      .option('--out <folder>', 'where to write it (default: a folder of that name)')
      .addOption(jsonOption())
      .action(async (kind: NewKind, name: string, { out, json }: { out?: string; json?: boolean }) => {
        if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 60) {
          const valid = 'lower-case words joined by hyphens, such as my-model, at most 60 letters';
          throw zooError('invalid-input', { place: 'name', problem: `"${name}" is no name.`, valid });
        }
        const { workingFolder } = context.io;
        const { registry } = await openRegistry(['architectures', 'tasks', 'studies', 'views'], [], workingFolder);
        for (const { kind: unit, id } of newKinds[kind].units(name)) {
          const taken = registry.find(unit, id);
          if (taken)
            throw zooError('duplicate-unit', { kind: unit, id, first: taken.origin, second: `zoo new ${kind}` });
        }
        const folder = resolve(workingFolder, out ?? name);
        const files = writePlugin(kind, name, folder);
        const shown = relative(workingFolder, folder) || '.';
        const place = /^[\w./-]+$/.test(shown) ? shown : JSON.stringify(shown);
        const next = [`cd ${place} && npm install`, 'npm test', newKinds[kind].first(name)];
        if (json) return context.printJson({ kind, name, folder, files, next });
        for (const file of files) await context.print(join(shown, file));
        await context.print(`\nNext:\n${next.map((line) => `  ${line}`).join('\n')}`);
      }),
};
