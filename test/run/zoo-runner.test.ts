import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { discover, unitFolders } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import type { Cell, CellRecord, CellSpecification } from '../../src/core/contracts/record';
import type { EngineName } from '../../src/core/contracts/engine';
import type { RunEvent } from '../../src/core/contracts/execution';
import { ProcessPool } from '../../src/run/workers/process-pool';
import { cellKey, jobOf } from '../../src/core/cell';
import { searchJobOf, type SearchRecord } from '../../src/core/search';
import { recordShapesOf } from '../../src/run/store/record-shapes';
import { identified } from '../../src/run/code/identity';
import { hostInNames } from '../../src/core/atomic-file';
import { Claims } from '../../src/run/shared/claims';
import { FileStore } from '../../src/run/store/file-store';
import { forgetMachineKind, machineKindIn, requireMachineKind } from '../../src/run/store/machine-kind';
import { fastest } from '../support/compiler';
import { countingFolder } from '../support/execution/counting';
import { makeSpecification } from '../support/records';

import { createRunner } from '../../src/run/zoo-runner';

jest.setTimeout(60_000);

const zooRunner = require.resolve('../../src/run/zoo-runner');
const registry = discover(new Registry(), ...unitFolders);
let folder: ReturnType<typeof countingFolder>;
beforeEach(() => {
  folder = countingFolder();
});
afterEach(() => folder.remove());

function tinyCell(architecture: string, baseline: boolean, engine: EngineName): Cell {
  const base = makeSpecification({ architecture, baseline });
  const specification: CellSpecification = JSON.parse(
    JSON.stringify({
      ...base,
      engine: baseline ? 'none' : engine,
      protocol: {
        ...base.protocol,
        steps: 2,
        batchSize: 4,
        trainingLengths: { minimum: 1, maximum: 4 },
        heldOut: { ...base.protocol.heldOut, every: 1, sequences: 4 },
        evaluation: { ...base.protocol.evaluation, sequencesPerLength: 4, lengthsPerRange: 2 },
      },
    }),
  );
  return identified(registry, { key: cellKey(specification), specification, plugins: [] });
}

test.each(['cpu', fastest] as const)(
  'a worker trains and evaluates real cells on %s, and their records are in the folder before they are told of',
  async (engine) => {
    const cells = [tinyCell('oracle', true, engine), tinyCell('lstm', false, engine)];
    const store = new FileStore(folder.location);
    await store.prepare();
    const events: RunEvent[] = [];
    const pool = new ProcessPool({ runner: zooRunner, runnerOptions: { ...folder.options, engine }, workers: 1 });
    await pool.run(cells, (event) => events.push(event), new AbortController().signal);
    expect(events.filter(({ type }) => type === 'cell-failed')).toEqual([]);
    const stored = await Promise.all(cells.map(({ key }) => store.load(key)));
    expect(stored).toMatchObject([
      { status: 'finished', record: { training: null, ranges: { far: { score: { exact: 1, token: 1 } } } } },
      { status: 'finished', record: { training: { outcome: 'completed', steps: 2 } } },
    ]);
    expect(await store.loadCheckpoint(cells[1]!.key)).toBeNull();
  },
);

it('measures nothing that was asked for with other code', async () => {
  const cell = tinyCell('oracle', true, 'cpu');
  const run = await createRunner(folder.options);
  for (const other of [
    { studyVersion: 7 },
    { studyVersion: undefined },
    { task: { ...cell.specification.task, version: 9 } },
  ]) {
    const job = jobOf({ ...cell.specification, ...other }, []);
    await expect(run(job, () => undefined, new AbortController().signal)).rejects.toMatchObject({ code: 'other-code' });
  }
  await expect(run(cell, () => undefined, new AbortController().signal)).resolves.toMatchObject({ key: cell.key });
});

describe('of a job that others may have', () => {
  const cell = () => tinyCell('oracle', true, 'cpu');
  const never = new AbortController().signal;
  const run = async () => (await createRunner(folder.options))(cell(), () => undefined, never);

  it('leaves it to whoever has claimed it, and takes it up when that one lets go', async () => {
    const claim = new Claims(folder.location).take(cell().key);
    await expect(run()).rejects.toMatchObject({ code: 'claimed' });
    claim.release();
    await expect(run()).resolves.toMatchObject({ key: cell().key });
    expect(new Claims(folder.location).keys()).toEqual([]);
  });

  it('gives the record that somebody made, and measures nothing', async () => {
    const first = await run();
    expect(await run()).toEqual(first);
  });

  it('fails as it has failed for somebody, until that is forgotten', async () => {
    const store = new FileStore(folder.location);
    store.noteFailure(cell(), { code: 'unexpected', message: 'it failed elsewhere' });
    await expect(run()).rejects.toMatchObject({ code: 'unexpected', message: 'it failed elsewhere' });
    store.forgetFailures([cell()]);
    await expect(run()).resolves.toMatchObject({ key: cell().key });
  });

  it('fails where so many who had it have died, and tells others', async () => {
    const place = join(folder.location, 'claims', cell().key);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `${hostInNames}.${process.pid}.1.0.16`), '');
    await expect(run()).rejects.toMatchObject({ code: 'worker-lost' });
    expect(new FileStore(folder.location).failureOf(cell())).toMatchObject({ code: 'worker-lost' });
  });
});

