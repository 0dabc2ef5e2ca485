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
import { RebalancingBody } from './body';
import { shareOf } from './models';
import { RebalancingExperiment } from './settings';
import { summariseRebalancing } from './summary';

const id = 'attention-rebalancing';
const version = 1;

export type RebalancingRecord = RecordOf<RebalancingBody> & { readonly specification: CellSpecification };

/**
 * Attention of trained models, rebalanced without training (Liao and Vargas 2024): accuracy and attention on tokens without
 * content, as they are and under an intervention of several strengths.
 */
@study({
  id,
  version,
  title: 'Attention rebalancing',
  summary:
    'Trains models, then changes their attention without training, and compares what they answer before and after.',
  experiment: RebalancingExperiment,
  record: RebalancingBody,
  presents: ['findings'],
})
export class AttentionRebalancing implements Study<RebalancingExperiment, Cell, RebalancingRecord, Findings> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: RebalancingExperiment, context: ExpandContext): Manifest {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { expandRebalancing } = require('./expand') as typeof import('./expand');
    return expandRebalancing(this.registry, experiment, { id, version }, context);
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<RebalancingBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureRebalancing } = require('./measure') as typeof import('./measure');
    return measureRebalancing(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, RebalancingRecord>): Findings {
    return summariseRebalancing(results);
  }

  tell({ unmodified, varied }: RebalancingRecord): RecordWords {
    const percent = (share: number) => (100 * share).toFixed(1);
    const told = unmodified.parts.map((part, at) => {
      const shares = varied.map(({ parts }) => shareOf(parts[at]!));
      return `${part.part} ${percent(shareOf(part))}, changed ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
    });
    return { mark: '●', outcome: 'measured', details: told.join('; '), isBest: false };
  }
}
