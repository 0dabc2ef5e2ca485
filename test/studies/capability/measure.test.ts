import { Protocol } from '../../../src/core/protocol';
import type { Cell, CellRecord } from '../../../src/core/contracts/record';
import type { CellProgress } from '../../../src/core/contracts/execution';
import type { EngineName } from '../../../src/core/contracts/engine';
import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { selectEngine } from '../../support/engine-choice';
import { Interrupted } from '../../../src/train/train';
import { recordOfCell } from '../../support/measure';
import { hasCompiler } from '../../support/compiler';
import { MemoryStore } from '../../support/memory-store';

const registry = discover(new Registry(), 'tasks', 'architectures', 'probes');

function cellOf(
  architecture: string,
  task: string,
  change: (protocol: Protocol) => void = () => undefined,
  engine: EngineName = 'onnx',
): Cell {
  const protocol = new Protocol();
  Object.assign(protocol.trainingLengths, { maximum: 8 });
  Object.assign(protocol.heldOut, { every: 5, sequences: 24 });
  Object.assign(protocol.evaluation, { sequencesPerLength: 8, lengthsPerRange: 2 });
  Object.assign(protocol.optimiser, { learningRate: 0.01 });
  Object.assign(protocol, { steps: 20, batchSize: 8 });
  change(protocol);
  const unit = registry.find('architecture', architecture);
  const tiny = (unit?.meta.hyperparameters as unknown as { tiny?: object } | undefined)?.tiny ?? {};
  return {
    key: `${architecture}-${task}`,
    plugins: [],
    specification: {
      schemaVersion: 1,
      seed: 1,
      protocol,
      engine,
      architecture: { id: architecture, version: 1, hyperparameters: { ...tiny } },
      task: { id: task, version: 1, hyperparameters: {} },
      mode: unit ? (unit.meta.mode ?? 'direct') : 'baseline',
    },
  };
}

interface Watched {
  readonly store?: MemoryStore;
  /** Aborts when this step is reported. */
  readonly stopAt?: number;
  /** Aborts from a timer, when training has begun. */
  readonly stopLater?: boolean;
}

async function run(
  cell: Cell,
  { store = new MemoryStore(), stopAt = Infinity, stopLater = false }: Watched = {},
): Promise<CellRecord> {
  const engine = await selectEngine(cell.specification.engine as EngineName, { threads: 1 });
  const controller = new AbortController();
  const watch = (progress: CellProgress) => {
    if (progress.phase !== 'training') return;
    if (progress.step >= stopAt) controller.abort();
    if (stopLater) setTimeout(() => controller.abort(), 1);
  };
  return recordOfCell({ registry, store, engine }, cell, watch, controller.signal).finally(() => engine.dispose());
}

const reproducible = ({ provenance: _, ...rest }: CellRecord) => rest;

