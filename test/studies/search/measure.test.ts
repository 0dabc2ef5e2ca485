import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import type { Cell } from '../../../src/core/contracts/record';
import type { SearchBody } from '../../../src/core/contracts/search';
import type { Measured } from '../../../src/core/contracts/study';
import { searchJobOf, withSettings } from '../../../src/core/search';
import { trainCell } from '../../../src/studies/capability/train-cell';
import { measureSearch, streamOfTrial } from '../../../src/studies/search/measure';
import { Interrupted } from '../../../src/train/train';
import { expand } from '../../support/experiment';
import { fastest } from '../../support/compiler';
import { selectEngine } from '../../support/engine-choice';

jest.setTimeout(120_000);
const registry = discover(new Registry(), 'tasks', 'architectures');
const tiny = { id: 'lstm', hyperparameters: { embeddingWidth: 4, hiddenSize: 8 } };
const values = { 'optimiser.learningRate': [0.02, 0.005, 1e-6], 'hyperparameters.layers': [1, 2] };

function jobOf(search: object = {}, protocol: object = {}): Cell {
  const [cell] = expand(
    registry,
    {
      architectures: [tiny],
      tasks: ['parity'],
      baselines: [],
      search: { ...values, ...search },
      protocol: {
        trainingLengths: { maximum: 4 },
        ...{ steps: 32, batchSize: 8 },
        heldOut: { every: 4, sequences: 32 },
        ...protocol,
      },
    },
    { engine: fastest },
  ).cells;
  return searchJobOf(cell!)!;
}

/** Goes on from what `saved` holds; stops at so many checkpoints. */
async function search(job: Cell, saved: { content?: Uint8Array } = {}, most = Infinity): Promise<Measured<SearchBody>> {
  const engine = await selectEngine(fastest, { threads: 1 });
  const stopping = new AbortController();
  let checkpoints = 0;
  return measureSearch(registry, job, {
    engine: async () => engine,
    loadCheckpoint: async () => saved.content ?? null,
    saveCheckpoint: async (content) => {
      saved.content = content;
      if (++checkpoints >= most) stopping.abort();
    },
    onProgress: () => undefined,
    now: () => performance.now() / 1000,
    signal: stopping.signal,
  });
}

it('halves: what it knows of a trial at a rung is what the whole training reaches there', async () => {
  const job = jobOf();
  const { body } = await search(job);
  expect(body.rungs).toEqual([4, 8, 16]);
  expect(body.trials.map(({ reached }) => reached.length).sort()).toEqual([1, 1, 1, 2, 3, 3]);
  const engine = await selectEngine(fastest, { threads: 1 });
  for (const { settings, seed, reached } of body.trials) {
    const cell = { ...job, specification: withSettings(job.specification, settings) };
    const { trained } = await trainCell(
      registry,
      cell,
      {
        engine: async () => engine,
        loadCheckpoint: async () => null,
        saveCheckpoint: async () => undefined,
        onProgress: () => undefined,
        now: () => 0,
        signal: new AbortController().signal,
      },
      { seed: streamOfTrial(1, seed) },
    );
    for (const { step, exact, token } of reached)
      expect(trained.result.curve.find((look) => look.step === step)?.heldOut).toEqual({ exact, token });
  }
});

it('chooses by held-out accuracy and then by held-out loss at the last rung', async () => {
  const { body } = await search(jobOf());
  const last = body.trials.filter(({ reached }) => reached.length === 3).map(({ reached }) => reached[2]!);
  const chosen = body.trials[body.chosen]!.reached[2]!;
  for (const each of last)
    expect(chosen.exact > each.exact || (chosen.exact === each.exact && chosen.loss! <= each.loss!)).toBe(true);
  expect(body.steps).toBe(body.trials.reduce((sum, { steps }) => sum + steps, 0));
});

it('goes on where it was killed, wherever that was, and finds the same', async () => {
  const job = jobOf();
  const { body } = await search(job);
  for (const most of [1, 2, 5]) {
    const saved = {};
    let parts = 0;
    for (;;) {
      parts++;
      const ended = await search(job, saved, most).catch((error: unknown) => {
        if (!(error instanceof Interrupted)) throw error;
        return undefined;
      });
      if (!ended) continue;
      expect(ended.body).toEqual(body);
      expect(ended.provenance.resumed).toBe(parts > 1 ? 1 : 0);
      break;
    }
    expect(parts).toBeGreaterThan(1);
  }
});

it('trains every trial whole where the rule says so', async () => {
  const { body } = await search(jobOf({ rule: 'all', trials: 3 }));
  expect(body.rungs).toEqual([32]);
  expect(body.trials.map(({ steps, ended }) => [steps, ended])).toEqual(body.trials.map(() => [32, 'completed']));
});

it('ends with the first trial that has learnt; nobody goes further than it', async () => {
  const { body } = await search(jobOf({}, { heldOut: { every: 1, sequences: 32, stopAt: 0, patience: 2 } }));
  expect(body.trials.map(({ steps, ended }) => [steps, ended])).toEqual(body.trials.map(() => [2, 'stopped-early']));
  const exact = body.trials.map(({ reached }) => reached[0]!.exact);
  expect(exact[body.chosen]).toBe(Math.max(...exact));
});

it('puts a trial that diverges behind all others', async () => {
  const { body } = await search(
    jobOf({ 'optimiser.learningRate': [1e30, 0.01], rule: 'all' }, { optimiser: { clipNorm: 1e30 } }),
  );
  const ended = body.trials.map(({ ended: how }) => how);
  expect(ended).toContain('diverged');
  expect(ended[body.chosen]).not.toBe('diverged');
});

it('draws from streams that no seed of a report begins', () => {
  const streams = [1, 2, 2 ** 31].flatMap((seed) => [1, 2].map((trial) => streamOfTrial(seed, trial)));
  expect(new Set(streams).size).toBe(streams.length);
  // A stream is named by what it begins with up to the first slash, and those of reports are whole numbers.
  for (const stream of streams) expect(stream).toMatch(/^search [^/]*$/);
});
