import { existsSync, readFileSync } from 'node:fs';
import { zooError } from '../../../registry/errors';
import { discover } from '../../../registry/discover';
import { describeHyperparameters, type HyperparameterDescription } from '../../../registry/hyperparameters';
import { nearestNames } from '../../../registry/nearest';
import type { Registry } from '../../../registry/registry';
import { type RegisteredUnit } from '../../../registry/registry';
import type { Context } from '../io';
import { renderMarkdown } from '../markdown';
import { jsonOption, pluginOption } from '../options';
import { openRegistry } from '../units';
import type { CommandDefinition } from '.';

export const show: CommandDefinition = {
  examples: ['zoo show parity', 'zoo show lstm', 'zoo show cot-lstm --json'],
  define: (command, context) =>
    command
      .argument('<name>', 'an architecture, a baseline or a task')
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action(async (id: string, { plugin, json }: { plugin: string[]; json?: boolean }) => {
        const { registry } = await openRegistry(['tasks'], plugin, context.io.workingFolder);
        const unit = findUnit(registry, id);
        const description = describe(registry, unit);
        if (json) return context.printJson(description);
        for (const line of asText(unit, description, context)) await context.print(line);
      }),
};

/** Looks among the tasks first: only a name that is none of them costs loading the architectures. */
function findUnit(registry: Registry, id: string): RegisteredUnit {
  const find = () =>
    registry.find('task', id) ?? registry.find('architecture', id) ?? registry.find('baseline', id);
  const unit = find() ?? (discover(registry, 'architectures') && find());
  if (unit) return unit;
  const names = (['task', 'architecture', 'baseline'] as const).flatMap((kind) =>
    registry.all(kind).map((known) => known.id),
  );
  throw zooError('unknown-unit', { kind: 'architecture or task', id, nearest: nearestNames(id, names) });
}

function describe(registry: Registry, { id, kind, meta, origin, pages }: RegisteredUnit) {
  const { hyperparameters, ...told } = meta as typeof meta & { hyperparameters?: new () => object };
  const file = pages.find((page) => existsSync(page));
  return {
    ...told,
    id,
    kind,
    origin,
    ...(kind === 'task' && { alphabets: registry.createTask(id).alphabets }),
    hyperparameters: describeHyperparameters(hyperparameters),
    page: file ? readFileSync(file, 'utf8') : null,
  };
}

function asText(
  { meta }: RegisteredUnit,
  { page, hyperparameters, ...description }: ReturnType<typeof describe>,
  context: Context,
): string[] {
  const { colors } = context;
  const heading = [colors.bold(colors.underline(meta.title)), '', meta.summary];
  return [
    ...(page ? [renderMarkdown(page, context)] : heading),
    ...(description.alphabets
      ? ['', colors.bold('Symbols by id'), ...symbolLines(description.alphabets)]
      : []),
    ...(hyperparameters.length
      ? ['', colors.bold('Hyperparameters'), ...hyperparameterLines(hyperparameters)]
      : []),
  ];
}

const symbolLines = (alphabets: object): string[] =>
  Object.entries(alphabets as Record<string, readonly string[]>).map(
    ([name, symbols]) => `  ${name.padEnd(8)}${symbols.map((symbol, id) => `${id} ${symbol}`).join(', ')}`,
  );

function hyperparameterLines(descriptions: readonly HyperparameterDescription[]): string[] {
  const width = Math.max(...descriptions.map(({ name }) => name.length)) + 2;
  return descriptions.map(
    ({ name, default: value, constraints }) =>
      `  ${name.padEnd(width)}${JSON.stringify(value)}${constraints.length ? ` (${constraints.join(', ')})` : ''}`,
  );
}
