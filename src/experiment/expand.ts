import {
  chomskyLevels, recordSchemaVersion,
  type Cell, type CellSpecification, type EngineName, type Inapplicable, type Manifest, type ManifestRow, type Task, type UnitChoice,
} from '../../registry/contracts';
import { Protocol } from '../../registry/protocol';
import type { RegisteredUnit, Registry } from '../../registry/registry';
import { joinPath, validated } from '../../registry/validation';
import { zooError } from '../../registry/errors';
import { cellKey, plainJson } from './key';
import { overlaid } from './overlay';
import type { Experiment, UnitEntry } from './schema';
import { parseSelection } from './selection';

export interface ExpandOptions {
  /** File, for messages. */
  readonly file: string;
  /** Engine family that trains the cells. */
  readonly engine: EngineName;
  /** Files of plugins that a process must load before it can run the cells. */
  readonly plugins?: readonly string[];
  /** Instead of the experiment's. */
  readonly seeds?: readonly number[];
}

type Row = Pick<CellSpecification, 'mode'> & { readonly name: string; readonly choice: UnitChoice; readonly protocol?: object };
type Column = { readonly name: string; readonly choice: UnitChoice; readonly protocol?: object; readonly task: Task; readonly unit: RegisteredUnit<'task'> };

/** Baselines draw nothing that a second seed would change. */
const baselineSeeds = [1];

/**
 * The grid of an experiment: every row with every column and seed, less the pairs that cannot be measured.
 * @throws unknown-unit or invalid-value naming file and JSON path.
 */
export function expandExperiment(registry: Registry, experiment: Experiment, options: ExpandOptions): Manifest {
  const { file, engine, plugins = [] } = options;
  const seeds = options.seeds ?? experiment.seeds;
  const architectures = experiment.architectures.map((entry, at) => {
    const path = `architectures[${at}]`;
    const unit = registry.resolve('architecture', entry.id, `${file}, ${path}`);
    return { unit, name: entry.label ?? unit.id, mode: unit.meta.mode ?? 'direct', choice: choose(registry, unit, entry, file, path), protocol: checkedOverride(entry.protocol, file, path) };
  });
  const columns = experiment.tasks.map((entry, at): Column => {
    const path = `tasks[${at}]`;
    const unit = registry.resolve('task', entry.id, `${file}, ${path}`);
    const choice = choose(registry, unit, entry, file, path);
    return { unit, name: entry.label ?? unit.id, choice, task: registry.createTask(unit.id, choice.hyperparameters), protocol: checkedOverride(entry.protocol, file, path) };
  });
  const baselines = (experiment.baselines ?? registry.baselines().map(({ id }) => id)).map((id, at) =>
    registry.resolve('baseline', id, `${file}, baselines[${at}]`),
  );
  columns.sort((a, b) => chomskyLevels.indexOf(a.unit.meta.level) - chomskyLevels.indexOf(b.unit.meta.level));
  const baselineRows = baselines.map(({ id, meta }): Row => ({ name: id, mode: 'baseline', choice: { id, version: meta.version, hyperparameters: {} } }));
  requireDistinct([...architectures, ...baselineRows].map(({ name }) => name), 'architectures', file);
  requireDistinct(columns.map(({ name }) => name), 'tasks', file);
  const protocolOf = protocols(experiment, file);

  const inapplicable: Inapplicable[] = [];
  const cells = [...architectures, ...baselineRows].flatMap((row: Row) =>
    columns.flatMap((column): Cell[] => {
      const reason = whyInapplicable(row, column);
      if (reason) inapplicable.push({ architecture: row.name, task: column.name, reason });
      if (reason) return [];
      const isBaseline = row.mode === 'baseline';
      return (isBaseline ? baselineSeeds : seeds).map((seed) => {
        const specification = plainJson<CellSpecification>({
          schemaVersion: recordSchemaVersion, architecture: row.choice, task: column.choice, mode: row.mode,
          protocol: protocolOf(row, column), seed, engine: isBaseline ? 'none' : engine,
        });
        return {
          key: cellKey(specification), specification, plugins,
          ...(row.name !== row.choice.id && { row: row.name }),
          ...(column.name !== column.choice.id && { column: column.name }),
        };
      });
    }),
  );
  return {
    schemaVersion: recordSchemaVersion,
    experiment: experiment.name,
    architectures: [
      ...architectures.map(({ name, unit }) => architectureRow(name, unit)),
      ...baselines.map(({ id, meta }): ManifestRow => ({
        id, title: meta.title, kind: 'baseline', claims: [], ...(meta.usesSolver && { usesSolver: true }),
      })),
    ],
    tasks: columns.map(({ name, unit: { meta } }) => ({ id: name, title: meta.title, level: meta.level })),
    cells,
    inapplicable,
  };
}

/** A unit with every hyperparameter, defaults included. */
function choose(registry: Registry, unit: RegisteredUnit<'architecture'> | RegisteredUnit<'task'>, entry: UnitEntry, file: string, path: string): UnitChoice {
  const hyperparameters = registry.hyperparameters(unit, entry.hyperparameters, { place: file, path: joinPath(path, 'hyperparameters') });
  return { id: unit.id, version: unit.meta.version, hyperparameters: plainJson({ ...hyperparameters }) };
}

/** Checks part of a protocol on its own, so that an error names the place where it is written. */
function checkedOverride(override: object | undefined, file: string, path: string): object | undefined {
  if (override) validated(Protocol, override, { place: file, path: joinPath(path, 'protocol') });
  return override;
}

/** The experiment's protocol under what the row, the column and matching overrides change, in this order. */
function protocols(experiment: Experiment, file: string): (row: Row, column: Column) => Protocol {
  const overrides = experiment.overrides.map(({ only, protocol }, at) => ({
    applies: parseSelection(only), protocol: checkedOverride(protocol, file, `overrides[${at}]`),
  }));
  return (row, column) => {
    const matching = overrides.filter(({ applies }) => applies(row.name, column.name)).map(({ protocol }) => protocol);
    const layers = [row.protocol, column.protocol, ...matching];
    const full = layers.reduce<object>((under, over) => overlaid(under, over), plainJson(experiment.protocol)) as Protocol;
    // A baseline answers the same test sets; how rows are trained is nothing to it, so its key must not depend on it.
    const { trainingLengths, evaluation } = full;
    return row.mode === 'baseline' ? { ...plainJson(new Protocol()), trainingLengths, evaluation } : full;
  };
}

function whyInapplicable(row: Row, { task, unit }: Column): string | undefined {
  const needsTrace = row.mode === 'chain-of-thought' || row.mode === 'filler';
  if (needsTrace && !task.trace) return 'the task has no chain of thought';
  if (row.mode !== 'baseline' && !unit.meta.labels.final) return 'the task has no answer after the input';
  return undefined;
}

const architectureRow = (name: string, { meta }: RegisteredUnit<'architecture'>): ManifestRow => ({
  id: name,
  title: meta.title,
  kind: 'architecture',
  claims: (meta.claims ?? []).map(({ reference, ...claim }) => ({
    ...claim,
    source: [reference.authors, reference.place].filter(Boolean).join(', '),
  })),
});

function requireDistinct(names: readonly string[], path: string, file: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  const problems = [`${path} has "${twice}" twice: give one of them a "label" of its own`];
  throw zooError('invalid-value', { place: file, problems });
}
