import 'reflect-metadata';
import { inject } from 'tsyringe';
import { Registry } from '../../../registry/registry';
import { study } from '../../../registry/units';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell, CellSpecification, RecordOf } from '../../core/contracts/record';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import type { Findings } from '../findings/findings';
import { SparseParityBody } from './body';
import { expandParts } from './expand';
import { endOf } from './runs';
import { SparseParityExperiment } from './settings';
import { summariseParity } from './summary';

const id = 'sparse-parity';
const version = 1;

export type ParityRecord = RecordOf<SparseParityBody> & { readonly specification: CellSpecification };

/**
 * Parity of k secret bits among n (Wen et al. 2024): how many samples a Transformer needs until it answers everything that
 * is kept apart, with and without the parities so far as a chain of thought, while its attention becomes sparse.
 */
@study({
  id,
  version,
  title: 'Sparse parity',
  summary: 'Counts samples until the parity of a few secret bits is learnt, with and without chain of thought.',
  experiment: SparseParityExperiment,
  record: SparseParityBody,
  presents: ['findings'],
})
export class SparseParity implements Study<SparseParityExperiment, Cell, ParityRecord, Findings> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: SparseParityExperiment, context: ExpandContext): Manifest {
    return expandParts(this.registry, experiment, { id, version, hyperparameters: {} }, context);
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<SparseParityBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureParity } = require('./measure') as typeof import('./measure');
    return measureParity(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, ParityRecord>): Findings {
    return summariseParity(results);
  }

  tell(record: ParityRecord): RecordWords {
    const { perfectAt, drawn, exact, leastEntropy } = endOf(record);
    const entropy = leastEntropy === undefined ? '' : `, least entropy of a head ${leastEntropy.toFixed(2)}`;
    const share = `${Math.floor(100 * exact)} % right`;
    return {
      mark: perfectAt === null ? '○' : '●',
      outcome: perfectAt === null ? 'not perfect' : 'perfect',
      details: `${perfectAt === null ? share : 'all right'} after ${drawn} samples${entropy}`,
      isBest: perfectAt !== null,
    };
  }
}
