import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { cellLabel, jobOf } from '../../core/cell';
import { JobSpecification, type CellRecord, type Job } from '../../core/contracts/record';
import type { RunnerOptions } from '../../core/contracts/executor';
import { zooError } from '../../core/errors';
import { studyOf, type Kept } from '../../core/experiment';
import { parseJson, readJsonFile } from '../../core/json-file';
import { isPlainObject, validated } from '../../core/validation';
import { identified, isIdentified } from '../../run/code/identity';
import { duration, progressWords } from '../../run/progress/run-wording';
import { FileStore } from '../../run/store/file-store';
import { recordShapesOf } from '../../run/store/record-shapes';
import { withoutWeights } from '../../run/store/weights';
import type { RunnerModule } from '../../run/workers/runner';
import { textOf } from '../../report/text';
import { thousands } from '../../studies/capability/drawing/wording';
import { trialsTable } from '../../studies/search/trials-table';
import { searchWords } from '../../studies/search/words';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { jsonOption, keepOption, pluginOption } from '../options';
import { addPlugins } from '../units';

interface CellOptions {
  readonly out: string;
  readonly keep?: Kept;
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

const secondsBetweenLines = 15;

export const cell: CommandDefinition = {
  examples: [
    'zoo cell 3f9a1c --out runs/quick',
    'zoo cell specification.json --out runs/one --json',
    'zoo cell - --out runs/one < specification.json',
  ],
  define: (command, context) =>
    command
      .argument(
        '<job>',
        'key of a job of the folder, or its first characters; or a JSON file with a specification (as records have it); or - for standard input',
      )
      .requiredOption(
        '--out <folder>',
        'folder of results; several jobs may be measured into it at once, each by one process',
      )
      .addOption(keepOption())
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action((named: string, options: CellOptions) => measureOne(named, options, context)),
};

/** Measures a job as workers do, and keeps its record. */
async function measureOne(named: string, options: CellOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const folder = resolve(workingFolder, options.out);
  const registry = discover(new Registry(), ...unitFolders);
  const loaded = await addPlugins(registry, options.plugin, workingFolder);
  const store = new FileStore(folder, recordShapesOf(registry));
  const plugins = loaded.map(({ file }) => file);
  const ofFolder = await fromFolder(store, named);
  const experiment = ofFolder && (await store.loadManifest())?.experimentFingerprint;
  const asked = ofFolder ?? fromFile(named, plugins, workingFolder);
  await addPlugins(registry, asked.plugins, folder);
  registry.data.addAll(asked.data);
  const job = isIdentified(asked.specification) ? asked : identified(registry, asked);
  await store.prepare();
  const found = await store.load(job.key);
  const isMissed = options.keep !== undefined && (await withoutWeights(store, new Map([[job.key, found]]))).size > 0;
  if (isMissed) context.note('It was finished without weights: measured again.');
  store.forgetFailures([job]);
  const isThere = found.status === 'finished' && !isMissed;
  const keep = options.keep && [options.keep];
  const record = isThere ? found.record : await measure(job, { storeLocation: folder, experiment, keep }, context);
  if (options.json) return context.printJson(record);
  const study = registry.create(registry.resolve('study', studyOf(job.specification)));
  const { mark, outcome, details } = study.tell(record);
  const { trainingSeconds, evaluationSeconds } = record.provenance;
  const took = isThere ? 'was there' : duration(trainingSeconds + evaluationSeconds);
  await context.print(`${mark} ${cellLabel(job)}  ${outcome}${details && `  ${details}`}  ${took}`);
  const { search } = record as Partial<CellRecord>;
  if (!search) return;
  const title = `${searchWords(search)}, ${thousands(search.steps)} steps`;
  const sheet = { title, tables: [trialsTable('trials', search)], notes: [] };
  await context.write(`\n${textOf(sheet, context.terminal)}`);
}

async function measure(
  job: Job,
  folder: Pick<RunnerOptions, 'storeLocation' | 'experiment' | 'keep'>,
  context: Context,
) {
  const stopping = new AbortController();
  const stopListening = context.io.onInterrupt(() => {
    if (!stopping.signal.aborted) context.note('Stopping: saving a checkpoint.');
    stopping.abort();
  });
  const { createRunner } = createRequire(__filename)('../../run/zoo-runner') as RunnerModule;
  const { engine } = job.specification;
  const runJob = await createRunner({ ...folder, engine, threads: 1 });
  let told = -Infinity;
  try {
    return await runJob(
      job,
      (progress) => {
        const now = performance.now() / 1000;
        if (now - told < secondsBetweenLines) return;
        told = now;
        context.note(`${cellLabel(job)}: ${progressWords(progress)}`);
      },
      stopping.signal,
    );
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    throw zooError('stopped', { cell: cellLabel(job), folder: folder.storeLocation });
  } finally {
    stopListening();
  }
}

/** The job of the folder's manifest whose key begins so. */
async function fromFolder(store: FileStore, named: string): Promise<Job | undefined> {
  if (!/^[0-9a-f]{6,64}$/.test(named)) return undefined;
  const manifest = await store.loadManifest();
  const meant = (manifest?.cells ?? []).filter(({ key }) => key.startsWith(named));
  if (meant.length === 1) return meant[0];
  const problem = meant.length ? `begins the keys of ${meant.length} jobs` : 'is the key of no job';
  throw zooError('unknown-job', { key: named, folder: store.location, problem });
}

/** A specification, or a job or record that has one. */
function fromFile(named: string, plugins: readonly string[], workingFolder: string): Job {
  const fromInput = named === '-';
  const place = fromInput ? 'standard input' : named;
  const content = fromInput
    ? parseJson(readFileSync(0, 'utf8'), place)
    : readJsonFile(named, 'the specification of a job', workingFolder);
  const { specification = content, plugins: own, data } = isPlainObject(content) ? content : {};
  validated(JobSpecification, specification, { place });
  const listed = Array.isArray(own) ? own.map(String) : [];
  return jobOf(specification as JobSpecification, [...new Set([...listed, ...plugins])], {
    ...(isPlainObject(data) && { data: data as Job['data'] }),
  });
}
