import {
  createRng,
  Experiment,
  jobOf,
  Registry,
  study,
  view,
  type ExpandContext,
  type Job,
  type Manifest,
  type Measured,
  type MeasureContext,
  type Plugin,
  type RecordOf,
  type RecordWords,
  type Study,
  type StudyResults,
  type View,
} from 'chomsky-zoo';
import { IsArray, IsInt, Min } from 'class-validator';
import { inject } from 'tsyringe';

/** What an experiment file of this study says, beside name, seeds and plugins. */
export class MyStudyExperiment extends Experiment {
  @IsArray() tasks: string[] = [];
  @IsInt() @Min(1) draws = 100;
  @IsInt() @Min(1) length = 8;
}

/** What one job measures. */
export class MyStudyRecord {
  @IsInt() @Min(1) different!: number;
}

type Summary = readonly { readonly task: string; readonly different: number | null }[];

/** A kind of measurement. This one counts the different inputs that a task draws; replace it by yours. */
@study({
  id: 'my-study',
  version: 1,
  title: 'My study',
  summary: 'Counts the different inputs that a task draws.',
  experiment: MyStudyExperiment,
  record: MyStudyRecord,
  presents: ['my-study'],
})
export class MyStudy implements Study<MyStudyExperiment, Job, RecordOf<MyStudyRecord>, Summary> {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  /** A job for each task and seed: its specification is all that can move its result. */
  expand({ name, tasks, draws, length, seeds }: MyStudyExperiment, context: ExpandContext): Manifest<Job> {
    const jobs = tasks.flatMap((id) => {
      const { version } = this.registry.resolve('task', id, context.file).meta;
      return seeds.map((seed) =>
        jobOf(
          {
            schemaVersion: 1,
            study: { id: 'my-study', version: 1, hyperparameters: { draws, length } },
            task: { id, version, hyperparameters: {} },
            seed,
            engine: 'none', // or context.engine, where `measure` trains something
          },
          context.plugins,
        ),
      );
    });
    const none = { architectures: [], tasks: [], inapplicable: [] };
    return { schemaVersion: 1, experiment: name, study: 'my-study', cells: jobs, ...none };
  }

  async measure({ specification }: Job, context: MeasureContext): Promise<Measured<MyStudyRecord>> {
    const started = context.now();
    const { draws, length } = specification.study!.hyperparameters as { draws: number; length: number };
    const task = this.registry.createTask(specification.task!.id);
    const rng = createRng(specification.seed);
    const inputs = Array.from({ length: draws }, (_, i) => task.sample(rng.split(i), length).join(' '));
    return {
      body: { different: new Set(inputs).size },
      provenance: { trainingSeconds: 0, evaluationSeconds: context.now() - started, resumed: 0 },
    };
  }

  summarise({ manifest, stored }: StudyResults<Manifest<Job>, RecordOf<MyStudyRecord>>): Summary {
    return manifest.cells.map(({ key, specification }) => {
      const found = stored.get(key);
      const different = found?.status === 'finished' ? found.record.different : null;
      return { task: specification.task!.id, different };
    });
  }

  tell({ different }: MyStudyRecord): RecordWords {
    return { mark: '#', outcome: `${different} different`, details: '', isBest: false };
  }
}

@view({ of: 'my-study', format: 'text', title: 'My study', summary: 'A line for each task.' })
export class MyStudyText implements View<Summary> {
  draw(summary: Summary): string {
    return summary.map(({ task, different }) => `${task}: ${different ?? '-'} different inputs`).join('\n');
  }
}

const plugin: Plugin = {
  name: 'my-study',
  version: '0.1.0',
  zoo: '^0.1.0',
  studies: [MyStudy],
  views: [MyStudyText],
};
export default plugin;
