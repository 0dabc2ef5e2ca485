import {
  createRng,
  Experiment,
  jobOf,
  Registry,
  study,
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
} from 'chomsky-zoo';
import { overSeeds, type Findings } from 'chomsky-zoo/studies';
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

/** A kind of measurement. This one counts the different inputs that a task draws; replace it by yours. */
@study({
  id: 'my-study',
  version: 1,
  title: 'My study',
  summary: 'Counts the different inputs that a task draws.',
  experiment: MyStudyExperiment,
  record: MyStudyRecord,
  presents: ['findings'],
})
export class MyStudy implements Study<MyStudyExperiment, Job, RecordOf<MyStudyRecord>, Findings> {
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

  /** What the records say together; findings are drawn as text, pictures, tables and data. */
  summarise({ manifest, stored }: StudyResults<Manifest<Job>, RecordOf<MyStudyRecord>>): Findings {
    const samples = manifest.cells.flatMap(({ key, specification: { task, seed } }) => {
      const found = stored.get(key);
      return found?.status === 'finished' ? { task: task!.id, seed, y: found.record.different } : [];
    });
    const tasks = [...new Set(samples.map(({ task }) => task))];
    const points = tasks.map((id) =>
      overSeeds(
        id,
        samples.filter(({ task }) => task === id),
      ),
    );
    return {
      title: `My study: ${manifest.experiment}`,
      statements: points.map(({ x, y }) => `Inputs of ${x} that are different: ${y}.`),
      figures: [
        {
          id: 'different-inputs',
          title: 'Different inputs that a task draws',
          caption: 'Median of the seeds, least to most.',
          panels: [
            {
              title: '',
              x: { title: 'task', scale: 'category' },
              y: { title: 'different inputs' },
              series: [{ name: 'drawn', mark: 'bar', points }],
            },
          ],
        },
      ],
      tables: [],
      notes: [`${samples.length} of ${manifest.cells.length} jobs are measured.`],
    };
  }

  tell({ different }: MyStudyRecord): RecordWords {
    return { mark: '#', outcome: `${different} different`, details: '', isBest: false };
  }
}

const plugin: Plugin = {
  name: 'my-study',
  version: '0.1.0',
  zoo: '^0.1.0',
  studies: [MyStudy],
};
export default plugin;