it('workers of a pool wait for what another has, and finish it when that one has died', async () => {
  const job = tinyCell('oracle', true, 'cpu');
  const claims = new Claims(folder.location);
  const claim = claims.take(job.key);
  const events: RunEvent[] = [];
  const pool = new ProcessPool({ runner: zooRunner, runnerOptions: folder.options, workers: 1, free: (jobs) => jobs });
  const running = pool.run(
    [job],
    (event) => {
      events.push(event);
      if (event.type === 'cell-claimed') claim.release();
    },
    new AbortController().signal,
  );
  await running;
  expect(events.map(({ type }) => type).filter((type) => type !== 'cell-progress')).toEqual([
    ...['cell-started', 'cell-claimed', 'cell-started', 'cell-finished'],
  ]);
});

it('trains nothing on another kind of machine than the first where a folder is kept to one, and notes no failure', async () => {
  const [baseline, trained] = [tinyCell('oracle', true, 'cpu'), tinyCell('lstm', false, 'cpu')];
  const store = new FileStore(folder.location);
  await store.prepare();
  requireMachineKind(folder.location, 'another');
  const run = await createRunner({ ...folder.options, engine: 'cpu', sameMachine: true });
  const { signal } = new AbortController();
  await expect(run(trained, () => {}, signal)).rejects.toMatchObject({ code: 'other-machine' });
  expect([store.failureOf(trained), await store.load(trained.key)]).toEqual([undefined, { status: 'missing' }]);
  expect((await run(baseline, () => {}, signal)).provenance.machineKind).toBeUndefined();
  forgetMachineKind(folder.location);
  const { provenance } = await run(trained, () => {}, signal);
  expect(machineKindIn(folder.location)).toBe(provenance.machineKind);
});

describe('a cell whose settings are searched', () => {
  const signal = new AbortController().signal;
  function searchedCells(): Cell[] {
    const { specification } = tinyCell('lstm', false, fastest);
    const trials = [0.01, 0.001].map((rate) => ({ settings: { 'optimiser.learningRate': rate }, seed: 1 }));
    const search = { version: 1, rule: 'all' as const, seed: 1, trials };
    return [1, 2].map((seed) => identified(registry, jobOf<CellSpecification>({ ...specification, search, seed }, [])));
  }

  it('is searched once for all seeds, and its record says what was tried', async () => {
    const [first, second] = searchedCells() as [Cell, Cell];
    const needed = searchJobOf(first)!;
    expect(searchJobOf(second)!.key).toBe(needed.key);
    const run = await createRunner({ ...folder.options, engine: fastest });
    const phases = new Set<string>();
    const record = (await run(first, ({ phase }) => phases.add(phase), signal)) as CellRecord;
    const store = new FileStore(folder.location, recordShapesOf(registry));
    const found = await store.load(needed.key);
    if (found.status !== 'finished') throw new Error(found.status);
    const { trials, chosen, rungs, steps } = found.record as SearchRecord;
    expect(record.search).toEqual({ key: needed.key, rule: 'all', rungs, trials, chosen, steps });
    expect(steps).toBe(4);
    expect(record.provenance.searchSeconds).toBe(found.record.provenance.trainingSeconds);
    expect([...phases]).toEqual(expect.arrayContaining(['searching', 'training', 'evaluating']));
    const again = new Set<string>();
    const other = (await run(second, ({ phase }) => again.add(phase), signal)) as CellRecord;
    expect(other.search).toEqual(record.search);
    expect(again).not.toContain('searching');
    expect(await store.checkpoints()).toEqual([]);
    expect(new Claims(folder.location).keys()).toEqual([]);
  });

  it('waits while another process searches: it is claimed, and nothing of it is', async () => {
    const [cell] = searchedCells() as [Cell];
    const run = await createRunner({ ...folder.options, engine: fastest });
    const claims = new Claims(folder.location);
    const claim = claims.take(searchJobOf(cell)!.key);
    await expect(run(cell, () => undefined, signal)).rejects.toMatchObject({ code: 'claimed' });
    expect(claims.keys()).toEqual([searchJobOf(cell)!.key]);
    claim.release();
    await expect(run(cell, () => undefined, signal)).resolves.toMatchObject({ key: cell.key });
  });

  it('fails with what its search fails with, which is noted of the cell alone', async () => {
    const [cell] = searchedCells() as [Cell];
    const protocol = { ...cell.specification.protocol, trainingTokenBudget: 0 };
    const hopeless = identified(registry, jobOf({ ...cell.specification, protocol }, []));
    const run = await createRunner({ ...folder.options, engine: fastest });
    await expect(run(hopeless, () => undefined, signal)).rejects.toMatchObject({ code: 'no-trainable-length' });
    const store = new FileStore(folder.location);
    expect(store.failed()).toEqual([hopeless.key]);
  });
});
