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
import { MatchingBody } from './body';
import { expandParts } from './expand';
import { looksOf } from './runs';
import { MatchingExperiment } from './settings';
import { summariseMatching } from './summary';

const id = 'matching';
const version = 1;

export type MatchingRecord = RecordOf<MatchingBody> & { readonly specification: CellSpecification };

/**
 * Multi-step reasoning by matching (Wang et al. 2024): a Transformer searches chains, is asked for pairs that training never has,
 * and its weights tell when tokens begin to match themselves.
 */
@study({
  id,
  version,
  title: 'Matching',
  summary: 'Trains Transformers to follow chains of pairs, and asks them for pairs that training never has.',
  experiment: MatchingExperiment,
  record: MatchingBody,
  presents: ['findings'],
})
export class Matching implements Study<MatchingExperiment, Cell, MatchingRecord, Findings> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand(experiment: MatchingExperiment, context: ExpandContext): Manifest {
    return expandParts(this.registry, experiment, { id, version, hyperparameters: {} }, context);
  }

  measure(job: Cell, context: MeasureContext): Promise<Measured<MatchingBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureMatching } = require('./measure') as typeof import('./measure');
    return measureMatching(this.registry, job, context);
  }

  summarise(results: StudyResults<Manifest, MatchingRecord>): Findings {
    return summariseMatching(results);
  }

  tell(record: MatchingRecord): RecordWords {
    const { step, trained, unseen } = looksOf(record).at(-1) ?? { step: 0, trained: 0, unseen: 0 };
    const isBest = unseen > 0.9;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    return {
      mark: isBest ? '●' : trained > 0.9 ? '◐' : '○',
      outcome: isBest ? 'also unseen pairs' : trained > 0.9 ? 'trained pairs only' : 'not learnt',
      details: `trained pairs ${percent(trained)}, unseen ${percent(unseen)} after ${step} steps`,
      isBest,
    };
  }
}
