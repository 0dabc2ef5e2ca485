import { chomskyLevels, type ChomskyLevel } from '../../core/contracts/chomsky-level';
import type { Inapplicable, Manifest } from '../../core/contracts/manifest';
import { recordSchemaVersion, type Cell, type CellSpecification, type UnitChoice } from '../../core/contracts/record';
import type { SearchSpecification } from '../../core/contracts/search';
import type { ZooError } from '../../core/errors';
import { Protocol } from '../../core/protocol';
import { ofBaseline, withoutDefaults } from '../../core/protocol-key';
import type { Registry } from '../../../registry/registry';
import { GridReader, type Column, type Row } from '../grid';
import { jobOf, plainJson } from '../../core/cell';
import type { ExpandContext } from '../../core/contracts/study';
import { lengthsWithin } from '../../data/lengths';
import { budgetOf, isUnmatched } from '../match';
import { overlaid } from '../../core/overlay';
import type { GridExperiment } from '../experiment';
import { ProbeChoices } from '../probe-choices';
import { GridSearch } from '../search/of-grid';
import { glob, parseSelection } from '../selection';
import { Sweep } from '../sweep';

/** Baselines draw nothing that a second seed would change. */
const baselineSeeds = [1];

/**
 * The grid of an experiment: every row with its columns and every seed, less the pairs that cannot be measured.
 * @throws unknown-unit or invalid-value naming file and JSON path.
 */
export function expandExperiment(registry: Registry, experiment: GridExperiment, options: ExpandContext): Manifest {
  const { engine, plugins } = options;
  const budget = budgetOf(experiment.match);
  const reader = new GridReader(registry, options.file, budget);
  const { sweep: values, protocol } = experiment;
  const sweep = new Sweep(registry, options.file, { sweep: values, protocol, budget });
  const baselines = experiment.baselines ?? registry.baselines().map(({ id }) => id);
  const rows = [
    ...sweep
      .entries('architecture', reader.entries('architecture', experiment.architectures, 'architectures'))
      .map((entry) => reader.architecture(entry)),
    ...baselines.map((id, at) => reader.baseline(id, `baselines[${at}]`)),
  ];
  const columns = sweep
    .entries('task', reader.entries('task', experiment.tasks, 'tasks'))
    .map((entry) => reader.task(entry))
    .sort(byLevel);
  sweep.requireUsed();
  reader.requireDistinct(
    rows.map(({ shown }) => shown),
    'architectures',
  );
  reader.requireDistinct(
    columns.map(({ shown }) => shown),
    'tasks',
  );
  reader.requireColumns(rows, columns);
  const overridden = overridesOf(experiment, reader);
  const protocolOf = protocols(experiment, overridden);
  const probes = new ProbeChoices(registry, experiment.probes, options.file);
  const searches = new GridSearch(options.file, reader, experiment.search);

  const pairs = rows.flatMap((row) =>
    columns
      .filter((column) => isMeasuredOn(row, column))
      .map((column) => {
        const protocol = protocolOf(row, column);
        return { row, column, protocol, ...choose(row, column, protocol, searches) };
      }),
  );
  searches.requireUsed();
  const [unmatched] = pairs.flatMap(({ unmatched }) => unmatched ?? []);
  if (unmatched && !pairs.some(({ row, architecture }) => architecture && row.mode !== 'baseline')) throw unmatched;
  const inapplicable = pairs.flatMap(({ row, column, reason }): Inapplicable[] =>
    reason ? [{ architecture: row.shown.id, task: column.shown.id, reason }] : [],
  );
  const cells = pairs.flatMap(({ row, column, protocol, architecture, search }) => {
    if (!architecture) return [];
    const isBaseline = row.mode === 'baseline';
    const { seeds: ofCell } = overridden(row, column).findLast(({ seeds }) => seeds) ?? row;
    const seeds = isBaseline ? baselineSeeds : (options.seeds ?? ofCell ?? row.seeds ?? experiment.seeds);
    const trained = isBaseline ? { engine: 'none' } : { ...probes.of(architecture), ...(search && { search }), engine };
    return seeds.map((seed) => cellOf(row, column, { architecture, protocol, ...trained, seed }, plugins));
  });
  return {
    schemaVersion: recordSchemaVersion,
    experiment: experiment.name,
    architectures: rows.map(({ shown }) => shown),
    tasks: columns.map(({ shown }) => shown),
    cells,
    inapplicable,
  };
}

