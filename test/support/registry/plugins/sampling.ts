// A study of its own, with its summary's view: how many different inputs of each length a task's sampler draws.
import { IsArray, IsInt, Min } from 'class-validator';
import { inject } from 'tsyringe';
import {
  createRng,
  Experiment,
  jobOf,
  Registry,
  study,
  view,
  type ExpandContext,
  type Job,
  type JobSpecification,
  type Manifest,
  type Measured,
  type MeasureContext,
  type RecordOf,
  type RecordWords,
  type Study,
  type StudyResults,
  type View,
} from 'chomsky-zoo';

class SamplingExperiment extends Experiment {
  @IsArray() tasks: string[] = [];
  @IsInt() @Min(1) draws = 100;
  @IsInt() @Min(1) length = 3;
}

class Sampled {
  @IsInt() @Min(1) different!: number;
}
type SampledRecord = RecordOf<Sampled>;
type Summary = readonly { readonly task: string; readonly different: number | null }[];

interface Asked {
  readonly draws: number;
  readonly length: number;
}

@study({
  id: 'sampling',
  version: 1,
  title: 'Sampling',
  summary: 'Counts the different inputs that a task draws.',
  experiment: SamplingExperiment,
  record: Sampled,
  presents: ['samples'],
})
class Sampling implements Study<SamplingExperiment, Job, SampledRecord, Summary> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  expand({ name, tasks, draws, length, seeds }: SamplingExperiment, context: ExpandContext): Manifest<Job> {
    const cells = tasks.flatMap((id) =>
      seeds.map((seed) => {
        const { version } = this.registry.resolve('task', id, context.file).meta;
        const specification: JobSpecification = {
          schemaVersion: 1,
          study: { id: 'sampling', version: 1, hyperparameters: { draws, length } },
          task: { id, version, hyperparameters: {} },
          seed,
          engine: 'none',
        };
        return jobOf(specification, context.plugins);
      }),
    );
    return {
      schemaVersion: 1,
      experiment: name,
      study: 'sampling',
      architectures: [],
      tasks: [],
      cells,
      inapplicable: [],
    };
  }

  async measure({ specification }: Job, context: MeasureContext): Promise<Measured<Sampled>> {
    const started = context.now();
    const { draws, length } = specification.study!.hyperparameters as unknown as Asked;
    const task = this.registry.createTask(specification.task!.id);
    const rng = createRng(specification.seed);
    const inputs = Array.from({ length: draws }, (_, i) => task.sample(rng.split(i), length).join(' '));
    return {
      body: { different: new Set(inputs).size },
      provenance: { trainingSeconds: 0, evaluationSeconds: context.now() - started, resumed: 0 },
    };
  }

  summarise({ manifest, stored }: StudyResults<Manifest<Job>, SampledRecord>): Summary {
    return manifest.cells.map(({ key, specification }) => {
      const found = stored.get(key);
      return {
        task: specification.task!.id,
        different: found?.status === 'finished' ? found.record.different : null,
      };
    });
  }

  tell({ different }: SampledRecord): RecordWords {
    return { mark: '#', outcome: `${different} different`, details: '', isBest: false };
  }
}

@view({ of: 'samples', format: 'text', title: 'Samples', summary: 'A line for each task.' })
class SamplesText implements View<Summary> {
  draw(summary: Summary): string {
    return summary.map(({ task, different }) => `${task}: ${different ?? '-'} different inputs`).join('\n');
  }
}

export default { name: 'sampling', version: '1.0.0', zoo: '*', studies: [Sampling], views: [SamplesText] };
