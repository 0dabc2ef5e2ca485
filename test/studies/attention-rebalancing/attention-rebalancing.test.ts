import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { Cell } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import type { Engine } from '../../../src/core/contracts/engine';
import type { MeasureContext } from '../../../src/core/contracts/study';
import { Split } from '../../../src/data/split';
import { evaluate } from '../../../src/evaluation/evaluate';
import { ModelPredictor } from '../../../src/evaluation/model-predictor';
import { EarlyAttentionBoost, EarlyAttentionBoostSettings } from '../../../src/interventions/early-attention-boost';
import { CompiledModel } from '../../../src/model/generate/compiled-model';
import {
  AttentionRebalancing,
  type RebalancingRecord,
} from '../../../src/studies/attention-rebalancing/attention-rebalancing';
import type { RebalancingBody } from '../../../src/studies/attention-rebalancing/body';
import { effectsOf, modelsOf } from '../../../src/studies/attention-rebalancing/models';
import { RebalancingExperiment } from '../../../src/studies/attention-rebalancing/settings';
import { trainCell } from '../../../src/studies/capability/train-cell';
import { Interrupted } from '../../../src/train/train';
import { validated } from '../../../src/core/validation';
import { selectEngine } from '../../support/engine-choice';

const registry = discover(new Registry(), 'tasks', 'architectures', 'studies', 'probes', 'interventions');
const study = new AttentionRebalancing(registry);
const small = { layers: 3, width: 8, heads: 2, feedForwardFactor: 2 };
const plain = {
  name: 'my',
  study: 'attention-rebalancing',
  architectures: [
    { id: 'cot-transformer', hyperparameters: small },
    { id: 'transformer', hyperparameters: small },
  ],
  tasks: [{ id: 'chain-search', hyperparameters: { tokens: 20, order: 1, pairs: 3 } }],
  values: [0, 2],
  shifts: [{ task: 'chain-search', name: 'unseen', hyperparameters: { residues: 'unseen' } }],
  seeds: 2,
  protocol: {
    trainingLengths: { minimum: 5, maximum: 7 },
    steps: 20,
    optimiser: { learningRate: 0.01 },
    heldOut: { every: 10, sequences: 16 },
    evaluation: { sequencesPerLength: 12, lengthsPerRange: 2, nearFactor: 1.5 },
  },
};
const experimentOf = (over: object = {}): RebalancingExperiment =>
  validated(RebalancingExperiment, RebalancingExperiment.writtenOut({ ...plain, ...over }), { place: 'my.json' });
const expand = (over: object = {}): Manifest =>
  study.expand(experimentOf(over), { file: 'my.json', engine: 'native', plugins: [] });

let engine: Engine;
beforeAll(async () => (engine = await selectEngine('cpu', { threads: 1 })));
afterAll(() => engine.dispose());

/** What measuring a job may use, and what it last saved. */
function contextOf(onProgress: MeasureContext['onProgress'] = () => undefined, signal = new AbortController().signal) {
  const saved: { checkpoint: Uint8Array | null } = { checkpoint: null };
  const context: MeasureContext = {
    engine: async () => engine,
    loadCheckpoint: async () => saved.checkpoint,
    saveCheckpoint: async (content) => void (saved.checkpoint = content),
    onProgress,
    now: () => performance.now() / 1000,
    signal,
  };
  return { context, saved };
}