describe('a cell', () => {
  test('run twice gives the same record apart from timings', async () => {
    const cell = cellOf('lstm', 'reversal');
    expect(reproducible(await run(cell))).toEqual(reproducible(await run(cell)));
  });

  test('probes look whenever it is evaluated, change nothing of its training, and resume with it', async () => {
    const plain = cellOf('cot-transformer', 'parity', ({ heldOut }) => (heldOut.every = 1));
    const probes = [{ id: 'attention-entropy', version: 1, hyperparameters: { rows: 'all' } }];
    const cell = { ...plain, specification: { ...plain.specification, probes } };
    const [without, watched] = [await run(plain), await run(cell)];
    expect(watched.training!.curve).toHaveLength(20);
    for (const { readings } of watched.training!.curve) {
      expect(Object.keys(readings!)).toEqual(
        [1, 2].flatMap((layer) => [1, 2].map((head) => `attention-entropy.layer ${layer} head ${head}`)),
      );
      for (const reading of Object.values(readings!)) expect(reading).toBeGreaterThan(0.1);
    }
    const curve = watched.training!.curve.map(({ readings: _, ...point }) => point);
    expect(curve).toEqual(without.training!.curve);
    expect(watched.lengths).toEqual(without.lengths);
    const store = new MemoryStore();
    await expect(run(cell, { store, stopAt: 1 })).rejects.toBeInstanceOf(Interrupted);
    expect(reproducible(await run(cell, { store }))).toEqual(reproducible(watched));
  });

  test('stopped in the middle and run again gives the record of an undisturbed run', async () => {
    const cell = cellOf('transformer', 'parity');
    const store = new MemoryStore();
    // The first progress report comes after the first step; the next step sees the signal, between two looks.
    await expect(run(cell, { store, stopAt: 1 })).rejects.toBeInstanceOf(Interrupted);
    const resumed = await run(cell, { store });
    expect(resumed.provenance.resumed).toBe(1);
    expect(reproducible(resumed)).toEqual(reproducible(await run(cell)));
  });

  test.each(hasCompiler ? (['native', 'cpu'] as const) : (['cpu'] as const))(
    'on %s hears between steps that it is to stop',
    async (engine) => {
      const cell = cellOf(
        'lstm',
        'parity',
        (p) => {
          p.steps = 1_000_000;
          p.heldOut.stopAt = null;
        },
        engine,
      );
      await expect(run(cell, { stopLater: true })).rejects.toBeInstanceOf(Interrupted);
    },
  );

  (hasCompiler ? test : test.skip)(
    'that the native engine trains, stopped and run again, gives the record of an undisturbed run',
    async () => {
      const cell = cellOf('lstm', 'parity', undefined, 'native');
      const store = new MemoryStore();
      await expect(run(cell, { store, stopAt: 1 })).rejects.toBeInstanceOf(Interrupted);
      expect(reproducible(await run(cell, { store }))).toEqual(reproducible(await run(cell)));
    },
  );

  test.each(hasCompiler ? (['native', 'onnx'] as const) : (['onnx'] as const))(
    'has the same loss curve on %s and on cpu',
    async (engine) => {
      const curve = async (engine: EngineName) =>
        (await run(cellOf('lstm', 'counting', (p) => (p.heldOut.every = 1), engine))).training!.curve;
      const [compiled, eager] = [await curve(engine), await curve('cpu')];
      expect(compiled).toHaveLength(20);
      compiled.forEach(({ loss }, i) => expect(Math.abs(loss - eager[i]!.loss)).toBeLessThan(1e-3 * eager[i]!.loss));
    },
  );

  test('that blows up is recorded as diverged, with the last finite parameters scored', async () => {
    const { training, ranges } = await run(
      cellOf('transformer', 'parity', (p) => {
        Object.assign(p.optimiser, { learningRate: 1e30, clipNorm: 0, warmUpShare: 0 });
      }),
    );
    expect(training!.outcome).toBe('diverged');
    expect(training!.steps).toBeLessThan(20);
    expect(ranges.inRange.score).not.toBeNull();
  });

  test('stops early once the held-out accuracy was high enough often enough', async () => {
    const { training } = await run(
      cellOf('lstm', 'parity', (p) => Object.assign(p.heldOut, { stopAt: 0, patience: 2 })),
    );
    expect([training!.outcome, training!.steps]).toEqual(['stopped-early', 10]);
  });

  test('of a row that trains with noise comes out the same each time', async () => {
    const cell = cellOf('transformer-randomized', 'parity');
    const [first, second] = [await run(cell), await run(cell)];
    expect(reproducible(first)).toEqual(reproducible(second));
    expect(new Set(first.training!.curve.map(({ loss }) => loss)).size).toBe(4);
  });

  test('does not call a length wrong that its token budget excludes', async () => {
    const { lengths, ranges } = await run(
      cellOf('cot-transformer', 'multiplication', (p) => (p.evaluation.tokenBudget = 100)),
    );
    const left = lengths.filter(({ score }) => score === null);
    expect(left.length).toBeGreaterThan(0);
    for (const { notEvaluated } of left) expect(notEvaluated).toMatch(/tokens, more than the budget of 100/);
    expect(ranges.far).toEqual({ score: null, evaluatedLengths: 0, notAveragedLengths: 0, notEvaluatedLengths: 2 });
  });

  test('names the lengths that training leaves out', async () => {
    const { training } = await run(cellOf('cot-transformer', 'brackets', (p) => (p.trainingTokenBudget = 30)));
    expect(training!.excludedLengths).toEqual([5, 6, 7, 8]);
  });

  test('of a row with an external memory says what it had, and which lengths it could not hold', async () => {
    const sized = (memory: object) => {
      const cell = cellOf('tape-rnn', 'duplicate-string', (p) => (p.computationSteps = 1));
      Object.assign(cell.specification.architecture.hyperparameters, { memory });
      return run(cell);
    };
    const [roomy, small] = [await sized({ training: 9 }), await sized({ training: 9, evaluation: 30 })];
    const longest = Math.max(...roomy.lengths.map(({ length }) => length));
    expect(roomy.memory).toEqual({ training: 9, evaluation: longest + 1 });
    expect(small.memory).toEqual({ training: 9, evaluation: 30 });
    expect(small.training!.curve).toEqual(roomy.training!.curve);
    expect(roomy.lengths.some(({ exceedsMemory }) => exceedsMemory)).toBe(false);
    for (const { length, exceedsMemory, score } of small.lengths) {
      expect([length, exceedsMemory !== undefined]).toEqual([length, length > 29]);
      expect(score).not.toBeNull();
    }
    expect(longest).toBeGreaterThan(29);
  });

  test('of the oracle is right everywhere, and of uniform guessing about as often as chance', async () => {
    const oracle = await run(cellOf('oracle', 'reversal'));
    for (const { score } of oracle.lengths) expect(score).toEqual({ exact: 1, token: 1 });
    const uniform = await run(cellOf('uniform', 'parity', (p) => (p.evaluation.sequencesPerLength = 2000)));
    for (const { score } of uniform.lengths) expect(Math.abs(score!.exact - 0.5)).toBeLessThan(0.05);
  });
});
