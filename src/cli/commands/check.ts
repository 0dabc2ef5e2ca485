import { dirname } from 'node:path';
import { discover, unitFolders } from '../../../registry/discover';
import { loadPlugin, resolvePlugin, type LoadedPlugin } from '../../../registry/plugins';
import { Registry } from '../../../registry/registry';
import { wrapperOf, type RegisteredUnit } from '../../../registry/units';
import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { mappedStack, placeIn } from '../../core/mapped-stack';
import { unitChecks, wrapperChecks, type UnitCheck } from '../../testing/unit-checks';
import { exitCodes } from '../errors';
import type { Context } from '../io';
import { jsonOption } from '../options';
import type { CommandDefinition } from '../command';

/** How a unit did at one check. */
interface Outcome {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly problem?: string;
  /** File, line and column in the plugin. */
  readonly place?: string;
}

interface Subject {
  readonly kind: string;
  readonly id: string;
  readonly checks: () => UnitCheck[];
}

export const check: CommandDefinition = {
  examples: [
    'zoo check ./my-model.ts',
    'zoo check .',
    'zoo check ./languages.ts "acme/letters:xyz"',
    'zoo check . --json',
  ],
  define: (command, context) =>
    command
      .argument('<plugin>', 'a file or a package')
      .argument('[units...]', 'these of its units alone; also names that a family makes (default: all)')
      .addOption(jsonOption())
      .action(async (name: string, units: string[], { json, debug }: { json?: boolean; debug?: boolean }) => {
        const registry = discover(new Registry(undefined, context.io.workingFolder), ...unitFolders);
        const plugin = await loadPlugin(registry, resolvePlugin(name, context.io.workingFolder));
        const found: { kind: string; id: string; checks: Outcome[] }[] = [];
        for (const { kind, id, checks } of subjectsOf(registry, plugin, units)) {
          if (!json) await context.print(`${found.length ? '\n' : ''}${context.colors.bold(id)}  ${kind}`);
          const outcomes: Outcome[] = [];
          for (const each of checksOf(checks)) {
            const outcome = await outcomeOf(each, dirname(plugin.file), debug ? context : undefined);
            outcomes.push(outcome);
            if (!json) await context.print(lineOf(outcome, context));
          }
          found.push({ kind, id, checks: outcomes });
        }
        const count = (status: Outcome['status']) =>
          found.reduce((sum, unit) => sum + unit.checks.filter((each) => each.status === status).length, 0);
        const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
        if (counts.failed > 0) context.exitCode = exitCodes.failure;
        const { name: called, version } = plugin.plugin;
        if (json) return context.printJson({ plugin: called, version, file: plugin.file, units: found, ...counts });
        await context.print(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
      }),
};

/** Units and wrappers of a plugin, or what `asked` names. @throws unknown-unit */
function subjectsOf(registry: Registry, { plugin, units }: LoadedPlugin, asked: readonly string[]): Subject[] {
  const subject = (unit: RegisteredUnit): Subject => ({
    kind: unit.kind,
    id: unit.id,
    checks: () => unitChecks(registry, unit),
  });
  if (asked.length > 0) {
    return asked.map((id) => {
      const known =
        units.find((unit) => unit.id === id) ?? registry.find('task', id) ?? registry.find('architecture', id);
      if (!known)
        throw zooError('unknown-unit', {
          kind: 'unit',
          id,
          nearest: nearestNames(
            id,
            units.map((unit) => unit.id),
          ),
        });
      return subject(known);
    });
  }
  const base = units.find((unit) => unit.kind === 'architecture') ?? registry.resolve('architecture', 'lstm');
  const wrappers = (plugin.architectures ?? []).flatMap((value): Subject[] => {
    const wrapper = wrapperOf(value);
    const checks = () => wrapperChecks(registry, wrapper!, base as RegisteredUnit<'architecture'>);
    return wrapper ? [{ kind: 'architecture', id: `${wrapper.prefix}-${base.id}`, checks }] : [];
  });
  return [...units.map(subject), ...wrappers];
}

/** A unit that cannot even say what to check has failed. */
function checksOf(list: () => UnitCheck[]): UnitCheck[] {
  try {
    return list();
  } catch (error) {
    const run = () => {
      throw error;
    };
    return [{ name: 'can be checked', applies: true, run }];
  }
}

async function outcomeOf({ name, applies, run }: UnitCheck, folder: string, debug?: Context): Promise<Outcome> {
  if (!applies) return { name, status: 'skipped' };
  try {
    await run();
    return { name, status: 'passed' };
  } catch (error) {
    const { message = String(error), stack, what } = error as { message?: string; stack?: string; what?: string };
    const mapped = stack === undefined ? undefined : mappedStack(stack);
    if (debug && mapped) debug.note(mapped);
    const place = mapped && placeIn(mapped, folder);
    return { name, status: 'failed', problem: what ?? message, ...(place && { place }) };
  }
}

function lineOf({ name, status, problem, place }: Outcome, { colors }: Context): string {
  const paint = { passed: colors.green, failed: colors.red, skipped: colors.dim }[status];
  const line = `  ${paint(status.padEnd(9))}${status === 'skipped' ? colors.dim(name) : name}`;
  return problem === undefined ? line : `${line}\n           ${problem}${place ? `\n           at ${place}` : ''}`;
}
