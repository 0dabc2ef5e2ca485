import { availableParallelism, cpus, platform, arch, totalmem } from 'node:os';
import { unitFolders } from '../../../registry/discover';
import { unitKinds, type RegisteredUnit } from '../../../registry/units';
import { packageFile } from '../../core/package';
import { runtime } from '../../core/runtime';
import { enginesOf } from '../../engine/select';
import { hasSources, versionWarnings } from '../../run/code/unit-sources';
import { openRegistry } from '../units';
import { jsonOption, pluginOption } from '../options';
import type { CommandDefinition } from '../command';

export const doctor: CommandDefinition = {
  examples: ['zoo doctor', 'zoo doctor --json'],
  define: (command, context) =>
    command
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async ({ plugin, json }: { plugin: string[]; json?: boolean }) => {
        const folders = hasSources() ? unitFolders : (['engines'] as const);
        const { registry } = await openRegistry(folders, plugin, context.io.workingFolder);
        const warnings = versionWarnings(unitKinds.flatMap((kind): RegisteredUnit[] => registry.all(kind)));
        const known = enginesOf(registry);
        const engines = await known.reports();
        const used = known.taken(engines);
        const machine = {
          zoo: packageFile.version,
          runtime: runtime(),
          platform: `${platform()} ${arch()}`,
          processor: cpus()[0]?.model ?? 'unknown',
          cores: availableParallelism(),
          memoryGibibytes: Math.round(totalmem() / 2 ** 30),
        };
        if (!used) context.exitCode = 1;
        if (json) return context.printJson({ ...machine, engines, used: used?.name ?? null, warnings });
        const { colors } = context;
        for (const [name, value] of Object.entries(machine)) await context.print(`${name.padEnd(18)}${value}`);
        await context.print('');
        for (const { name, available, implementation, version, reason } of engines) {
          const mark = available ? colors.green('works') : colors.yellow('absent');
          const label = [implementation, version].filter(Boolean).join(' ');
          await context.print(`${name.padEnd(12)}${mark}${' '.repeat(8 - (available ? 5 : 6))}${label}: ${reason}`);
        }
        await context.print('');
        for (const warning of warnings) await context.print(colors.yellow(warning));
        await context.print(used ? `--engine auto takes ${used.name}.` : 'No engine works here.');
      }),
};
