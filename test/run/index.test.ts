import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownRunner, ResultsFolder, WorkerProcess, type RecordOf } from 'chomsky-zoo/executors';
import { discover, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { jobOf } from '../../src/core/cell';
import { identified } from '../../src/run/code/identity';
import { countingFolder } from '../support/execution/counting';
import { makeManifest, makeSpecification } from '../support/records';
import { FileStore } from '../../src/run/store/file-store';

const base = makeSpecification({ architecture: 'lstm' });
const job = identified(
  discover(new Registry(), ...unitFolders),
  jobOf(
    {
      ...base,
      engine: 'cpu',
      protocol: {
        ...base.protocol,
        steps: 60,
        batchSize: 4,
        trainingLengths: { minimum: 1, maximum: 4 },
        heldOut: { ...base.protocol.heldOut, every: 1, sequences: 4 },
        evaluation: { ...base.protocol.evaluation, sequencesPerLength: 4, lengthsPerRange: 2 },
      },
    },
    [],
  ),
);

const folders: ReturnType<typeof countingFolder>[] = [];
function newFolder() {
  const folder = countingFolder();
  folders.push(folder);
  return folder;
}
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const withoutProvenance = ({ provenance: _, ...results }: RecordOf) => results;

async function measure(storeLocation: string, stopAt = Infinity) {
  const worker = new WorkerProcess(ownRunner, { storeLocation, engine: 'cpu', threads: 1, keep: ['weights'] });
  const ending = await worker.run(job, ({ step }) => step >= stopAt && worker.stop(20_000));
  await worker.end();
  return ending;
}

it('measures a job in a process, moves its checkpoint and its weights, and the record is that of a folder of its own', async () => {
  const [first, second, undisturbed] = [newFolder(), newFolder(), newFolder()].map(({ location }) => location);
  expect(await measure(first!, 2)).toEqual({ type: 'stopped' });
  const checkpoint = await new ResultsFolder(first!).loadCheckpoint(job.key);
  expect(checkpoint).not.toBeNull();

  const folder = new ResultsFolder(second!);
  expect(await folder.record(job.key)).toBeUndefined();
  await folder.saveCheckpoint(job.key, checkpoint!);
  const ending = await measure(second!);
  if (ending.type !== 'finished') throw new Error(JSON.stringify(ending));
  expect(ending.record.provenance.resumed).toBe(1);
  expect(await folder.record(job.key)).toEqual(ending.record);
  expect(await folder.loadCheckpoint(job.key)).toBeNull();

  const expected = await measure(undisturbed!);
  if (expected.type !== 'finished') throw new Error(JSON.stringify(expected));
  expect(withoutProvenance(ending.record)).toEqual(withoutProvenance(expected.record));

  const { weights } = ending.record.provenance;
  const content = await folder.loadWeights(weights!);
  const other = new ResultsFolder(first!);
  expect(await other.loadWeights(weights!)).toBeNull();
  expect(await other.saveWeights(content!)).toBe(weights);
  expect(await other.loadWeights(weights!)).toEqual(content);
});

it('has the jobs of a manifest, and none where there is none', async () => {
  const { location } = newFolder();
  const folder = new ResultsFolder(location);
  expect(await folder.jobs()).toEqual([]);
  const manifest = { ...makeManifest(), cells: [job] };
  await new FileStore(location).saveManifest(manifest);
  expect(await folder.jobs()).toEqual([job]);
  expect(existsSync(join(location, 'manifest.json'))).toBe(true);
});
