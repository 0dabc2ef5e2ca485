import 'reflect-metadata';
import { inject } from 'tsyringe';
import { Registry } from '../../../registry/registry';
import { study } from '../../../registry/units';
import type { Manifest, ManifestCost } from '../../core/contracts/manifest';
import { CapabilityBody, type Cell, type CellRecord } from '../../core/contracts/record';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import type { ManifestTheory } from '../../core/contracts/theory';
import { GridExperiment } from '../experiment';
import { contradiction } from './contradiction';
import { budgetOf } from '../match';
import { memoryNotes } from '../memory-notes';
import { sizeNotes } from '../taken-sizes';
import { expandExperiment } from './expand';
import { buildMatrix, type Matrix } from './summarise/matrix';
import { ProbeChoices } from '../probe-choices';
import { arranged } from './summarise/arranged';
import { narrowed } from './summarise/narrowed';
import { inputNotes, lengthNotes } from './measured-lengths';
import { tell } from './tell';
import { trainingSetNotes } from './training-set-notes';

/** The capability matrix: what each architecture learns of each task, and how far beyond the trained lengths. */
@study({
  id: 'capability',
  version: 2,
  title: 'Capability matrix',
  summary: 'Trains every architecture on every task and scores it at trained, longer and much longer inputs.',
  experiment: GridExperiment,
  record: CapabilityBody,
  contradiction,
  presents: ['matrix', 'leaderboard', 'survey'],
})
export class Capability implements Study<GridExperiment, Cell, CellRecord, Matrix> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: GridExperiment, context: ExpandContext): Manifest {
    return expandExperiment(this.registry, experiment, context);
  }

  /** What is to be known of inputs, lengths and sizes that are not what is asked for, and memories without room for what they are to meet. */
  notes({ match, probes }: GridExperiment, manifest: Manifest): string[] {
    const budget = budgetOf(match);
    return [
      ...inputNotes(this.registry, manifest),
      ...lengthNotes(this.registry, manifest),
      ...(budget ? sizeNotes(this.registry, manifest, budget) : []),
      ...memoryNotes(this.registry, manifest),
      ...trainingSetNotes(manifest),
      ...new ProbeChoices(this.registry, probes).notes(manifest),
    ];
  }

  predict(manifest: Manifest): ManifestTheory {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- knows propositions and properties, which views need not
    const { predictions } = require('./predictions') as typeof import('./predictions');
    return predictions(this.registry, manifest);
  }

  costs(manifest: Manifest): ManifestCost[] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- traces models, which views need not
    const { costs } = require('./costs') as typeof import('./costs');
    return costs(this.registry, manifest);
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<CapabilityBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureCell } = require('./measure') as typeof import('./measure');
    return measureCell(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, CellRecord>): Matrix {
    const { theory, arrangement = {} } = results;
    const matrix = buildMatrix(results);
    return arranged(theory ? buildMatrix(narrowed(results, matrix, theory)) : matrix, arrangement);
  }

  tell(record: CellRecord): RecordWords {
    return tell(record);
  }
}