/** Weakest level first; tasks of one level stay in the order of the file. */
const byLevel = (a: Column, b: Column): number =>
  chomskyLevels.indexOf(a.shown.level as ChomskyLevel) - chomskyLevels.indexOf(b.shown.level as ChomskyLevel);

/** Names that a row or a column goes by: its own, and that of the one from which it differs in one setting. */
const namesOf = ({ shown, base }: Row | Column): string[] => [shown.id, ...(base === undefined ? [] : [base])];

/** Where both differ in a setting from what the experiment writes, two settings would be changed at once. */
const isMeasuredOn = (row: Row, column: Column): boolean =>
  (row.base === undefined || column.base === undefined) &&
  (row.columns?.some((name) => namesOf(column).some((own) => glob(name).test(own))) ?? true);

type Measurement = Pick<CellSpecification, 'architecture' | 'protocol' | 'probes' | 'search' | 'seed' | 'engine'>;

function cellOf(row: Row, column: Column, measurement: Measurement, plugins: readonly string[]): Cell {
  const specification: CellSpecification = {
    schemaVersion: recordSchemaVersion,
    task: column.choice,
    mode: row.mode,
    ...measurement,
  };
  return jobOf(specification, plugins, {
    ...(row.shown.id !== specification.architecture.id && { row: row.shown.id }),
    ...(column.shown.id !== column.choice.id && { column: column.shown.id }),
  });
}

type Overridden = (
  row: Row,
  column: Column,
) => readonly { readonly protocol?: object; readonly seeds?: readonly number[] }[];

/** The overrides that are for a row and a column, in the order of the file. */
function overridesOf(experiment: GridExperiment, reader: GridReader): Overridden {
  const overrides = experiment.overrides.map(({ only, protocol, seeds }, at) => ({
    applies: parseSelection(only),
    protocol: reader.override(protocol, `overrides[${at}]`),
    seeds,
  }));
  return (row, column) =>
    overrides.filter(({ applies }) =>
      namesOf(row).some((rowName) => namesOf(column).some((columnName) => applies(rowName, columnName))),
    );
}

/** The experiment's protocol under what the row, the column and matching overrides change, in this order. */
function protocols(experiment: GridExperiment, overridden: Overridden): (row: Row, column: Column) => Protocol {
  return (row, column) => {
    const matching = overridden(row, column);
    const layers = [row.protocol, column.protocol, ...matching.map(({ protocol }) => protocol), column.swept];
    const full = withoutDefaults(
      layers.reduce<object>((under, over) => overlaid(under, over), plainJson(experiment.protocol)) as Protocol,
    );
    // How rows are trained is nothing to a baseline, so its key must not depend on it.
    if (row.mode === 'baseline') return ofBaseline(full, plainJson(new Protocol()));
    // Direct rows alone have computation steps, so the key of another row must not depend on them.
    return row.mode === 'direct' ? full : { ...full, computationSteps: 0 };
  };
}

interface Choice {
  /** Absent where the pair cannot be measured. */
  readonly architecture?: UnitChoice;
  /** How its settings are chosen first, where they are. */
  readonly search?: SearchSpecification;
  readonly reason?: string;
  /** Where the reason is a budget that the row cannot meet. */
  readonly unmatched?: ZooError;
}

/** The row as it is measured on the column, or why it is not. */
function choose(row: Row, column: Column, protocol: Protocol, searches: GridSearch): Choice {
  const reason = whyInapplicable(row, column, protocol);
  if (reason) return { reason };
  try {
    const architecture = row.choice(column, protocol);
    return { architecture, search: searches.of(row, column, protocol, architecture) };
  } catch (error) {
    if (!isUnmatched(error)) throw error;
    return { reason: error.what, unmatched: error };
  }
}

function whyInapplicable(row: Row, { task, labels }: Column, protocol: Protocol): string | undefined {
  const { trainingLengths } = protocol;
  const { minimum, maximum } = trainingLengths;
  for (const part of ['training', 'validation'] as const)
    if (lengthsWithin(task, minimum, maximum, part).length === 0)
      return `the task has no inputs of ${minimum} to ${maximum} symbols${task.collection ? ` for ${part}` : ''}`;
  const needsTrace = row.mode === 'chain-of-thought' || row.mode === 'filler';
  if (needsTrace && !task.trace) return 'the task has no chain of thought';
  if (row.mode !== 'baseline' && !labels.final) return 'the task has no answer after the input';
  if (protocol.labels === 'aligned' && !task.aligned) return 'the task has no label for every prefix';
  return undefined;
}