describe('its jobs', () => {
  it('are the cells of the grid, each with the intervention, its values and the shifts of its task', () => {
    const { cells, inapplicable } = expand();
    expect(cells.map(({ specification: { architecture, seed } }) => `${architecture.id} ${seed}`)).toEqual([
      'cot-transformer 1',
      'cot-transformer 2',
      'transformer 1',
      'transformer 2',
    ]);
    expect(inapplicable).toEqual([]);
    expect(cells[0]!.specification.study).toEqual({
      id: 'attention-rebalancing',
      version: 1,
      hyperparameters: {
        intervention: {
          id: 'early-attention-boost',
          version: 1,
          hyperparameters: { alpha: 0.2, threshold: 0.01, renormalise: false },
        },
        vary: 'alpha',
        values: [0, 2],
        published: 0.2,
        shifts: [{ name: 'unseen', hyperparameters: { residues: 'unseen' } }],
      },
    });
  });

  it('leave out what the intervention refuses, with the reason', () => {
    const shallow = { id: 'transformer', label: 'shallow', hyperparameters: { ...small, layers: 2 } };
    const { cells, inapplicable } = expand({ architectures: ['lstm', shallow, plain.architectures[0]] });
    expect(new Set(cells.map(({ specification }) => specification.architecture.id))).toEqual(
      new Set(['cot-transformer']),
    );
    expect(inapplicable).toEqual([
      { architecture: 'lstm', task: 'chain-search', reason: 'it has no attention' },
      { architecture: 'shallow', task: 'chain-search', reason: expect.stringMatching(/fewer than three layers/) },
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['an unknown intervention', { intervention: { id: 'early-attention-bost' } }, /early-attention-bost/],
    ['a value that cannot be', { values: [-3] }, /alpha/],
    ['a hyperparameter that is none', { vary: 'alfa' }, /alfa/],
    [
      'a shift with other symbols',
      { shifts: [{ task: 'chain-search', name: 'more', hyperparameters: { tokens: 40 } }] },
      /other symbols/,
    ],
  ])('are refused for %s', (_, over, problem) => {
    let told = '';
    try {
      expand(over);
    } catch (error) {
      told = JSON.stringify({ ...(error as Error), message: (error as Error).message });
    }
    expect(told).toMatch(problem);
  });
});

/** Milliseconds: there is much to compile. */
const patience = 900_000;

describe('a job', () => {
  const job = expand().cells[0]!;
  const first = contextOf();
  let body: RebalancingBody;
  beforeAll(async () => ({ body } = await study.measure(job, first.context)), patience);

  it('is the same to the bit with 0, and not with 2', () => {
    const [still, strong] = body.varied;
    expect(still).toEqual({ value: 0, ...body.unmodified });
    expect(still!.largestLogitChange).toBe(0);
    expect(still!.parts.every(({ changed, gained, lost }) => changed + gained + lost === 0)).toBe(true);
    expect(strong!.largestLogitChange).toBeGreaterThan(1e-4);
    expect(strong!.masses[0]).toEqual(body.unmodified.masses[0]); // the first layer stays
  });

  it(
    'counts what the matrix would: the same trained model, tested by its own code',
    async () => {
      const trained = await trainCell(registry, job, first.context); // from its last checkpoint, which is the end
      const boost = new EarlyAttentionBoost();
      for (const [model, result] of [
        [trained.model, body.unmodified],
        [boost.applied(trained.model, Object.assign(new EarlyAttentionBoostSettings(), { alpha: 2 })), body.varied[1]!],
      ] as const) {
        const compiled = new CompiledModel(engine, model, trained.trained.layout, trained.trained.parameters, 'test');
        const predictor = new ModelPredictor(compiled, trained.format);
        const { lengths } = await evaluate(new Split(trained.task, 7), 'chain-search', trained.protocol, {
          tokensAt: (length) => trained.format.maximumTokens(length),
          predictorFor: () => predictor,
          thresholdOf: () => 0.95,
          onLength: () => undefined,
        });
        await predictor.dispose();
        for (const [part, range] of [
          ['in range', 'inRange'],
          ['near', 'near'],
        ]) {
          const own = lengths.filter((length) => length.range === range);
          const right = own.reduce((sum, { score, sequences }) => sum + Math.round(score!.exact * sequences), 0);
          expect(result.parts.find((each) => each.part === part)).toMatchObject({
            right,
            sequences: own.reduce((sum, { sequences }) => sum + sequences, 0),
          });
        }
      }
    },
    patience,
  );

  it('adds up: what is gained and lost is the difference of what is right', () => {
    for (const { parts } of body.varied)
      parts.forEach(({ right, gained, lost, changed, sequences }, place) => {
        expect(right - body.unmodified.parts[place]!.right).toBe(gained - lost);
        expect(gained + lost).toBeLessThanOrEqual(changed);
        expect(changed).toBeLessThanOrEqual(sequences);
      });
    expect(body.unmodified.parts.map(({ part }) => part)).toEqual(['in range', 'near', 'unseen']);
  });

  it(
    'comes to the same when it is stopped in its tests and goes on',
    async () => {
      const stop = new AbortController();
      const { context, saved } = contextOf(({ phase }) => phase === 'evaluating' && stop.abort(), stop.signal);
      saved.checkpoint = first.saved.checkpoint; // trained
      await expect(study.measure(job, context)).rejects.toThrow(Interrupted);
      const again = contextOf();
      again.saved.checkpoint = saved.checkpoint;
      const resumed = await study.measure(job, again.context);
      expect(JSON.stringify(resumed.body)).toBe(JSON.stringify(body));
      expect(resumed.provenance.resumed).toBe(1);
    },
    patience,
  );
});

describe('what is found', () => {
  const manifest = expand({ values: [0, 0.2] });
  const part = (right: number, gained: number, lost: number) => ({
    ...{ part: 'in range', sequences: 100, right, gained, lost },
    changed: gained + lost,
  });
  const masses = [
    { layer: 1, mass: 0.1 },
    { layer: 2, mass: 0.3 },
    { layer: 3, mass: 0.2 },
  ];
  const recordOf = (cell: Cell, gained: number, lost: number): RebalancingRecord =>
    ({
      ...{ schemaVersion: 2, key: cell.key, specification: cell.specification, uniformMass: 0.2 },
      unmodified: { parts: [part(50, 0, 0)], masses, largestLogitChange: 0 },
      varied: [
        { value: 0, parts: [part(50, 0, 0)], masses, largestLogitChange: 0 },
        { value: 0.2, parts: [part(50 + gained - lost, gained, lost)], masses, largestLogitChange: 1 },
      ],
    }) as unknown as RebalancingRecord;
  const resultsOf = (...changes: (readonly [gained: number, lost: number])[]) => {
    const stored = changes.map((each, at): [string, Stored<RebalancingRecord>] => {
      const record = recordOf(manifest.cells[at] as Cell, ...each);
      return [record.key, { status: 'finished', record } as unknown as Stored<RebalancingRecord>];
    });
    return { manifest, stored: new Map(stored) };
  };

  it('differences have the standard error of paired inputs', () => {
    const [model] = modelsOf(resultsOf([9, 1], [3, 3]));
    const effect = effectsOf(model!).find(({ value }) => value === 0.2)!;
    // Each input is worth 1, -1 or 0 points: the standard error of their mean, one by one.
    const points = [...Array<number>(12).fill(1), ...Array<number>(4).fill(-1), ...Array<number>(184).fill(0)];
    const mean = points.reduce((sum, each) => sum + each) / 200;
    const variance = points.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 200;
    expect(effect).toMatchObject({ before: 0.5, after: 0.54, sequences: 200 });
    expect(effect.difference).toBeCloseTo(mean, 12);
    expect(effect.standardError).toBeCloseTo(Math.sqrt(variance / 200), 12);
  });

  it('is told neutrally, whether it is a gain or not', () => {
    const told = (...changes: Parameters<typeof resultsOf>) =>
      study.summarise(resultsOf(...changes)).statements.join(' ');
    expect(told([20, 0], [20, 0])).toMatch(/1 are gains and 0 losses.*largest clear gain is \+20\.0 points/);
    expect(told([0, 20], [0, 20])).toMatch(/0 are gains and 1 losses.*No value gains/);
    expect(told([2, 1], [1, 2])).toMatch(/0 are gains and 0 losses/);
    expect(told([2, 1])).toMatch(/same to the bit/);
    expect(told([2, 1])).toMatch(/In 1 of 1 trained models some deeper layer/);
  });

  it('has a panel for each model, a point for each value, and says what is missing', () => {
    const { figures, tables, notes } = study.summarise(resultsOf([2, 1], [1, 2], [5, 5]));
    const [accuracy, attention] = figures;
    expect(accuracy!.panels.map(({ title }) => title)).toEqual([
      'cot-transformer on chain-search',
      'transformer on chain-search',
    ]);
    expect(accuracy!.panels[0]!.series[0]!.points.map(({ x, y, low, high }) => [x, y, low, high])).toEqual([
      [0, 0.5, 0.5, 0.5],
      [0.2, 0.49, 0.49, 0.51],
    ]);
    expect(attention!.panels[0]!.series[0]!.points.map(({ y }) => y)).toEqual([0.1, 0.3, 0.2]);
    expect(tables.map(({ rows }) => rows.length)).toEqual([4, 6]);
    expect(notes.join(' ')).toMatch(/1 of 4 trainings are missing/);
    expect(study.summarise({ manifest, stored: new Map() }).figures).toEqual([]);
  });
});
