import 'reflect-metadata';
import { inject } from 'tsyringe';
import { Registry } from '../../../registry/registry';
import { study } from '../../../registry/units';
import { columnOf, rowOf } from '../../core/cell';
import { CapabilityBody, type Cell, type CellRecord } from '../../core/contracts/record';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import type { TrainingLengths } from '../../core/protocol';
import { contradiction } from '../capability/contradiction';
import { expandExperiment } from '../capability/expand';
import { inputNotes, lengthNotes } from '../capability/measured-lengths';
import { tell } from '../capability/tell';
import type { Findings } from '../findings/findings';
import { answerModes } from '../../core/contracts/architecture';
import { GridReader } from '../grid';
import { prefixes, RecurrenceExperiment, type BaseEntry, type TrainedEntry } from './experiment';
import type { ColumnFacts, RecurrenceManifest, RowFacts } from './facts';
import { recurrenceFindings } from './findings';

const id = 'recurrence';

/**
 * What a chain of thought adds to a network, beside how deep and how long its answers are with and without it (Zhang et al.
 * 2024). Its jobs are cells of the matrix, and so are their keys: records that are there already are shared.
 */
@study({
  id,
  version: 1,
  title: 'Recurrence and chain of thought',
  summary:
    'Trains the same network with a chain of thought, without, and with as many filler tokens, and tells what the trace adds and costs.',
  experiment: RecurrenceExperiment,
  record: CapabilityBody,
  contradiction,
  presents: ['findings'],
})
export class Recurrence implements Study<RecurrenceExperiment, Cell, CellRecord, Findings> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: RecurrenceExperiment, context: ExpandContext): RecurrenceManifest {
    const reader = new GridReader(this.registry, context.file);
    const rows = rowsOf(this.registry, reader, experiment.architectures, context.file);
    const columns = columnsOf(reader, experiment.tasks, experiment.protocol.trainingLengths.maximum);
    const all = [experiment.seeds, ...[...rows, ...columns].flatMap(({ entry }) => (entry.seeds ? [entry.seeds] : []))];
    const grid = expandExperiment(
      this.registry,
      { ...experiment, architectures: rows.map(({ entry }) => entry), tasks: columns.map(({ entry }) => entry) },
      { ...context, seeds: context.seeds ?? [...new Set(all.flat())].sort((a, b) => a - b) },
    );
    const entryOf = <T extends { readonly name: string }>(entries: readonly T[], name: string) =>
      entries.find((each) => each.name === name);
    const cells = grid.cells.filter((cell) => {
      if (context.seeds || cell.specification.mode === 'baseline') return true;
      const [row, column] = [entryOf(rows, rowOf(cell)), entryOf(columns, columnOf(cell))];
      return (row?.entry.seeds ?? column?.entry.seeds ?? experiment.seeds).includes(cell.specification.seed);
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { costsOf, depthsOf } = require('./costs') as typeof import('./costs');
    const depths = depthsOf(this.registry, cells);
    return {
      ...grid,
      study: id,
      cells,
      recurrence: {
        rows: rows.map(({ name: row, base, mode }): RowFacts => ({ row, base, mode, ...depths.get(row) })),
        columns: columns.map(({ name: column, base, entry, trainedTo }): ColumnFacts => ({
          column,
          base,
          task: entry.id,
          trainedTo,
        })),
        cells: costsOf(this.registry, cells),
      },
    };
  }

  notes(_: RecurrenceExperiment, manifest: RecurrenceManifest): string[] {
    return [...inputNotes(this.registry, manifest), ...lengthNotes(this.registry, manifest)];
  }

  /** As the matrix does, which a job by itself belongs to. */
  measure(job: Cell, context: MeasureContext): Promise<Measured<CapabilityBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureCell } = require('../capability/measure') as typeof import('../capability/measure');
    return measureCell(this.registry, job, context);
  }

  summarise(results: StudyResults<RecurrenceManifest, CellRecord>): Findings {
    return recurrenceFindings(results);
  }

  tell(record: CellRecord): RecordWords {
    return tell(record);
  }
}

/** A row for every mode; those of one mode in the order of the file. */
function rowsOf(registry: Registry, reader: GridReader, written: readonly BaseEntry[], file: string) {
  const ids = written.map(({ id }) => id);
  const bases = reader.entries('architecture', written, 'architectures').filter(([{ id: base }, place]) => {
    const { mode = 'direct' } = registry.resolve('architecture', base, `${file}, ${place}`).meta;
    if (mode === 'direct' || !ids.includes(base)) return mode === 'direct';
    const problems = [`${place} is "${base}": must be a row that answers directly, the other modes are added`];
    throw zooError('invalid-value', { place: file, problems });
  });
  return answerModes.flatMap((mode) =>
    bases
      .filter(([{ modes = answerModes }]) => modes.includes(mode))
      .map(([{ modes: _, ...entry }]) => {
        const own = { ...entry, id: prefixes[mode] + entry.id };
        const named = entry.label === undefined ? own : { ...own, label: prefixes[mode] + entry.label };
        return { entry: named, name: named.label ?? named.id, base: entry.label ?? entry.id, mode };
      }),
  );
}

/** A column for every length that it is trained to; the first one of each has the place that it has in the file. */
function columnsOf(reader: GridReader, written: readonly TrainedEntry[], usual: number) {
  const trained = reader.entries('task', written, 'tasks').map(([{ to, ...entry }]) => {
    const lengths = entry.protocol?.trainingLengths as Partial<TrainingLengths> | undefined;
    const own = lengths?.maximum ?? usual;
    const base = entry.label ?? entry.id;
    return (to ?? [own]).map((trainedTo) => {
      if (trainedTo === own) return { entry, name: base, base, trainedTo };
      const name = `${base}-to-${trainedTo}`;
      const protocol = { ...entry.protocol, trainingLengths: { ...lengths, maximum: trainedTo } };
      return { entry: { ...entry, label: name, protocol }, name, base, trainedTo };
    });
  });
  return [...trained.map(([first]) => first!), ...trained.flatMap(([, ...others]) => others)];
}
