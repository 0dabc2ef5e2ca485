import 'reflect-metadata';
import { IsInt, Max, Min } from 'class-validator';
import { inject } from 'tsyringe';
import { Registry } from '../../../registry/registry';
import { study } from '../../../registry/units';
import { jobOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import { CapabilityBody, type Cell, type CellRecord, type CellSpecification } from '../../core/contracts/record';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import { expandExperiment } from '../capability/expand';
import { tell } from '../capability/tell';
import { GridExperiment } from '../experiment';
import { spreads, type Rounding as Summary } from './spreads';

const id = 'rounding';
const version = 1;

export class RoundingExperiment extends GridExperiment {
  /** How often each seed is trained. */
  @IsInt() @Min(2) @Max(100) repeats = 5;
}

/**
 * How far the scores of one seed depend on rounding: the same training with the sequences of every batch in another order.
 * Mathematics is the same, sums over the batch are taken in another order. The first repeat has the order of the matrix.
 */
@study({
  id,
  version,
  title: 'Rounding',
  summary: 'Trains every seed several times with sums in another order, and tells how far its scores lie apart.',
  experiment: RoundingExperiment,
  record: CapabilityBody,
  presents: ['rounding'],
})
export class Rounding implements Study<RoundingExperiment, Cell, CellRecord, Summary> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: RoundingExperiment, context: ExpandContext): Manifest {
    const grid = expandExperiment(this.registry, { ...experiment, baselines: [] }, context);
    const cells = grid.cells.flatMap(({ specification, plugins, row, column }) =>
      Array.from({ length: experiment.repeats }, (_, at) => {
        const choice = { id, version, hyperparameters: { repeat: at + 1 } };
        return jobOf<CellSpecification>({ ...specification, study: choice }, plugins, { row, column });
      }),
    );
    return { ...grid, study: id, cells };
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<CapabilityBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureReordered } = require('./measure') as typeof import('./measure');
    return measureReordered(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, CellRecord>): Summary {
    return spreads(results);
  }

  tell(record: CellRecord): RecordWords {
    return tell(record);
  }
}
