import 'reflect-metadata';
import { study } from '../../../registry/units';
import { jobOf, plainJson } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job, JobSpecification, RecordOf } from '../../core/contracts/record';
import { recordSchemaVersion } from '../../core/contracts/record';
import type {
  ExpandContext,
  Measured,
  MeasureContext,
  RecordWords,
  Study,
  StudyResults,
} from '../../core/contracts/study';
import { zooError } from '../../core/errors';
import { Experiment } from '../../core/experiment';
import { Nested } from '../../core/validation';
import type { Findings } from '../findings/findings';
import { ConceptsBody } from './body';
import { ConceptSettings } from './settings';
import { conceptsFindings } from './findings';

const id = 'in-context-concepts';
const version = 1;

export class ConceptsExperiment extends Experiment {
  @Nested(() => ConceptSettings) settings = new ConceptSettings();
}

export type ConceptsJob = Job<JobSpecification>;
export type ConceptsRecord = RecordOf<ConceptsBody>;

/**
 * In-context learning of words and labels that carry several concepts (Bu et al. 2024): prompts of pairs and a query, one
 * layer of softmax attention and a read-out with relu, stochastic gradient descent on cross-entropy.
 */
@study({
  id,
  version,
  title: 'In-context concepts',
  summary:
    'Trains attention on prompts of words and labels that share concepts, and watches error, loss, attention and weights.',
  experiment: ConceptsExperiment,
  record: ConceptsBody,
  presents: ['findings'],
})
export class InContextConcepts implements Study<ConceptsExperiment, ConceptsJob, ConceptsRecord, Findings> {
  expand({ name, seeds, settings }: ConceptsExperiment, context: ExpandContext): Manifest<ConceptsJob> {
    const { concepts, dimension, prompts, batchSize } = settings;
    const problems = [
      ...(2 * concepts > dimension
        ? [
            `settings.concepts is ${concepts}: they need ${2 * concepts} orthogonal directions, and settings.dimension is ${dimension}`,
          ]
        : []),
      ...(batchSize > prompts
        ? [`settings.batchSize is ${batchSize}: must be at most settings.prompts, which is ${prompts}`]
        : []),
    ];
    if (problems.length > 0) throw zooError('invalid-value', { place: context.file, problems });
    const cells = (context.seeds ?? seeds).map((seed) =>
      jobOf(
        {
          schemaVersion: recordSchemaVersion,
          study: { id, version, hyperparameters: plainJson({ ...settings }) },
          seed,
          engine: context.engine,
        },
        context.plugins,
      ),
    );
    return {
      schemaVersion: recordSchemaVersion,
      experiment: name,
      study: id,
      architectures: [],
      tasks: [],
      cells,
      inapplicable: [],
    };
  }

  measure({ specification }: ConceptsJob, context: MeasureContext): Promise<Measured<ConceptsBody>> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- brings the tensor library, which views need not
    const { measureConcepts } = require('./measure') as typeof import('./measure');
    const settings = { ...new ConceptSettings(), ...specification.study!.hyperparameters };
    return measureConcepts(settings, specification.seed, context);
  }

  summarise(results: StudyResults<Manifest<ConceptsJob>, ConceptsRecord>): Findings {
    return conceptsFindings(results);
  }

  tell({ epochs }: ConceptsRecord): RecordWords {
    const { errors, testLoss, epoch } = epochs.at(-1)!;
    const isBest = errors.none < 0.01;
    return {
      mark: isBest ? '●' : '○',
      outcome: isBest ? 'learnt' : 'not learnt',
      details: `error ${(100 * errors.none).toFixed(1)} %, cross-entropy ${testLoss.toFixed(3)} after ${epoch} epochs`,
      isBest,
    };
  }
}
